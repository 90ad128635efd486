//! Waiting without holding up the thread, under any runtime or none. What is dropped before it is done gives back
//! all that it took.

use super::{Call, CallError, SharedHandle, Watch, value};
use crate::{
    Shared, action::Action, core::Replica, error::Result, guard::OpenCommit, session::all_settled,
};

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

    /// Waits until a commit need not wait for the verdicts on earlier ones, without holding up the thread. Where
    /// others commit to the object in this process, they may come first: [`update_async`](Self::update_async),
    /// [`transact_async`](Self::transact_async) and [`start_async`](Self::start_async) look again then, and never
    /// hold up the thread for verdicts.
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
        self.session.wait_for_room_async().await?;
        self.session
            .wait_on_async(&self.cell, true, |replica| !replica.is_full())
            .await
    }

    /// As [`update`](Self::update); when many earlier commits have no verdict it waits without holding up the
    /// thread. When it is dropped before that, nothing is committed.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # pollster::block_on(async {
    /// # let ipos = ipos::Ipos::host()?;
    /// let log = ipos.create("log", Vec::new())?;
    /// for line in 0..1000 {
    ///     log.update_async(|log| log.push(line)).await?;
    /// }
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Those of [`update`](Self::update), but for the timeout, and [`Error::Busy`](crate::Error::Busy) when this
    /// thread holds any object.
    pub async fn update_async<R>(&self, change: impl FnOnce(&mut T::Mut<'_>) -> R) -> Result<R> {
        let open = self.open_async().await?;
        self.commit(open, change)
    }

    /// As [`start`](Self::start); when many earlier commits have no verdict it waits without holding up the thread.
    /// When it is dropped before that, nothing is started.
    ///
    /// # Errors
    ///
    /// Those of [`update_async`](Self::update_async).
    ///
    /// # Panics
    ///
    /// As [`call`](Self::call) does.
    pub async fn start_async<R, E>(&self, action: Action<T, R, E>) -> Result<Call<R, E>> {
        let open = self.open_async().await?;
        self.start_on(open, action)
    }

    /// As [`call`](Self::call), without holding up the thread. When it is dropped after it has begun, the action
    /// goes on.
    ///
    /// # Errors
    ///
    /// Those of [`call`](Self::call), but for the timeout.
    ///
    /// # Panics
    ///
    /// As [`call`](Self::call) does.
    pub async fn call_async<R, E>(&self, action: Action<T, R, E>) -> Result<R, CallError<E>> {
        self.start_async(action).await?.await
    }

    /// Opens the object for writing, as soon as there is room.
    async fn open_async(&self) -> Result<OpenCommit<'_>> {
        loop {
            self.ready_async().await?;
            if let Some(open) = OpenCommit::at_once(&self.session, &self.cell)? {
                return Ok(open);
            }
        }
    }

    /// As [`transact`](Self::transact), without holding up the thread, not for room either. When it is dropped
    /// before it is done, what was committed goes on as after an [`update`](Self::update).
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
    /// Those of [`transact`](Self::transact), but for the timeout.
    pub async fn transact_async<R>(&self, change: impl FnOnce(&mut T::Mut<'_>) -> R) -> Result<R> {
        let open = self.open_async().await?;
        let (result, ticket) = self.commit_whole(open, change)?;
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
