//! Memory of commits that have their verdict, for those that are made next.

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

/// Buffers that nobody uses.
#[derive(Debug, Default)]
pub(in super::super) struct Spare {
    all: Vec<Buffers>,
    bytes: usize,
}

/// How much memory is kept: that of as many small commits as can be pending.
const KEEP: usize = 1024 * 1024;

/// How much of it in one commit's buffers.
const KEEP_EACH: usize = 4 * 1024;

impl Spare {
    /// Buffers for the next commit.
    pub(in super::super) fn take(&mut self) -> Buffers {
        let buffers = self.all.pop().unwrap_or_default();
        self.bytes = self.bytes.saturating_sub(buffers.bytes());
        buffers
    }

    /// Keeps the memory of a commit that is pending no more.
    pub(in super::super) fn keep(&mut self, settled: Pending) {
        let Pending {
            mut sent, mut undo, ..
        } = settled;
        sent.clear();
        undo.clear();
        let buffers = Buffers { sent, undo };
        let bytes = buffers.bytes();
        if bytes <= KEEP_EACH && self.bytes + bytes <= KEEP {
            self.bytes += bytes;
            self.all.push(buffers);
        }
    }
}
