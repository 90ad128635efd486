//! Hearing of an object's changes.

use std::sync::Arc;

use super::{SharedHandle, typed, value};
use crate::{
    Shared,
    audience::{Hearer, LIMIT, Queue},
    core::State,
    parts::Parts,
    schema::table_of,
    subscribe::{Change, Event, Happening, Hearing, Progress, Subscription},
    types::Events,
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
    /// A subscription that begins while this thread reads the object begins with what it reads. What
    /// [`read`](Self::read) shows later may be ahead of what was heard so far: whoever needs both to agree keeps a
    /// copy, by [`Subscription::snapshot`] and [`Change::apply_to`].
    pub fn subscribe(&self) -> Subscription<Change<T>> {
        Subscription::new(self.hear(Vec::new(), false, |value| value))
    }

    /// The same as [`subscribe`](Self::subscribe) tells, and what becomes of this process's own commits: each is
    /// numbered, and confirmed or refused by the host; [`last_commit`](Self::last_commit) gives its number to who
    /// makes it. On the host itself a commit is confirmed when it is made, and has no number.
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
    ///         Progress::Missed { commit, .. } => println!("not read in time: verdicts up to that on {commit}"),
    ///     }
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn follow(&self) -> Subscription<Progress<T>> {
        Subscription::new(self.hear(Vec::new(), true, |value| value))
    }

    /// The number of the commit that was made last through this handle, as [`follow`](Self::follow) tells it. `None`
    /// when the last that was done through it has changed nothing, and on the host, where commits have no numbers.
    ///
    /// A thread that is to find the verdict on its own commit has a handle of its own: a clone.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let ipos = ipos::Ipos::host()?;
    /// use ipos::Progress;
    ///
    /// let score = ipos.create("score", 1u64)?;
    /// let told = score.follow();
    /// score.update(|score| score.add(2))?;
    /// if let Some(mine) = score.last_commit() {
    ///     let verdict = told.iter().find_map(|progress| match progress {
    ///         Progress::Confirmed { commit, .. } if commit == mine => Some(true),
    ///         Progress::Refused { commit, .. } if commit == mine => Some(false),
    ///         _ => None,
    ///     });
    ///     assert_eq!(verdict, Some(true));
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn last_commit(&self) -> Option<u64> {
        self.marks.last_commit()
    }

    /// What [`subscribe`](Self::subscribe) tells of a part alone, which `part` gives: a field, a field of a field,
    /// and so on. The patches are those of the part, and what does not change it is not told.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let ipos = ipos::Ipos::host()?;
    /// let pair = ipos.create("pair", (1, vec!["a".to_owned()]))?;
    /// let names = pair.subscribe_to(|pair| &pair.1);
    /// pair.update(|pair| {
    ///     pair.set_0(2);
    ///     pair._1_mut().push("b".to_owned());
    /// })?;
    /// pair.update(|pair| pair.set_0(3))?;
    /// let heard: Vec<_> = std::iter::from_fn(|| names.try_next()).collect();
    /// assert_eq!(heard.len(), 1);
    /// assert_eq!(names.snapshot(), ["a", "b"]);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When `part` gives something else: an element of a list, a value under a key, what is in an `Option` or in a
    /// variant, or a field that is `atomic` or `skip`. These come and go, or change as a part of what they
    /// are in; subscribe to that. Also when called on an object inside its own `update`.
    pub fn subscribe_to<P: Shared>(
        &self,
        part: impl Fn(&T) -> &P + Send + Sync + 'static,
    ) -> Subscription<Change<P>> {
        let path = self.way_to(&part);
        Subscription::new(self.hear(path, false, part))
    }

    /// What happens at an [`Events`] of the object from now on, as far as it is confirmed.
    ///
    /// # Panics
    ///
    /// As [`subscribe_to`](Self::subscribe_to).
    pub fn events<E: Shared>(
        &self,
        part: impl Fn(&T) -> &Events<E> + Send + Sync + 'static,
    ) -> Subscription<Event<E>> {
        let path = self.way_to(&part);
        Subscription::new(Happening::new(self.hear(path, false, part)))
    }

    fn way_to<P: Shared>(&self, part: &impl Fn(&T) -> &P) -> Vec<u8> {
        // This looks at the form of the value: what it is may be news for who reads through this handle.
        let (replica, _held) = self.cell.read();
        let value = value::<T>(&replica);
        Parts::way(value, part(value)).unwrap_or_else(|| {
            panic!(
                "what was asked for of `{}` is not a field of it, nor a field of a field: subscribe to \
                 the field that it is in",
                self.key()
            )
        })
    }

    /// Hears of the part that `path` leads to, which `part` gives.
    fn hear<P: Shared>(
        &self,
        path: Vec<u8>,
        follows: bool,
        part: impl Fn(&T) -> &P + Send + Sync + 'static,
    ) -> Arc<Hearing<P>> {
        let queue = Queue::new(LIMIT);
        let hearer = Hearer {
            queue: Arc::downgrade(&queue),
            peers: self.session.subscribers().peers().clone(),
            path,
            schema: table_of::<T>(),
            follows,
        };
        self.session.subscribers().join(&queue);
        let part = move |state: &dyn State| part(typed::<T>(state)).clone();
        let upstream = Arc::downgrade(&self.session);
        Hearing::begin(&self.cell, queue, hearer, Box::new(part), Some(upstream))
    }
}
