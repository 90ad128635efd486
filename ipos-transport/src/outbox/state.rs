//! What an outbox holds, and who writes it.

use super::{
    pace::Pace,
    queue::{Block, Queue},
};
use crate::sync::thread::JoinHandle;

#[derive(Default)]
pub(super) struct State {
    pub(super) writer: Writer,
    /// What was appended and not taken.
    pub(super) queue: Queue,
    /// What a sender leaves to the thread.
    pub(super) handed: Batch,
    /// How many bytes the batch at hand has.
    pub(super) at_hand: usize,
    /// How many of them the system has not taken.
    pub(super) unwritten: usize,
    /// How many bytes were taken out of the queue so far.
    pub(super) taken: u64,
    /// How often something was appended, since it was last looked at whether the thread is to linger.
    pub(super) appended: usize,
    /// How soon one send comes after the other.
    pub(super) pace: Pace,
    /// How many wait in `drain`: a wake-up for nobody would still be a system call.
    pub(super) draining: usize,
    /// The most that one of them waits for to be left.
    pub(super) level: usize,
    /// Whether there is a thread, or somebody is about to start it.
    pub(super) started: bool,
    pub(super) thread: Option<JoinHandle<()>>,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Writer {
    #[default]
    Nobody,
    Sender,
    Thread,
    /// The thread, which lets bytes gather for a while.
    Lingering,
    Closed,
}

/// Bytes that were taken from the queue together.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) bytes: Block,
    pub(super) written: usize,
}

impl Batch {
    pub(super) fn rest(&self) -> &[u8] {
        &self.bytes[self.written..]
    }

    /// Notes that so many more bytes are written. What took much memory is let go of at once: under the lock of the outbox
    /// others would wait for that.
    pub(super) fn wrote(&mut self, bytes: usize) {
        self.written += bytes;
        if self.rest().is_empty() && !self.bytes.is_reusable() {
            *self = Self::default();
        }
    }
}

impl State {
    pub(super) fn queued(&self) -> usize {
        self.queue.bytes() + self.at_hand
    }

    /// Takes what was appended first. For the writer, when its last batch is written.
    pub(super) fn take(&mut self) -> Option<Batch> {
        let bytes = self.queue.take()?;
        (self.at_hand, self.unwritten) = (bytes.len(), bytes.len());
        self.taken += bytes.len() as u64;
        Some(Batch { bytes, written: 0 })
    }

    /// Notes how much of a batch is written. When that is all, it is to be given back.
    pub(super) fn wrote(&mut self, batch: &Batch) {
        self.unwritten = batch.rest().len();
        if self.unwritten == 0 {
            self.at_hand = 0;
        }
    }
}
