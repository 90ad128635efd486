//! Hearing of what happens: bounded queues between those who tell and those who listen.

#[cfg(test)]
mod tests;

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Weak},
    time::Duration,
};

use event_listener::Event;
use parking_lot::Mutex;

use crate::{
    core::{Origin, PeerId},
    deadline::Deadline,
};

/// How many things are kept for one who does not listen.
const LIMIT: usize = 1024;

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

/// What happens from now on, in order.
///
/// As an iterator it waits for the next, and ends when the session does. It keeps the last 1024 things
/// for one who does not listen; then it tells how many were missed.
pub struct Subscription<T>(Arc<Queue<T>>);

struct Queue<T> {
    waiting: Mutex<Waiting<T>>,
    changed: Event,
    missed: fn(usize) -> T,
}

struct Waiting<T> {
    items: VecDeque<T>,
    /// How many were dropped after the last of them.
    missed: usize,
    is_over: bool,
}

impl<T> Subscription<T> {
    /// The next thing that has happened, if there is one.
    pub fn try_next(&self) -> Option<T> {
        let mut waiting = self.0.waiting.lock();
        waiting.items.pop_front().or_else(|| {
            let missed = std::mem::take(&mut waiting.missed);
            (missed > 0).then(|| (self.0.missed)(missed))
        })
    }

    /// The next thing that happens; `None` when nothing does in time, or nothing will any more.
    pub fn next_timeout(&self, timeout: Duration) -> Option<T> {
        let deadline = Deadline::after(timeout);
        loop {
            let listener = self.0.changed.listen();
            let is_over = self.0.waiting.lock().is_over;
            let next = self.try_next();
            if next.is_some() || is_over || deadline.has_passed() {
                return next;
            }
            deadline.wait(listener);
        }
    }
}

impl<T> Iterator for Subscription<T> {
    type Item = T;

    fn next(&mut self) -> Option<T> {
        self.next_timeout(Duration::MAX)
    }
}

impl<T> fmt::Debug for Subscription<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Subscription")
            .field("waiting", &self.0.waiting.lock().items.len())
            .finish_non_exhaustive()
    }
}

/// Tells all who have subscribed.
pub(crate) struct Publisher<T> {
    queues: Mutex<Vec<Weak<Queue<T>>>>,
    missed: fn(usize) -> T,
}

impl<T: Clone> Publisher<T> {
    /// `missed` makes the notice that so many things were dropped.
    pub(crate) fn new(missed: fn(usize) -> T) -> Self {
        Self {
            queues: Mutex::default(),
            missed,
        }
    }

    pub(crate) fn subscribe(&self) -> Subscription<T> {
        let queue = Arc::new(Queue {
            waiting: Mutex::new(Waiting {
                items: VecDeque::new(),
                missed: 0,
                is_over: false,
            }),
            changed: Event::new(),
            missed: self.missed,
        });
        let mut queues = self.queues.lock();
        queues.retain(|queue| queue.strong_count() > 0);
        queues.push(Arc::downgrade(&queue));
        Subscription(queue)
    }

    /// Tells something. Waits for nobody.
    pub(crate) fn publish(&self, item: &T) {
        self.each(|waiting| {
            // What follows a gap is told after the gap.
            if waiting.missed > 0 || waiting.items.len() == LIMIT {
                waiting.missed += 1;
            } else {
                waiting.items.push_back(item.clone());
            }
        });
    }

    /// Nothing will be told any more.
    pub(crate) fn close(&self) {
        self.each(|waiting| waiting.is_over = true);
    }

    fn each(&self, change: impl Fn(&mut Waiting<T>)) {
        for queue in &*self.queues.lock() {
            if let Some(queue) = queue.upgrade() {
                change(&mut queue.waiting.lock());
                queue.changed.notify(usize::MAX);
            }
        }
    }
}

impl<T> fmt::Debug for Publisher<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Publisher").finish_non_exhaustive()
    }
}
