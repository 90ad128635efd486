//! What happens in a session, as data: so that a trace can be run again with some of it left out.
//!
//! A step that makes no sense any more, because of what was left out, does nothing.

use super::{deep::Focus, values::Kind};

/// What one update does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edits {
    pub focus: Focus,
    pub script: u64,
    pub count: usize,
}

/// A member, by the count of those that have joined; the numbers are not used again.
pub type Who = usize;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Actor {
    Host,
    Member(Who),
}

/// One direction of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Link {
    ToHost(Who),
    ToMember(Who),
}

pub const KEYS: [&str; 4] = ["board", "words", "", "語"];

/// What a step decides by chance, it decides by its own `script`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Step {
    /// A member is let in.
    Join(Who),
    /// It is given the next object that it is owed.
    Give(Who),
    /// So many of the messages under way arrive.
    Deliver(Link, usize),
    /// An object is changed.
    Update {
        actor: Actor,
        key: usize,
        edits: Edits,
    },
    /// An object is put under a key.
    Create {
        actor: Actor,
        key: usize,
        kind: Kind,
        script: u64,
    },
    /// A key is deleted.
    Delete { actor: Actor, key: usize },
    /// A member leaves: it writes nothing more, waits for its verdicts and says goodbye.
    Leave(Who),
    /// A member is gone; so much of what it had sent is still heard.
    Kill(Who, usize),
    /// All that is under way arrives, and nobody does anything else.
    Rest,
}

impl Step {
    /// The same step with less in it, from the least.
    pub fn smaller(self) -> Vec<Self> {
        match self {
            Self::Deliver(link, count) => (1..count).map(|n| Self::Deliver(link, n)).collect(),
            Self::Kill(who, heard) => (0..heard).map(|n| Self::Kill(who, n)).collect(),
            Self::Update { actor, key, edits } => {
                let fewer = |count| Self::Update {
                    actor,
                    key,
                    edits: Edits { count, ..edits },
                };
                (1..edits.count).map(fewer).collect()
            }
            _ => vec![],
        }
    }
}
