//! Which other members there are, as the host tells.

use std::collections::{BTreeMap, BTreeSet};

use super::News;
use crate::core::{PeerId, Profile};

/// The other members.
#[derive(Debug, Default)]
pub(super) struct Presence {
    there: BTreeMap<PeerId, Profile>,
    /// The highest number that was told. Numbers rise, so those up to it are known.
    last: Option<PeerId>,
}

impl Presence {
    /// Those that are there.
    pub(super) fn there(&self) -> impl Iterator<Item = (PeerId, &Profile)> {
        self.there.iter().map(|(&peer, profile)| (peer, profile))
    }

    /// Notes one that is there.
    pub(super) fn joined(&mut self, peer: PeerId, profile: Profile) -> News<'static> {
        if self.last.is_some_and(|last| last >= peer) {
            return News::Left(vec![]);
        }
        self.last = Some(peer);
        self.there.insert(peer, profile.clone());
        News::Joined { peer, profile }
    }

    /// Notes that one is there no more.
    pub(super) fn left(&mut self, peer: PeerId) -> News<'static> {
        let profile = self.there.remove(&peer);
        News::Left(profile.map(|profile| (peer, profile)).into_iter().collect())
    }

    /// Notes that no others are there than these.
    pub(super) fn keep(&mut self, peers: Vec<PeerId>) -> News<'static> {
        let peers: BTreeSet<_> = peers.into_iter().collect();
        let known = std::mem::take(&mut self.there).into_iter();
        let (there, gone): (Vec<_>, Vec<_>) = known.partition(|(peer, _)| peers.contains(peer));
        self.there = there.into_iter().collect();
        News::Left(gone)
    }
}
