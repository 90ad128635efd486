//! Memory of commits that have their verdict, for those that are made next.

// Nothing else is done under the lock, so models need not know of it.
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::Pending;
use crate::recorder::UndoLog;

/// What a pending commit takes memory for, empty.
#[derive(Debug, Default)]
pub(in super::super) struct Buffers {
    pub(in super::super) sent: Vec<u8>,
    pub(in super::super) undo: UndoLog,
}

impl Buffers {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.sent.capacity() + self.undo.capacity()
    }
}

/// Buffers that nobody uses, of all replicas of a member together: what is kept does not grow with their number. A
/// replica that belongs to no member keeps none.
#[derive(Clone, Debug, Default)]
pub(crate) struct Spare(Option<Arc<Mutex<Shelf>>>);

#[derive(Debug, Default)]
struct Shelf {
    all: Vec<Buffers>,
    bytes: usize,
}

/// How much memory is kept: that of as many small commits as can be pending.
const KEEP: usize = 1024 * 1024;

/// How much of it in one commit's buffers.
const KEEP_EACH: usize = 4 * 1024;

impl Spare {
    /// Those of one member.
    pub(crate) fn new() -> Self {
        Self(Some(Arc::default()))
    }

    /// Buffers for the next commit.
    pub(in super::super) fn take(&self) -> Buffers {
        let Some(mut spare) = self.shelf() else {
            return Buffers::default();
        };
        let buffers = spare.all.pop().unwrap_or_default();
        spare.bytes = spare.bytes.saturating_sub(buffers.bytes());
        buffers
    }

    /// Keeps the memory of a commit that is pending no more.
    pub(in super::super) fn keep(&self, settled: Pending) {
        let Pending {
            mut sent, mut undo, ..
        } = settled;
        sent.clear();
        undo.clear();
        let buffers = Buffers { sent, undo };
        let bytes = buffers.bytes();
        if bytes > KEEP_EACH {
            return;
        }
        if let Some(mut shelf) = self.shelf().filter(|shelf| shelf.bytes + bytes <= KEEP) {
            shelf.bytes += bytes;
            shelf.all.push(buffers);
        }
    }

    fn shelf(&self) -> Option<MutexGuard<'_, Shelf>> {
        let locked = self.0.as_ref()?.lock();
        Some(locked.unwrap_or_else(PoisonError::into_inner))
    }
}
