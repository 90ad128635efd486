//! What a process was told to have happened.

use crate::{PeerId, core};

/// Something that a process was told to have happened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Noticed {
    /// A key has got another object, by this process.
    Created(String, PeerId),
    /// A key has no object any more, by this process if that is known.
    Deleted(String, Option<PeerId>),
    /// What this process did with a key was refused.
    Refused(String, PeerId),
    /// Another member is there.
    Joined(PeerId),
    /// Another member is there no more.
    Left(PeerId),
}

impl From<core::Notice<'_>> for Noticed {
    fn from(notice: core::Notice<'_>) -> Self {
        match notice {
            core::Notice::Created { key, by } => Self::Created(key.to_owned(), by),
            core::Notice::Deleted { key, by } => Self::Deleted(key.to_owned(), by),
            core::Notice::Refused { key, by, .. } => Self::Refused(key.to_owned(), by),
            core::Notice::Joined { peer, .. } => Self::Joined(peer),
            core::Notice::Left { peer, .. } => Self::Left(peer),
        }
    }
}
