//! What a process knows that hears of everything that happens in the session, and of nothing else.

use std::collections::BTreeSet;

use ipos::{PeerId, simulation::Noticed};

pub struct Shadow {
    me: PeerId,
    keys: BTreeSet<String>,
    /// Keys that it was the last to do something with. What the host has under them instead follows when that is
    /// refused, whoever made it.
    mine: BTreeSet<String>,
    present: BTreeSet<PeerId>,
    /// Those that have been there.
    past: BTreeSet<PeerId>,
}

impl Shadow {
    /// Of a process that has heard nothing yet.
    pub fn of(me: PeerId) -> Self {
        Self {
            me,
            keys: BTreeSet::new(),
            mine: BTreeSet::new(),
            present: BTreeSet::new(),
            past: BTreeSet::new(),
        }
    }

    /// It is another one in the session of another host, where nobody was there before.
    pub fn rejoin(&mut self, me: PeerId) {
        self.check_present(&BTreeSet::new());
        self.me = me;
        self.past.clear();
    }

    /// Hears what has happened.
    pub fn hear(&mut self, noticed: Vec<Noticed>) {
        for noticed in noticed {
            match &noticed {
                Noticed::Created(key, by) => {
                    // What is there when it joins may be of those that had left before.
                    let is_older = !self.past.contains(by) && *by < self.me;
                    let is_due = self.is_there(*by) || is_older || self.mine.contains(key);
                    assert!(is_due, "1: {noticed:?}, who is not there");
                    self.keys.insert(key.clone());
                    self.note(key, Some(*by));
                }
                Noticed::Deleted(key, by) => {
                    assert!(self.keys.remove(key), "{noticed:?}, which was not there");
                    let is_due = by.is_none_or(|by| self.is_there(by));
                    assert!(is_due, "1: {noticed:?}, who is not there");
                    self.note(key, *by);
                }
                Noticed::Refused(_, by) => assert_eq!(*by, self.me, "{noticed:?}"),
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

    /// Whether a process that does something is there. A host is not told of its members.
    fn is_there(&self, by: PeerId) -> bool {
        self.me == PeerId::HOST
            || [self.me, PeerId::HOST].contains(&by)
            || self.present.contains(&by)
    }

    fn note(&mut self, key: &str, by: Option<PeerId>) {
        if by == Some(self.me) {
            self.mine.insert(key.to_owned());
        } else {
            self.mine.remove(key);
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
