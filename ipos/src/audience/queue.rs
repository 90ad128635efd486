//! A bounded queue from those who tell to one who listens.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Weak},
};

use event_listener::{Event, EventListener};
use parking_lot::Mutex;

use crate::breaks::{Break, broken};

/// How many things are kept for one who does not listen, but in tests.
pub(crate) const LIMIT: usize = 1024;

/// How many bytes of them.
const BYTES: usize = 4 * 1024 * 1024;

/// Something that can be queued.
pub trait Entry: Sized {
    /// How many bytes it takes beside itself.
    fn bytes(&self) -> usize {
        0
    }

    /// Whether nothing is told after it.
    fn is_last(&self) -> bool {
        false
    }

    /// The notice that something was dropped: what there was of it before, and one thing more.
    fn missed(notice: Option<Self>, dropped: Self) -> Self;
}

/// What was told and not heard.
pub struct Queue<E> {
    /// How many things are kept.
    limit: usize,
    waiting: Mutex<Waiting<E>>,
    changed: Event,
}

struct Waiting<E> {
    entries: VecDeque<E>,
    bytes: usize,
    /// What to tell of those that were dropped after the last entry. What follows them is dropped as well, until
    /// this is heard.
    missed: Option<E>,
    /// What is told after all else.
    last: Option<E>,
    is_over: bool,
}

impl<E: Entry> Queue<E> {
    pub(crate) fn new(limit: usize) -> Arc<Self> {
        Arc::new(Self {
            limit,
            waiting: Mutex::new(Waiting {
                entries: VecDeque::new(),
                bytes: 0,
                missed: None,
                last: None,
                is_over: false,
            }),
            changed: Event::new(),
        })
    }

    /// Tells something. Waits for nobody.
    pub(crate) fn push(&self, entry: E) {
        let mut waiting = self.waiting.lock();
        let bytes = waiting.bytes + entry.bytes();
        let has_room =
            waiting.entries.len() < self.limit && (bytes <= BYTES || waiting.entries.is_empty());
        if entry.is_last() {
            waiting.last = Some(entry);
        } else if waiting.missed.is_none() && has_room {
            waiting.bytes = bytes;
            waiting.entries.push_back(entry);
        } else if !broken(Break::MissUntold) {
            waiting.missed = Some(E::missed(waiting.missed.take(), entry));
        }
        drop(waiting);
        self.changed.notify(usize::MAX);
    }

    /// The next thing, if there is one.
    pub(crate) fn pop(&self) -> Option<E> {
        let mut waiting = self.waiting.lock();
        let Some(entry) = waiting.entries.pop_front() else {
            return waiting.missed.take().or_else(|| waiting.last.take());
        };
        waiting.bytes -= entry.bytes();
        Some(entry)
    }

    /// Drops what was told so far, but for what is last of all.
    pub(crate) fn clear(&self) {
        let mut waiting = self.waiting.lock();
        waiting.entries.clear();
        waiting.missed = None;
        waiting.bytes = 0;
    }

    /// Whether no more will be told.
    pub(crate) fn is_over(&self) -> bool {
        self.waiting.lock().is_over
    }

    /// Hears of the next thing.
    pub(crate) fn listen(&self) -> EventListener {
        self.changed.listen()
    }
}

/// What ends when nothing more can happen.
pub(crate) trait Closing: Send + Sync {
    /// No more will be told.
    fn close(&self);
}

impl<E: Send> Closing for Queue<E> {
    fn close(&self) {
        self.waiting.lock().is_over = true;
        self.changed.notify(usize::MAX);
    }
}

impl<E> fmt::Debug for Queue<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Queue").finish_non_exhaustive()
    }
}

/// Adds to a list of those who listen, without those who have gone.
pub(crate) fn join<Q: ?Sized>(list: &mut Vec<Weak<Q>>, queue: Weak<Q>) {
    list.retain(|queue| queue.strong_count() > 0);
    list.push(queue);
}
