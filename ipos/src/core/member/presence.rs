//! Which other members there are, as the host tells.

use std::collections::{BTreeMap, BTreeSet};

use crate::core::{PeerId, Profile};

/// The other members.
#[derive(Debug, Default)]
pub(super) struct Presence {
    there: BTreeMap<PeerId, Profile>,
    /// The highest number that was told. Numbers rise, so those up to it are known.
    last: Option<PeerId>,
}

impl Presence {
    /// Notes one that is there; `false` when it was told before.
    pub(super) fn joined(&mut self, peer: PeerId, profile: Profile) -> bool {
        let is_new = self.last.is_none_or(|last| last < peer);
        if is_new {
            self.last = Some(peer);
            self.there.insert(peer, profile);
        }
        is_new
    }

    /// Notes that one is there no more.
    pub(super) fn left(&mut self, peer: PeerId) -> Option<Profile> {
        self.there.remove(&peer)
    }

    /// Notes that no others are there than these. Gives those that were.
    pub(super) fn keep(&mut self, peers: Vec<PeerId>) -> Vec<(PeerId, Profile)> {
        let peers: BTreeSet<_> = peers.into_iter().collect();
        let known = std::mem::take(&mut self.there).into_iter();
        let (there, gone): (Vec<_>, Vec<_>) = known.partition(|(peer, _)| peers.contains(peer));
        self.there = there.into_iter().collect();
        gone
    }
}
