//! What is to be sent over one link: gathered, in order, and never waited for.
//!
//! Bytes go from the queue to the system through one *writer* at a time:
//!
//! ```text
//!            send               connection full, or more and more to send
//!  Nobody ---------> Sender ------------------------------------------> Thread
//!    ^                 | ^  | all written                 all written    | ^
//!    +-----------------+-|--|--------------------------------------------+ |
//!                        |  | and one send soon after the other          | |
//!       flush, or enough |  +-----------------> Lingering <--------------+ |
//!        has gathered    +---------------------------+---------------------+
//!                                                      after a while
//!
//!  from anywhere, by close or a failed write: Closed, for ever
//! ```
//!
//! While one send comes soon after the other, the thread *lingers*: it lets bytes gather for a while, and then writes them
//! together. So a burst costs its senders no call of the system each, and whoever waits for an answer flushes.
//!
//! Invariants, which hold whenever the mutex is free:
//!
//! 1. Only the writer takes bytes out of the queue, one block at a time: a *batch*. It takes the next
//!    one when the last is written. So bytes leave in the order of appending.
//! 2. The writer leaves (to `Nobody`) only in the same step in which it saw the queue empty. So
//!    whoever appended before is taken along, and whoever appends after finds `Nobody` when it
//!    calls `send`, or a thread that lingers and will look: no bytes are left behind.
//! 3. A batch is with the writer, or in `handed` while it goes from the sender to the thread.
//!    `at_hand` counts its bytes, since its memory is kept until all are written, and `unwritten`
//!    those that the system has not taken yet, wherever it is.
//! 4. In `Closed` nothing is queued, handed or counted, and nothing will be.
//!
//! The mutex is never held over I/O, over starting a thread, or over joining it.

mod pace;
mod queue;
mod state;
mod writing;

use std::{
    fmt, mem,
    sync::{Arc, PoisonError},
    time::Instant,
};

use queue::Queue;
use state::{Batch, State, Writer};

use crate::{
    Error, Link,
    sync::{
        Condvar, Mutex, MutexGuard, bound, slips,
        thread::{self, JoinHandle},
    },
};

/// The outgoing queue of one link.
///
/// [`append`](Self::append) gathers bytes, under whatever locks the caller holds;
/// [`send`](Self::send) hands them to the system, once those are released. On an idle link the
/// calling thread does that itself; a thread of its own, started when it is first needed, does it
/// when the peer reads too slowly. All bytes of all threads leave in the order in which they were
/// appended. Share it as `Arc<Outbox>`. Dropping it closes it.
pub struct Outbox {
    core: Arc<Core>,
}

/// How many batches a sender writes before it leaves the rest to the thread.
const ROUNDS: usize = bound(4, 2);

/// What the thread writes before it counts, in bytes; when so many have gathered they are written at once.
const CHUNK: usize = bound(64 * 1024, 1024);

impl Outbox {
    /// An empty outbox; `name` is for its thread.
    pub fn new(link: Arc<Link>, name: &str) -> Self {
        Self {
            core: Arc::new(Core {
                link,
                name: name.to_owned(),
                state: Mutex::default(),
                turn: Condvar::new(),
                idle: Condvar::new(),
            }),
        }
    }

    /// Lets `add` append bytes to the queue, and returns how many are queued then.
    ///
    /// It does no I/O. Other senders wait for `add`, so it should only copy. Once the outbox is
    /// closed, `add` is not called and 0 returned. If `add` panics, nothing was appended.
    pub fn append(&self, add: impl FnOnce(&mut Vec<u8>)) -> usize {
        let mut state = self.core.lock();
        if state.writer == Writer::Closed {
            return 0;
        }
        state.queue.append(add);
        state.appended += 1;
        state.queued()
    }

    /// Appends whole messages that were gathered beforehand, and returns how many bytes are queued then. Many are not
    /// copied, and their memory is kept until all of them are written.
    pub fn append_block(&self, block: Vec<u8>) -> usize {
        let mut state = self.core.lock();
        if state.writer == Writer::Closed {
            return 0;
        }
        state.queue.append_block(block);
        state.appended += 1;
        state.queued()
    }

    /// Sees to it that what was appended leaves, without ever waiting for the peer. In a burst it leaves a little later,
    /// with what comes after it; see [`flush`](Self::flush).
    ///
    /// Call it after [`append`](Self::append), with no locks held.
    pub fn send(&self) {
        self.send_among(1);
    }

    /// As [`send`](Self::send), for a thread that sends over so many links, one after the other, and has no answer among what
    /// it sends. Each link waits for the others, so it is in a burst sooner, and lets more gather.
    pub fn send_among(&self, links: usize) {
        self.send_if(|state| {
            if state.queue.bytes() == 0 {
                return false;
            }
            let is_awaited = state.pace.lingers_for_others(links);
            state.pace.sends_over(links);
            match state.writer {
                Writer::Nobody => true,
                Writer::Lingering => is_awaited || state.queue.bytes() >= CHUNK,
                Writer::Sender | Writer::Thread | Writer::Closed => false,
            }
        });
    }

    /// As [`send`](Self::send), without a delay in a burst: for one that is about to wait for an answer.
    pub fn flush(&self) {
        self.send_if(|state| matches!(state.writer, Writer::Nobody | Writer::Lingering));
    }

    /// Writes what was appended, if this thread may.
    fn send_if(&self, may: impl FnOnce(&mut State) -> bool) {
        let mut batch = {
            let mut state = self.core.lock();
            if !may(&mut state) {
                return;
            }
            let Some(batch) = state.take() else {
                return;
            };
            state.writer = Writer::Sender;
            batch
        };
        for _ in 0..ROUNDS {
            match self.core.link.try_write(batch.rest()) {
                Ok(written) => batch.wrote(written),
                Err(error) => return self.core.fail(&error),
            }
            let mut state = self.core.lock();
            if state.writer == Writer::Closed {
                return;
            }
            state.wrote(&batch);
            if state.level > 0 {
                self.core.drained(&state);
            }
            if state.unwritten > 0 {
                break;
            }
            state.queue.give_back(batch.bytes);
            if slips("a sender leaves without a look at the queue") {
                return self.core.leave(&mut state);
            }
            let Some(next) = state.take() else {
                if !state.pace.is_dense() {
                    return self.core.leave(&mut state);
                }
                self.core.all_written(&state);
                drop(state);
                return self.let_thread(Writer::Lingering, Batch::default());
            };
            batch = next;
        }
        self.let_thread(Writer::Thread, batch);
    }

    /// Drops what was appended, but for what is being written. What one [`append`](Self::append) has
    /// added is dropped whole or not at all, and so is a block.
    pub fn drop_queued(&self) {
        let mut state = self.core.lock();
        state.queue.clear();
        if !slips("who drains is not told that what it waits for was dropped") {
            self.core.drained(&state);
        }
    }

    /// How many bytes were appended and are not with the system yet, or are kept beside such ones: what is written at
    /// once is let go of at once.
    pub fn queued(&self) -> usize {
        self.core.lock().queued()
    }

    /// How many bytes the system has taken so far.
    pub fn written(&self) -> u64 {
        let state = self.core.lock();
        state.taken - state.unwritten as u64
    }

    /// Whether the system takes no more until the peer has read of what it has.
    pub fn is_held_up(&self) -> bool {
        let state = self.core.lock();
        state.writer == Writer::Thread && state.unwritten > 0
    }

    /// Waits until all is with the system; false if the outbox is closed or the deadline passed
    /// before.
    pub fn drain(&self, deadline: Instant) -> bool {
        self.drain_to(0, deadline)
    }

    /// Waits until no more than `bytes` are queued; false if the outbox is closed or the deadline passed before.
    pub fn drain_to(&self, bytes: usize, deadline: Instant) -> bool {
        self.flush();
        let mut state = self.core.lock();
        state.draining += 1;
        state.level = state.level.max(bytes);
        let drained = loop {
            if state.writer == Writer::Closed {
                break false;
            }
            if state.queued() <= bytes {
                break true;
            }
            let left = deadline.saturating_duration_since(Instant::now());
            if left.is_zero() {
                break false;
            }
            (state, _) = self
                .core
                .idle
                .wait_timeout(state, left)
                .unwrap_or_else(PoisonError::into_inner);
        };
        state.draining -= 1;
        if state.draining == 0 {
            state.level = 0;
        }
        drained
    }

    /// Drops what is queued, shuts the link down and ends the thread, even one that is blocked in
    /// a write. Any number of times.
    pub fn close(&self) {
        let thread = {
            let mut state = self.core.lock();
            self.core.close(&mut state);
            state.thread.take()
        };
        // Wakes the thread out of a write.
        if !slips("a link is not shut down when its outbox is closed") {
            self.core.link.shutdown();
        }
        if let Some(thread) = thread {
            join(thread);
        }
    }

    /// Whether it was closed, or closed itself because the peer is gone.
    pub fn is_closed(&self) -> bool {
        self.core.lock().writer == Writer::Closed
    }

    /// How many threads know it, as far as they are its own.
    #[cfg(loom)]
    pub(crate) fn users(&self) -> usize {
        Arc::strong_count(&self.core)
    }

    /// Makes the thread the writer, which goes on with `batch`, or lingers. For the sender that writes.
    fn let_thread(&self, writer: Writer, batch: Batch) {
        {
            let mut state = self.core.lock();
            if state.writer == Writer::Closed {
                return;
            }
            state.handed = batch;
            // What has come since the queue was empty may be what somebody has flushed.
            let is_empty = state.queue.bytes() == 0;
            state.writer = if is_empty { writer } else { Writer::Thread };
            if mem::replace(&mut state.started, true) {
                if !slips("the writer's thread is not told that it is its turn") {
                    self.core.turn.notify_one();
                }
                return;
            }
        }
        let core = Arc::clone(&self.core);
        let spawned = thread::Builder::new()
            .name(core.name.clone())
            .spawn(move || core.run());
        match spawned {
            Ok(thread) => {
                let mut state = self.core.lock();
                if state.writer == Writer::Closed
                    && !slips(
                        "a thread is left to itself that was started while its outbox was closed",
                    )
                {
                    // `close` came too early to see the thread.
                    drop(state);
                    join(thread);
                } else {
                    state.thread = Some(thread);
                }
            }
            Err(error) => self.has_no_thread(&Error::io("start a writer thread", error)),
        }
    }

    /// Goes on without the thread, which could not be started, unless it has bytes at hand.
    fn has_no_thread(&self, error: &Error) {
        let mut state = self.core.lock();
        state.started = false;
        match state.writer {
            Writer::Lingering | Writer::Thread if state.handed.rest().is_empty() => {
                self.core.leave(&mut state);
                drop(state);
                self.send();
            }
            Writer::Lingering | Writer::Thread => {
                drop(state);
                self.core.fail(error);
            }
            // Who sends will try again.
            Writer::Nobody | Writer::Sender | Writer::Closed => {}
        }
    }
}

impl Drop for Outbox {
    fn drop(&mut self) {
        self.close();
    }
}

impl fmt::Debug for Outbox {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let state = self.core.lock();
        f.debug_struct("Outbox")
            .field("name", &self.core.name)
            .field("writer", &state.writer)
            .field("queued", &state.queued())
            .finish_non_exhaustive()
    }
}

/// What the outbox and its thread share.
struct Core {
    link: Arc<Link>,
    name: String,
    state: Mutex<State>,
    /// Where the thread waits for its turn.
    turn: Condvar,
    /// Where those wait who drain.
    idle: Condvar,
}

impl Core {
    /// The writer leaves, having seen in this same step that the queue is empty.
    fn leave(&self, state: &mut State) {
        state.writer = Writer::Nobody;
        self.all_written(state);
    }

    fn all_written(&self, state: &State) {
        if !slips("who drains is not told that all is written") {
            self.drained(state);
        }
    }

    /// Wakes those who drain, if so little is left that one of them may go on.
    fn drained(&self, state: &State) {
        if state.draining > 0 && state.queued() <= state.level {
            self.idle.notify_all();
        }
    }

    /// Closes from within, after a write that failed.
    fn fail(&self, error: &Error) {
        self.close(&mut self.lock());
        // A peer that is gone may have left its last words, which a shutdown could drop. After
        // anything else, whoever reads from the link must learn that it is of no more use.
        if !matches!(error, Error::Closed) {
            self.link.shutdown();
        }
    }

    fn close(&self, state: &mut State) {
        state.writer = Writer::Closed;
        state.queue = Queue::default();
        state.handed = Batch::default();
        state.taken -= state.unwritten as u64;
        (state.at_hand, state.unwritten) = (0, 0);
        if !slips("the writer's thread is not told that the outbox is closed") {
            self.turn.notify_all();
        }
        if !slips("who drains is not told that the outbox is closed") {
            self.idle.notify_all();
        }
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        // The one foreign code under the lock is what appends, and the queue undoes its panic.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The thread runs no code of a caller, so it is never the one that joins.
fn join(thread: JoinHandle<()>) {
    // Its one way to fail is a panic, which was reported where it happened.
    let _ = thread.join();
}

#[cfg(test)]
mod tests;
