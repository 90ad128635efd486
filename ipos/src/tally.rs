//! What a process has done and taken in its session, counted.

use crate::{
    core::Work,
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

/// What a process has done and taken in its session so far; see [`Ipos::stats`](crate::Ipos::stats).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Stats {
    /// The place in the session's order up to which this process has heard everything; at the host, the last that
    /// was given. Each commit, creation, deletion and refusal has one.
    pub seq: u64,
    /// What this process has made, and what has left it.
    pub sent: Traffic,
    /// What others have made that counts here, and what has arrived.
    pub received: Traffic,
    /// How often this process was given what it had missed; at the host, how often members were.
    pub resyncs: u64,
    /// How often commits without a verdict were undone and done again here, because others had made something at
    /// the same places; at the host, how many commits were moved over what their members had not heard of.
    pub rebases: u64,
    /// How many commits, creations and deletions of this process were refused; at the host, of all processes.
    pub rejections: u64,
}

/// One direction of [`Stats`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Traffic {
    /// Commits.
    pub commits: u64,
    /// The single changes in them.
    pub patches: u64,
    /// Bytes on the connections, to or from all peers together.
    pub bytes: u64,
}

/// Counts for as long as a session lives. Readers may see counts of one step one after the other.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    sent: Counts,
    received: Counts,
    resyncs: AtomicU64,
    rebases: AtomicU64,
    rejections: AtomicU64,
}

#[derive(Debug, Default)]
struct Counts {
    commits: AtomicU64,
    patches: AtomicU64,
    bytes: AtomicU64,
}

impl Counts {
    fn read(&self) -> Traffic {
        Traffic {
            commits: self.commits.load(Relaxed),
            patches: self.patches.load(Relaxed),
            bytes: self.bytes.load(Relaxed),
        }
    }
}

impl Tally {
    /// This process has made a commit of so many changes.
    pub(crate) fn committed(&self, patches: usize) {
        self.sent.commits.fetch_add(1, Relaxed);
        self.sent.patches.fetch_add(patches as u64, Relaxed);
    }

    /// An object has taken in what others have made.
    pub(crate) fn worked(&self, work: Work) {
        let add = |count: &AtomicU64, more| {
            if more > 0 {
                count.fetch_add(more, Relaxed);
            }
        };
        add(&self.received.commits, work.commits);
        add(&self.received.patches, work.patches);
        add(&self.rebases, work.rebases);
    }

    /// A frame has arrived.
    pub(crate) fn arrived(&self, bytes: usize) {
        self.received.bytes.fetch_add(bytes as u64, Relaxed);
    }

    /// A connection is gone that so many bytes have left by.
    pub(crate) fn left(&self, bytes: u64) {
        self.sent.bytes.fetch_add(bytes, Relaxed);
    }

    /// Somebody is given what it has missed.
    pub(crate) fn resynced(&self) {
        self.resyncs.fetch_add(1, Relaxed);
    }

    /// Something was refused.
    pub(crate) fn refused(&self) {
        self.rejections.fetch_add(1, Relaxed);
    }

    /// All counts, with what only others know: the place in the order, and the bytes that have left by the
    /// connections that there are.
    pub(crate) fn read(&self, seq: u64, leaving: u64) -> Stats {
        let mut sent = self.sent.read();
        sent.bytes += leaving;
        Stats {
            seq,
            sent,
            received: self.received.read(),
            resyncs: self.resyncs.load(Relaxed),
            rebases: self.rebases.load(Relaxed),
            rejections: self.rejections.load(Relaxed),
        }
    }
}
