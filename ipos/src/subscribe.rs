//! Hearing of what happens: bounded queues between those who tell and those who listen.

mod change;
mod event;
mod events;
mod journal;

#[cfg(test)]
mod tests;

use std::{
    fmt,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::{Duration, Instant},
};

use futures_core::Stream;

pub(crate) use self::{change::Hearing, event::Happening, events::Subscribers, journal::Journal};
pub use self::{
    change::{Change, Progress},
    event::Event,
    events::SessionEvent,
};
use crate::{
    cell::held_any,
    deadline::Deadline,
    sync::{self, EventListener, slips},
};

/// What happens from now on, in order.
///
/// As an iterator it waits for the next, and ends when nothing more can happen: with the session, or with
/// the object. As a [`Stream`] it does so without holding up the thread, under any runtime or none. Since it is both,
/// `next` does not say which where `StreamExt` is in scope; there, [`stream`](Self::stream) is a stream alone, and
/// [`iter`](Self::iter) an iterator alone.
///
/// It keeps up to 1024 things, and up to 4 MiB of patches, for one who does not listen. What does not find room is
/// dropped, and a notice in its place says so: [`Change::Reset`], [`Progress::Missed`], [`SessionEvent::Missed`].
/// Nobody else is held up.
///
/// Who waits for the next thing must hold no object meanwhile, since it may take that object to bring it about. To
/// wait by the thread is a panic then; an `await` may last for ever.
pub struct Subscription<T: Item> {
    source: Arc<T::Source>,
    /// While this is waited for as a stream.
    waiting: Option<EventListener>,
}

/// What can be subscribed to.
pub trait Item: Sized + Send + 'static {
    /// Where it comes from.
    #[doc(hidden)]
    type Source: Source<Self>;
}

/// Where things come from that are subscribed to.
#[doc(hidden)]
pub trait Source<T>: Send + Sync {
    /// The next one, if there is one.
    fn take(&self) -> Option<T>;
    /// Whether no more will come.
    fn is_over(&self) -> bool;
    /// Hears of the next one.
    fn listen(&self) -> EventListener;
    /// Waits until the listener hears something or it is too late.
    fn wait(&self, listener: EventListener, deadline: Instant) {
        sync::wait(listener, deadline);
    }
}

/// Where changes come from, for who waits for one.
pub(crate) trait Upstream: Send + Sync {
    /// Waits until the listener hears something or it is too late, and brings that about as far as this thread can.
    fn wait(&self, listener: EventListener, deadline: Deadline);
}

impl<T: Item> Subscription<T> {
    pub(crate) fn new(source: Arc<T::Source>) -> Self {
        Self {
            source,
            waiting: None,
        }
    }

    pub(crate) fn source(&self) -> &T::Source {
        &self.source
    }

    /// What happens, as the subscription itself as an iterator tells it, which can be asked for other things
    /// meanwhile.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let ipos = ipos::Ipos::host()?;
    /// let title = ipos.create("title", String::from("draft"))?;
    /// let changes = title.subscribe();
    /// title.set("release".into())?;
    /// ipos.delete("title")?;
    /// // It ends with the object.
    /// for change in &changes {
    ///     println!("{change:?}");
    /// }
    /// # Ok(())
    /// # }
    /// ```
    pub fn iter(&self) -> Iter<'_, T> {
        Iter(self)
    }

    /// The next thing that has happened, if there is one.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let ipos = ipos::Ipos::host()?;
    /// let title = ipos.create("title", String::from("draft"))?;
    /// let changes = title.subscribe();
    /// assert!(changes.try_next().is_none());
    /// title.set("release".into())?;
    /// assert!(changes.try_next().is_some());
    /// # Ok(())
    /// # }
    /// ```
    pub fn try_next(&self) -> Option<T> {
        self.source.take()
    }

    /// What happens, as the subscription itself as a stream tells it, which can be asked for other things
    /// meanwhile; what the one has told the other does not tell. It is no iterator, so that `next` is the one of
    /// `StreamExt`, and so are the others that both have:
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # pollster::block_on(async {
    /// # let ipos = ipos::Ipos::host()?;
    /// use futures_util::StreamExt;
    ///
    /// let title = ipos.create("title", String::from("draft"))?;
    /// let changes = title.subscribe();
    /// title.set("release".into())?;
    /// assert!(changes.stream().next().await.is_some());
    /// ipos.delete("title")?;
    /// let rest: Vec<_> = changes.stream().collect().await;
    /// assert!(matches!(rest[..], [ipos::Change::Deleted]));
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    pub fn stream(&self) -> impl Stream<Item = T> + Send + Sync + Unpin + use<T> {
        // Nobody sees that this is an iterator as well.
        Self::new(self.source.clone())
    }

    /// The next thing that happens; `None` when nothing does in time, or nothing will any more.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let ipos = ipos::Ipos::host()?;
    /// let title = ipos.create("title", String::from("draft"))?;
    /// let changes = title.subscribe();
    /// let thread = std::thread::spawn(move || title.set("release".into()));
    /// assert!(changes.next_timeout(std::time::Duration::from_secs(60)).is_some());
    /// # thread.join().expect("it does not panic")?;
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Panics
    ///
    /// When this thread holds an object, by a guard or inside an `update`, and `timeout` is not zero. So does waiting
    /// by an iterator.
    pub fn next_timeout(&self, timeout: Duration) -> Option<T> {
        assert!(
            timeout.is_zero() || held_any().is_none(),
            "a subscription is waited for while this thread holds an object, by a guard or inside an `update`; \
             what it waits for may need that object: let go of it first, or ask by `try_next`"
        );
        let deadline = Deadline::after(timeout);
        loop {
            let listens = !slips("who waits to hear something listens after it has looked");
            let listener = listens.then(|| self.source.listen());
            let is_over = self.source.is_over();
            let next = self.try_next();
            if next.is_some() || is_over || deadline.has_passed() {
                return next;
            }
            let listener = listener.unwrap_or_else(|| self.source.listen());
            self.source.wait(listener, deadline.instant());
        }
    }

    /// The next thing that happens; `None` when nothing will any more. It needs no runtime, and nothing is
    /// lost when it is dropped before it is done.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # pollster::block_on(async {
    /// # let ipos = ipos::Ipos::host()?;
    /// let title = ipos.create("title", String::from("draft"))?;
    /// let changes = title.subscribe();
    /// title.set("release".into())?;
    /// let change = changes.next_async().await;
    /// assert!(change.is_some_and(|change| change.is_confirmed()));
    /// # Ok(())
    /// # })
    /// # }
    /// ```
    pub async fn next_async(&self) -> Option<T> {
        loop {
            let listener = self.source.listen();
            let is_over = self.source.is_over();
            let next = self.try_next();
            if next.is_some() || is_over {
                return next;
            }
            listener.await;
        }
    }
}

impl<T: Item> Iterator for Subscription<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.next_timeout(Duration::MAX)
    }
}

/// What happens, one after the other, waiting for each; see [`Subscription::iter`].
#[derive(Debug)]
pub struct Iter<'a, T: Item>(&'a Subscription<T>);

impl<T: Item> Iterator for Iter<'_, T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.0.next_timeout(Duration::MAX)
    }
}

impl<'a, T: Item> IntoIterator for &'a Subscription<T> {
    type Item = T;
    type IntoIter = Iter<'a, T>;

    fn into_iter(self) -> Iter<'a, T> {
        self.iter()
    }
}

impl<T: Item> Stream for Subscription<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        loop {
            let mut waiting = self.waiting.take();
            let listener = waiting.get_or_insert_with(|| self.source.listen());
            let is_over = self.source.is_over();
            let next = self.try_next();
            if next.is_some() || is_over {
                return Poll::Ready(next);
            }
            if Pin::new(listener).poll(context).is_pending() {
                self.waiting = waiting;
                return Poll::Pending;
            }
        }
    }
}

impl<T: Item> fmt::Debug for Subscription<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("is_over", &self.source.is_over())
            .finish_non_exhaustive()
    }
}
