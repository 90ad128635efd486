//! What the host remembers of the session's last changes, so that a member that has missed some can be
//! told them again.

use std::{collections::VecDeque, sync::Arc};

use super::{ObjectId, PeerId, Seq, tail::Limit};

/// The session's last changes, in their order.
#[derive(Debug)]
pub(crate) struct Log {
    entries: VecDeque<Entry>,
    bytes: usize,
    /// Changes up to this one are forgotten.
    cut: Seq,
    limit: Limit,
}

/// One change.
#[derive(Debug)]
pub(crate) struct Entry {
    pub(crate) seq: Seq,
    pub(crate) origin: PeerId,
    pub(crate) change: Change,
}

/// What happened.
#[derive(Debug)]
pub(crate) enum Change {
    Commit {
        object: ObjectId,
        patches: Vec<u8>,
    },
    /// An object was put under a key. It is told as it is by then.
    Created {
        object: ObjectId,
    },
    Deleted {
        key: Arc<str>,
    },
}

impl Change {
    fn bytes(&self) -> usize {
        match self {
            Self::Commit { patches, .. } => patches.len(),
            Self::Created { .. } => 0,
            Self::Deleted { key } => key.len(),
        }
    }
}

impl Log {
    pub(crate) fn new(limit: Limit) -> Self {
        Self {
            entries: VecDeque::new(),
            bytes: 0,
            cut: 0,
            limit,
        }
    }

    /// Remembers a change.
    pub(crate) fn push(&mut self, seq: Seq, origin: PeerId, change: Change) {
        self.bytes += change.bytes();
        self.entries.push_back(Entry {
            seq,
            origin,
            change,
        });
        while self.limit.is_passed(self.entries.len(), self.bytes) {
            let Some(oldest) = self.entries.pop_front() else {
                break;
            };
            self.bytes -= oldest.change.bytes();
            self.cut = oldest.seq;
        }
    }

    /// Notes that nobody has to be told of the changes up to this one.
    pub(crate) fn forget(&mut self, seq: Seq) {
        self.entries.clear();
        self.bytes = 0;
        self.cut = seq;
    }

    /// The changes behind `seq`; `None` when some of them are forgotten.
    pub(crate) fn since(&self, seq: Seq) -> Option<impl Iterator<Item = &Entry>> {
        let first = self.entries.partition_point(|entry| entry.seq <= seq);
        (seq >= self.cut).then(|| self.entries.range(first..))
    }
}
