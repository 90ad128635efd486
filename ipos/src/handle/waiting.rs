//! Waiting without holding up the thread, under any runtime or none. What is dropped before it is done gives back
//! all that it took.

use super::{SharedHandle, Watch, value};
use crate::{Shared, core::Replica, error::Result, session::all_settled};

impl<T: Shared> SharedHandle<T> {
    /// As [`wait_until`](Self::wait_until), but as long as it takes, and without holding up the thread.
    ///
    /// It needs no runtime, and can be dropped at any time; a runtime's own timeout puts an end to it.
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
    /// # Errors
    ///
    /// Those of [`changed`](Self::changed), but for the timeout.
    pub async fn changed_async(&self) -> Result<()> {
        self.wait_async(Self::is_changed).await
    }

    /// As [`flush`](Self::flush), but as long as it takes, and without holding up the thread.
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
