//! What the host remembers of the session's last changes, so that a member that has missed some can be
//! told them again.

use std::collections::VecDeque;

use super::{
    ObjectId, PeerId, Seq,
    spool::{Place, Spool},
    tail::Limit,
};

/// The session's last changes, in their order.
#[derive(Debug)]
pub(crate) struct Log {
    entries: VecDeque<(Seq, PeerId, Kept)>,
    /// The patches of commits.
    patches: Spool,
    /// How many bytes the others have.
    others: usize,
    /// Changes up to this one are forgotten.
    cut: Seq,
    limit: Limit,
}

/// One change.
#[derive(Debug)]
pub(crate) struct Entry<'a> {
    pub(crate) seq: Seq,
    pub(crate) origin: PeerId,
    pub(crate) change: Change<'a>,
}

/// What happened.
#[derive(Debug)]
pub(crate) enum Change<'a> {
    Commit {
        object: ObjectId,
        patches: &'a [u8],
    },
    /// An object was put under a key. It is told as it is by then.
    Created {
        object: ObjectId,
    },
    Deleted {
        key: &'a str,
    },
}

/// What is kept of that.
#[derive(Debug)]
enum Kept {
    Commit { object: ObjectId, patches: Place },
    Created { object: ObjectId },
    Deleted { key: Box<str> },
}

impl Log {
    pub(crate) fn new(limit: Limit) -> Self {
        Self {
            entries: VecDeque::new(),
            patches: Spool::default(),
            others: 0,
            cut: 0,
            limit,
        }
    }

    /// Remembers a change.
    pub(crate) fn push(&mut self, seq: Seq, origin: PeerId, change: &Change<'_>) {
        let kept = match *change {
            Change::Commit { object, patches } => Kept::Commit {
                object,
                patches: self.patches.push(patches),
            },
            Change::Created { object } => Kept::Created { object },
            Change::Deleted { key } => {
                self.others += key.len();
                Kept::Deleted { key: key.into() }
            }
        };
        self.entries.push_back((seq, origin, kept));
        while self.limit.is_passed(self.entries.len(), self.bytes()) {
            let Some((seq, _, oldest)) = self.entries.pop_front() else {
                break;
            };
            match oldest {
                Kept::Commit { patches, .. } => self.patches.pop(patches),
                Kept::Created { .. } => {}
                Kept::Deleted { key } => self.others -= key.len(),
            }
            self.cut = seq;
        }
    }

    fn bytes(&self) -> usize {
        self.patches.bytes() + self.others
    }

    /// Notes that nobody has to be told of the changes up to this one.
    pub(crate) fn forget(&mut self, seq: Seq) {
        self.entries.clear();
        self.patches.clear();
        self.others = 0;
        self.cut = seq;
    }

    /// The changes behind `seq`; `None` when some of them are forgotten.
    pub(crate) fn since(&self, seq: Seq) -> Option<impl Iterator<Item = Entry<'_>>> {
        let first = self.entries.partition_point(|(place, ..)| *place <= seq);
        let entries = (seq >= self.cut).then(|| self.entries.range(first..))?;
        Some(entries.map(|(seq, origin, kept)| Entry {
            seq: *seq,
            origin: *origin,
            change: match kept {
                Kept::Commit { object, patches } => Change::Commit {
                    object: *object,
                    patches: self.patches.get(*patches),
                },
                Kept::Created { object } => Change::Created { object: *object },
                Kept::Deleted { key } => Change::Deleted { key },
            },
        }))
    }
}
