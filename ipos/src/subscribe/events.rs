//! What happens in a session.

use std::{
    fmt,
    sync::{Arc, Weak},
};

use event_listener::EventListener;
use parking_lot::Mutex;

use super::{Item, Source, Subscription};
use crate::{
    audience::{Closing, Entry, LIMIT, Queue, join},
    core::{Origin, PeerId},
};

/// Something that happens in a session; see [`Ipos::events`](crate::Ipos::events).
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum SessionEvent {
    /// A commit, a creation or a deletion was refused and undone. The host hears of all refusals,
    /// a member of its own.
    Refused {
        /// The object's key.
        key: String,
        /// Whose it was.
        origin: Origin,
        /// Why.
        reason: String,
    },
    /// A process does not read: what was queued for it is dropped, and it will be given what it has
    /// missed when it reads again. Only the host hears of it.
    Lagged {
        /// The process.
        peer: PeerId,
    },
    /// This subscription was not read in time, and so many events were dropped.
    Missed {
        /// How many.
        events: usize,
    },
}

impl Entry for SessionEvent {
    fn missed(notice: Option<Self>, _: Self) -> Self {
        let before = match notice {
            Some(Self::Missed { events }) => events,
            _ => 0,
        };
        Self::Missed { events: before + 1 }
    }
}

impl Item for SessionEvent {
    type Source = Queue<Self>;
}

impl Source<SessionEvent> for Queue<SessionEvent> {
    fn take(&self) -> Option<SessionEvent> {
        self.pop()
    }
    fn is_over(&self) -> bool {
        Self::is_over(self)
    }
    fn listen(&self) -> EventListener {
        Self::listen(self)
    }
}

/// Those who have subscribed to anything in a session: to what happens in it, or to its objects.
#[derive(Default)]
pub(crate) struct Subscribers {
    events: Mutex<Vec<Weak<Queue<SessionEvent>>>>,
    all: Mutex<All>,
}

#[derive(Default)]
struct All {
    subscribed: Vec<Weak<dyn Closing>>,
    is_over: bool,
}

impl Subscribers {
    /// Somebody more hears what happens in the session.
    pub(crate) fn subscribe(&self) -> Subscription<SessionEvent> {
        let queue = Queue::new(LIMIT);
        join(&mut self.events.lock(), Arc::downgrade(&queue));
        self.join(&queue);
        Subscription::new(queue)
    }

    /// Tells what happens. Waits for nobody.
    pub(crate) fn publish(&self, event: &SessionEvent) {
        for queue in &*self.events.lock() {
            if let Some(queue) = queue.upgrade() {
                queue.push(event.clone());
            }
        }
    }

    /// Ends a subscription with the session.
    pub(crate) fn join<Q: Closing + 'static>(&self, queue: &Arc<Q>) {
        let mut all = self.all.lock();
        if all.is_over {
            queue.close();
        } else {
            let queue: Weak<Q> = Arc::downgrade(queue);
            join(&mut all.subscribed, queue);
        }
    }

    /// Nothing will be told any more.
    pub(crate) fn close(&self) {
        let mut all = self.all.lock();
        all.is_over = true;
        for queue in all.subscribed.drain(..) {
            if let Some(queue) = queue.upgrade() {
                queue.close();
            }
        }
    }
}

impl fmt::Debug for Subscribers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscribers").finish_non_exhaustive()
    }
}
