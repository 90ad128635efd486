//! What keys stand for on a member, which may be ahead of the host.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use crate::core::{ObjectId, Seq};

/// The keys that this member knows.
///
/// Creating and deleting count here at once, as writing does: until the host's verdict, what this
/// member did last with a key hides what the host tells of it, since the verdict will come after.
#[derive(Debug, Default)]
pub(super) struct Names(BTreeMap<Arc<str>, Name>);

/// What a key stands for.
#[derive(Debug, Default)]
struct Name {
    /// By what the host has told.
    confirmed: Option<ObjectId>,
    /// The place in the order of what it has told last.
    at: Seq,
    /// By the creations and deletions of this member without a verdict.
    pending: VecDeque<Option<ObjectId>>,
}

impl Name {
    fn now(&self) -> Option<ObjectId> {
        self.pending.back().copied().unwrap_or(self.confirmed)
    }

    fn is_void(&self) -> bool {
        self.pending.is_empty() && self.confirmed.is_none()
    }
}

impl Names {
    /// The keys that stand for an object, in order, and the objects.
    pub(super) fn now_all(&self) -> impl Iterator<Item = (&Arc<str>, ObjectId)> {
        let names = self.0.iter();
        names.filter_map(|(key, name)| name.now().map(|object| (key, object)))
    }

    /// The object that a key stands for.
    pub(super) fn now(&self, key: &str) -> Option<ObjectId> {
        self.0.get(key).and_then(Name::now)
    }

    /// What this member does with a key: another object, or none. Gives the object that it stood for.
    pub(super) fn hide(&mut self, key: &str, object: Option<ObjectId>) -> Option<ObjectId> {
        let name = self.0.entry(key.into()).or_default();
        let old = name.now();
        name.pending.push_back(object);
        old
    }

    /// Whether something that this member did with the key hides what the host tells of it.
    pub(super) fn hides(&self, key: &str) -> bool {
        self.0.get(key).is_some_and(|name| !name.pending.is_empty())
    }

    /// The oldest thing that this member did with a key is confirmed at a place in the order.
    pub(super) fn unhide(&mut self, key: &str, seq: Seq) {
        self.change(key, |name| {
            name.confirmed = name.pending.pop_front().flatten();
            name.at = name.at.max(seq);
        });
    }

    /// The oldest thing that this member did with a key is refused. Gives what the key stands for now,
    /// if that is what the host has told.
    pub(super) fn refuse(&mut self, key: &str) -> Option<ObjectId> {
        self.change(key, |name| {
            name.pending.pop_front();
            name.confirmed.filter(|_| name.pending.is_empty())
        })
    }

    /// The host has told of an object under a key. Gives the one that it has told of before.
    pub(super) fn confirm(&mut self, key: &str, object: ObjectId, seq: Seq) -> Option<ObjectId> {
        self.change(key, |name| {
            name.at = name.at.max(seq);
            name.confirmed.replace(object)
        })
    }

    /// The host has told that nothing is under a key from a place in the order on. Gives what was,
    /// unless that is there since, or nothing was.
    pub(super) fn confirm_gone(&mut self, key: &str, seq: Seq) -> Option<ObjectId> {
        self.change(key, |name| {
            let gone = name.confirmed.filter(|_| name.at < seq)?;
            (name.confirmed, name.at) = (None, seq);
            Some(gone)
        })
    }

    /// The keys of which the host has told an object, and the objects.
    pub(super) fn confirmed(&self) -> impl Iterator<Item = (&Arc<str>, ObjectId)> {
        let names = self.0.iter();
        names.filter_map(|(key, name)| name.confirmed.map(|object| (key, object)))
    }

    /// Another host begins: what the one before has told of keys that stand for orphans does not count any more.
    pub(super) fn begin_anew(&mut self) {
        for name in self.0.values_mut() {
            if name.now().is_some_and(ObjectId::is_orphan) {
                name.at = 0;
                name.confirmed = name.confirmed.filter(|told| told.is_orphan());
            }
        }
    }

    /// A key stands for an orphan, which this member has created if it `is_own`: what the host that is gone has
    /// told of the key does not count any more, nor what was done with it before.
    pub(super) fn orphan(&mut self, key: &str, orphan: ObjectId, is_own: bool) {
        self.change(key, |name| {
            *name = Name::default();
            if is_own {
                name.pending.push_back(Some(orphan));
            } else {
                name.confirmed = Some(orphan);
            }
        });
    }

    /// A key stands for an orphan no more. Gives that.
    pub(super) fn leave_orphan(&mut self, key: &str) -> Option<ObjectId> {
        let orphan = self.now(key).filter(|object| object.is_orphan())?;
        self.change(key, |name| {
            if name.pending.pop_back().is_none() {
                name.confirmed = None;
            }
        });
        Some(orphan)
    }

    /// An orphan that this member has created is about to be proposed as another object.
    pub(super) fn bear(&mut self, key: &str, object: ObjectId) {
        self.change(key, |name| {
            if let Some(last) = name.pending.back_mut() {
                *last = Some(object);
            }
        });
    }

    /// The keys that stand for something else than an orphan, with what that is; those that were deleted here are
    /// forgotten.
    pub(super) fn of_a_host(&mut self) -> impl Iterator<Item = (&Arc<str>, ObjectId)> {
        self.0.retain(|_, name| name.now().is_some());
        let all = self.0.iter();
        let now = all.filter_map(|(key, name)| name.now().map(|object| (key, object)));
        now.filter(|(_, object)| !object.is_orphan())
    }

    /// Forgets a key.
    pub(super) fn forget(&mut self, key: &str) {
        self.0.remove(key);
    }

    fn change<R>(&mut self, key: &str, change: impl FnOnce(&mut Name) -> R) -> R {
        let name = self.0.entry(key.into()).or_default();
        let result = change(name);
        if name.is_void() {
            self.0.remove(key);
        }
        result
    }
}
