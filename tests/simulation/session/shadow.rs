//! What a process knows that hears of everything that happens in the session, and of nothing else.

use std::collections::BTreeSet;

use ipos::{PeerId, simulation::Noticed};

#[derive(Default)]
pub struct Shadow {
    keys: BTreeSet<String>,
    present: BTreeSet<PeerId>,
    /// Those that have been there.
    past: BTreeSet<PeerId>,
}

impl Shadow {
    /// Hears what has happened.
    pub fn hear(&mut self, noticed: Vec<Noticed>) {
        for noticed in noticed {
            match &noticed {
                Noticed::Created(key, _) => drop(self.keys.insert(key.clone())),
                Noticed::Deleted(key, _) => {
                    assert!(self.keys.remove(key), "{noticed:?}, which was not there");
                }
                Noticed::Joined(peer) => {
                    let is_new = !self.past.contains(peer) && self.present.insert(*peer);
                    assert!(is_new, "{noticed:?} again");
                }
                Noticed::Left(peer) => {
                    let was_there = self.present.remove(peer) && self.past.insert(*peer);
                    assert!(was_there, "{noticed:?}, which was not there");
                }
            }
        }
    }

    /// The keys that can be seen are those that it has heard of.
    pub fn check_keys<'k>(&self, seen: impl Iterator<Item = &'k String>) {
        assert!(
            self.keys.iter().eq(seen),
            "1: the keys that were told are {:?}",
            self.keys
        );
    }

    /// The members that are there are those that it has heard of.
    pub fn check_present(&self, there: &BTreeSet<PeerId>) {
        assert_eq!(&self.present, there, "1: the members that were told");
    }
}
