//! A bounded queue from those who tell to one who listens.

use std::{
    collections::VecDeque,
    fmt,
    sync::{Arc, Weak},
};

use crate::{
    breaks::{Break, broken},
    sync::{
        Event, EventListener, Mutex,
        atomic::{AtomicBool, Ordering},
        slips,
    },
};

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

    /// Whether it is told also to one who begins anew, from the state of now.
    fn is_kept(&self) -> bool {
        false
    }

    /// Adds to the notices of what was dropped that one thing more was. There are few of them, however much that is.
    fn missed(notices: &mut Vec<Self>, dropped: Self);
}

/// What was told and not heard.
pub struct Queue<E> {
    /// How many things are kept.
    limit: usize,
    waiting: Mutex<Waiting<E>>,
    /// Those who wait are still to be woken.
    is_rung: AtomicBool,
    changed: Event,
}

struct Waiting<E> {
    entries: VecDeque<E>,
    bytes: usize,
    /// What to tell of those that were dropped after the last entry. What follows them is dropped as well, until
    /// this is heard.
    missed: Vec<E>,
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
                missed: Vec::new(),
                last: None,
                is_over: false,
            }),
            is_rung: AtomicBool::new(false),
            changed: Event::new(),
        })
    }

    /// Tells something. Waits for nobody. [`wake`](Queue::wake) is to follow.
    pub(crate) fn push(&self, entry: E) {
        let mut waiting = self.waiting.lock();
        let bytes = waiting.bytes + entry.bytes();
        let has_room =
            waiting.entries.len() < self.limit && (bytes <= BYTES || waiting.entries.is_empty());
        if entry.is_last() {
            waiting.last = Some(entry);
        } else if waiting.missed.is_empty() && has_room {
            waiting.bytes = bytes;
            waiting.entries.push_back(entry);
        } else if !broken(Break::MissUntold) {
            E::missed(&mut waiting.missed, entry);
        }
        drop(waiting);
        self.ring();
    }

    /// The next thing, if there is one.
    pub(crate) fn pop(&self) -> Option<E> {
        let mut waiting = self.waiting.lock();
        if waiting.entries.is_empty() {
            waiting.go_on();
        }
        let Some(entry) = waiting.entries.pop_front() else {
            return waiting.last.take();
        };
        waiting.bytes -= entry.bytes();
        Some(entry)
    }

    /// Drops what was told so far, but for what is kept and what is last of all.
    pub(crate) fn clear(&self) {
        let mut waiting = self.waiting.lock();
        waiting.entries.retain(E::is_kept);
        waiting.missed.retain(E::is_kept);
        waiting.bytes = waiting.entries.iter().map(E::bytes).sum();
        if waiting.entries.len() + waiting.missed.len() <= self.limit {
            waiting.go_on();
        }
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

impl<E> Queue<E> {
    fn ring(&self) {
        if !slips("what is told rings no bell") {
            self.is_rung.store(true, Ordering::Release);
        }
    }

    /// Wakes those who wait, if there is anything new. To be called without locks: what wakes a future is a user's
    /// code.
    pub(crate) fn wake(&self) {
        if self.is_rung.swap(false, Ordering::AcqRel) {
            self.changed.notify(usize::MAX);
            if slips("a queue's bell is muted again when those who wait were woken") {
                self.is_rung.store(false, Ordering::Release);
            }
        }
    }
}

impl<E: Entry> Waiting<E> {
    /// Takes the notices of what was dropped among the rest, and drops no more.
    fn go_on(&mut self) {
        self.bytes += self.missed.iter().map(E::bytes).sum::<usize>();
        self.entries.extend(self.missed.drain(..));
    }
}

/// What ends when nothing more can happen.
pub(crate) trait Closing: Send + Sync {
    /// No more will be told. [`wake`](Self::wake) is to follow.
    fn close(&self);

    /// Wakes those who wait. To be called without locks.
    fn wake(&self);
}

impl<E: Send> Closing for Queue<E> {
    fn close(&self) {
        self.waiting.lock().is_over = true;
        self.ring();
    }
    fn wake(&self) {
        Self::wake(self);
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
