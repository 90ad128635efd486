//! What happens in a session, as data: so that a trace can be run again with some of it left out.
//!
//! A step that makes no sense any more, because of what was left out, does nothing.

use super::{deep::Focus, rule::Rule, values::Kind};

/// What one update does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edits {
    pub focus: Focus,
    pub script: u64,
    pub count: usize,
    /// A member's commit counts as a whole or not at all.
    pub whole: bool,
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
    /// The same at a member, which is not done with them when something else happens there.
    Gather(Who, usize),
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
        /// What the host's validator refuses, when it is the host that creates it.
        rule: Option<Rule>,
        script: u64,
    },
    /// A key is deleted.
    Delete { actor: Actor, key: usize },
    /// A member leaves: it writes nothing more, waits for its verdicts and says goodbye.
    Leave(Who),
    /// A member is gone; so much of what it had sent is still heard.
    Kill(Who, usize),
    /// A member's link breaks: what is under way is lost, both ways.
    Cut(Who),
    /// A member that is cut off is connected again.
    Return(Who),
    /// A member does not read: of what is under way to it the host drops all but so much.
    Lag(Who, usize),
    /// A process begins to wait until all have applied what there is.
    Await(Actor),
    /// It waits no more for what it has waited for longest.
    GiveUp(Actor),
    /// A process begins to listen to its objects, or does no more; or all do, and those that will join.
    Listen { actor: Option<Actor>, on: bool },
    /// The host is started again.
    Restart(u64),
    /// It was given time to have what a member has held since before.
    Disown(Who),
    /// All that is under way arrives, and nobody does anything else.
    Rest,
}

impl Step {
    /// The same step with less in it, from the least.
    pub fn smaller(self) -> Vec<Self> {
        match self {
            Self::Deliver(link, count) => (1..count).map(|n| Self::Deliver(link, n)).collect(),
            Self::Gather(who, count) => (1..count)
                .map(|n| Self::Gather(who, n))
                .chain([Self::Deliver(Link::ToMember(who), count)])
                .collect(),
            Self::Lag(who, kept) => (0..kept).map(|n| Self::Lag(who, n)).collect(),
            Self::Kill(who, heard) => (0..heard).map(|n| Self::Kill(who, n)).collect(),
            Self::Update { actor, key, edits } => {
                let fewer = |count| Self::Update {
                    actor,
                    key,
                    edits: Edits { count, ..edits },
                };
                let mut all: Vec<_> = (1..edits.count).map(fewer).collect();
                if edits.whole {
                    let edits = Edits {
                        whole: false,
                        ..edits
                    };
                    all.push(Self::Update { actor, key, edits });
                }
                all
            }
            _ => vec![],
        }
    }
}
