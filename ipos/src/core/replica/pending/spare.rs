//! Memory of commits that have their verdict, for those that are made next.

use super::{Pending, Replica};
use crate::recorder::UndoLog;

/// What a pending commit takes memory for, empty.
#[derive(Debug, Default)]
pub(crate) struct Buffers {
    pub(super) sent: Vec<u8>,
    pub(super) undo: UndoLog,
}

impl Buffers {
    fn bytes(&self) -> usize {
        size_of::<Self>() + self.sent.capacity() + self.undo.capacity()
    }
}

/// Buffers that nobody uses, of all replicas of a member together: what is kept does not grow with their number.
#[derive(Debug, Default)]
pub(crate) struct Spare {
    all: Vec<Buffers>,
    bytes: usize,
}

/// How much memory is kept: that of as many small commits as can be pending.
const KEEP: usize = 1024 * 1024;

/// How much of it in one commit's buffers.
const KEEP_EACH: usize = 4 * 1024;

impl Spare {
    /// Gives a replica the memory that its next commit takes.
    pub(crate) fn lend(&mut self, replica: &mut Replica) {
        if let Some(buffers) = self.all.pop() {
            self.bytes -= buffers.bytes();
            replica.buffers.next = buffers;
        }
    }

    /// Takes back what a replica needs no more.
    pub(crate) fn take_back(&mut self, replica: &mut Replica) {
        for buffers in replica.buffers.settled.drain(..) {
            let bytes = buffers.bytes();
            if bytes <= KEEP_EACH && self.bytes + bytes <= KEEP {
                self.bytes += bytes;
                self.all.push(buffers);
            }
        }
    }
}

impl Replica {
    /// Whether it has memory that it needs no more.
    pub(crate) fn has_settled(&self) -> bool {
        !self.buffers.settled.is_empty()
    }
}

/// What a replica has of that.
#[derive(Debug, Default)]
pub(in super::super) struct Lent {
    next: Buffers,
    settled: Vec<Buffers>,
}

impl Lent {
    /// Buffers for the commit that is made now.
    pub(super) fn take(&mut self) -> Buffers {
        std::mem::take(&mut self.next)
    }

    /// Empties those of a commit that is pending no more.
    pub(in super::super) fn settled(&mut self, settled: Pending) {
        let Pending {
            mut sent, mut undo, ..
        } = settled;
        sent.clear();
        undo.clear();
        self.settled.push(Buffers { sent, undo });
    }
}
