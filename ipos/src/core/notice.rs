//! What a process can see happen in its session.

use super::{PeerId, Profile};

/// Something that has just happened.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Notice<'a> {
    /// A key has got another object.
    Created { key: &'a str, by: PeerId },
    /// A key has no object any more. By whom may have been missed.
    Deleted { key: &'a str, by: Option<PeerId> },
    /// What a process did with a key was refused and undone.
    Refused {
        key: &'a str,
        by: PeerId,
        reason: &'a str,
    },
    /// Another process is there.
    Joined { peer: PeerId, profile: &'a Profile },
    /// Another process is there no more.
    Left { peer: PeerId, profile: &'a Profile },
}
