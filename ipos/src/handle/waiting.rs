//! Waiting without holding up the thread, under any runtime or none. What is dropped before it is done gives back
//! all that it took.

use super::{SharedHandle, Watch, value};
use crate::{Shared, core::Replica, error::Result, session::all_settled};

impl<T: Shared> SharedHandle<T> {
    /// As [`wait_until`](Self::wait_until), but as long as it takes, and without holding up the thread.
    ///
    /// It needs no runtime, and can be dropped at any time; a runtime's own timeout puts an end to it.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # pollster::block_on(async {
    /// # let ipos = ipos::Ipos::host()?;
    /// let tick = ipos.create("tick", 0)?;
    /// let other = tick.clone();
    /// let thread = std::thread::spawn(move || other.set(3));
    /// tick.wait_until_async(|tick| *tick == 3).await?;
    /// # thread.join().expect("it does not panic")?;
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`wait_until`](Self::wait_until), but for the timeout.
    pub async fn wait_until_async(&self, mut condition: impl FnMut(&T) -> bool) -> Result<()> {
        self.wait_async(|handle, replica| {
            handle.see(replica.version());
            condition(value(replica))
        })
        .await
    }

    /// As [`changed`](Self::changed), but as long as it takes, and without holding up the thread. What it was about
    /// to tell is not lost when it is dropped.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # pollster::block_on(async {
    /// # let ipos = ipos::Ipos::host()?;
    /// let tick = ipos.create("tick", 0)?;
    /// tick.clone().set(3)?;
    /// tick.changed_async().await?;
    /// assert_eq!(*tick.read(), 3);
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`changed`](Self::changed), but for the timeout.
    pub async fn changed_async(&self) -> Result<()> {
        self.wait_async(Self::is_changed).await
    }

    /// As [`flush`](Self::flush), but as long as it takes, and without holding up the thread.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # pollster::block_on(async {
    /// # let ipos = ipos::Ipos::host()?;
    /// let title = ipos.create("title", String::new())?;
    /// title.set("release".into())?;
    /// title.flush_async().await?;
    /// assert!(title.is_confirmed());
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`flush`](Self::flush), but for the timeout.
    pub async fn flush_async(&self) -> Result<()> {
        self.session
            .wait_on_async(&self.cell, true, all_settled())
            .await?;
        self.told_refusals()
    }

    /// Waits until a commit need not wait for the verdicts on earlier ones, without holding up the thread. Who
    /// commits much in an async program asks for this first.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # pollster::block_on(async {
    /// # let ipos = ipos::Ipos::host()?;
    /// let log = ipos.create("log", Vec::new())?;
    /// for line in 0..1000 {
    ///     log.ready_async().await?;
    ///     log.update(|log| log.push(line))?;
    /// }
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`wait_until_async`](Self::wait_until_async).
    pub async fn ready_async(&self) -> Result<()> {
        self.session
            .wait_on_async(&self.cell, true, |replica| !replica.is_full())
            .await
    }

    /// As [`transact`](Self::transact), without holding up the thread. When it is dropped before it is done, what
    /// was committed goes on as after an [`update`](Self::update).
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # pollster::block_on(async {
    /// # let ipos = ipos::Ipos::host()?;
    /// let jobs = ipos.create("jobs", vec![String::from("paint")])?;
    /// let job = jobs.transact_async(|jobs| jobs.pop()).await?;
    /// assert_eq!(job.as_deref(), Some("paint"));
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`transact`](Self::transact).
    pub async fn transact_async<R>(&self, change: impl FnOnce(&mut T::Mut<'_>) -> R) -> Result<R> {
        self.ready_async().await?;
        let (result, ticket) = self.commit_whole(change)?;
        if let Some(ticket) = ticket {
            let watch = Watch::new(&self.cell, ticket);
            self.session
                .wait_on_async(&self.cell, false, |replica| watch.has_verdict(replica))
                .await?;
            watch.verdict()?;
        }
        Ok(result)
    }

    async fn wait_async(&self, mut come: impl FnMut(&Self, &Replica) -> bool) -> Result<()> {
        self.session
            .wait_on_async(&self.cell, true, |replica| come(self, replica))
            .await
    }
}
