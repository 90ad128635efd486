//! Hearing of an object's changes.

use std::sync::Arc;

use super::{SharedHandle, typed};
use crate::{
    Shared,
    audience::{Hearer, LIMIT, Queue},
    core::State,
    schema::table_of,
    subscribe::{Change, Hearing, Item, Progress, Subscription},
};

impl<T: Shared> SharedHandle<T> {
    /// What changes of the object from now on, as it comes to be seen in this process: its own commits when they
    /// are made, those of others when they arrive.
    ///
    /// Each [`Change::Patched`] is a whole commit, as typed patches. There may be any number of subscriptions; each
    /// hears everything.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let ipos = ipos::Ipos::host()?;
    /// use ipos::Change;
    ///
    /// let title = ipos.create("title", String::from("draft"))?;
    /// let changes = title.subscribe();
    /// title.set("release".into())?;
    /// let Some(Change::Patched { origin, patches, .. }) = changes.try_next() else {
    ///     panic!("the commit was just made")
    /// };
    /// assert!(origin.is_local());
    /// assert_eq!(format!("{patches:?}"), r#"[Set("release")]"#);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// A subscription that begins while this thread reads the object begins with what it reads.
    pub fn subscribe(&self) -> Subscription<Change<T>> {
        self.listen(Vec::new(), |value| value)
    }

    /// The same as [`subscribe`](Self::subscribe) tells, and what becomes of this process's own commits: each is
    /// numbered, and confirmed or refused by the host. On the host itself a commit is confirmed when it is made,
    /// and has no number.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let ipos = ipos::Ipos::host()?;
    /// use ipos::Progress;
    ///
    /// let score = ipos.create("score", 1u64)?;
    /// let told = score.follow();
    /// score.update(|score| score.add(2))?;
    /// while let Some(progress) = told.try_next() {
    ///     match progress {
    ///         Progress::Changed { change, commit: None } => println!("it is settled that {change:?}"),
    ///         Progress::Changed { change, .. } => println!("it is seen here that {change:?}"),
    ///         Progress::Confirmed { commit, seq } => println!("our commit {commit} is the {seq}."),
    ///         Progress::Refused { commit, reason } => println!("our commit {commit} is undone: {reason}"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn follow(&self) -> Subscription<Progress<T>> {
        self.listen(Vec::new(), |value| value)
    }

    /// Hears of the part that `path` leads to, which `part` gives.
    fn listen<P: Shared, C: Item<Source = Hearing<P>>>(
        &self,
        path: Vec<u8>,
        part: impl Fn(&T) -> &P + Send + Sync + 'static,
    ) -> Subscription<C> {
        let queue = Queue::new(LIMIT);
        let hearer = Hearer {
            queue: Arc::downgrade(&queue),
            peers: self.session.peers().clone(),
            path,
            schema: table_of::<T>(),
        };
        self.session.subscribers().join(&queue);
        let part = move |state: &dyn State| part(typed::<T>(state)).clone();
        Subscription::new(Hearing::begin(&self.cell, queue, hearer, Box::new(part)))
    }
}
