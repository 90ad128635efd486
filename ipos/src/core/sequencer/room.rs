//! What there is at the host, and what members may add to it.

use std::collections::BTreeMap;

use super::{Object, Sequencer, member::Turn};
use crate::core::{
    ObjectId, PeerId, Replica,
    message::ToHost,
    tail::{AHEAD, Limit},
};

/// How many bytes of the last commits to all objects are remembered, about: of each its share, but so many at the
/// least.
const TAILS: usize = 64 * 1024 * 1024;
const LEAST_TAIL: usize = 1024;

/// What a member has not heard of, of all objects that it has written: the bytes, about, that are here to move what it
/// proposes over.
#[derive(Debug, Default)]
pub(super) struct Bridges {
    of: BTreeMap<ObjectId, usize>,
    bytes: usize,
}

impl Bridges {
    fn set(&mut self, object: ObjectId, bytes: usize) {
        let before = if bytes == 0 {
            self.of.remove(&object)
        } else {
            self.of.insert(object, bytes)
        };
        self.bytes = self.bytes - before.unwrap_or(0) + bytes;
    }

    /// Notes that there is an object no more.
    pub(super) fn remove(&mut self, object: ObjectId) {
        self.set(object, 0);
    }
}

/// How many bytes there are.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// The keys of all objects.
    keys: usize,
    /// The values and schemas of all objects, at the most.
    values: usize,
    /// How many objects have changed since they were weighed. Their values may have become smaller.
    changed: usize,
    /// What is here of values that are not complete, or have no key yet, with their schemas.
    arriving: usize,
}

impl Held {
    /// Notes an object.
    pub(super) fn add<C>(&mut self, object: &Object<C>) {
        self.keys += object.key.len();
        self.values += object.bytes;
    }

    /// Notes that there is an object no more.
    pub(super) fn remove<C>(&mut self, object: &Object<C>) {
        self.keys -= object.key.len();
        self.values -= object.bytes;
        self.changed -= usize::from(object.has_changed);
    }

    /// Notes that so many bytes have arrived of a value that is not complete, where there were others `before`.
    pub(super) fn arrive(&mut self, before: usize, bytes: usize) {
        self.arriving = self.arriving - before + bytes;
    }
}

impl<C: Clone> Sequencer<C> {
    /// How much of an object's last commits its replica is to remember.
    pub(crate) fn tail_limit(&self) -> Limit {
        let share = TAILS / self.objects.len().max(1);
        let Limit { commits, bytes } = self.memory.tail;
        Limit {
            commits,
            bytes: bytes.min(share.max(LEAST_TAIL)),
        }
    }

    /// How much may be here of what a member has not heard of an object, to move what it proposes over.
    pub(crate) fn bridge_limit(&self, from: PeerId, object: ObjectId) -> Limit {
        let Limit { commits, bytes } = self.tail_limit();
        let others = self.members.get(&from).map_or(0, |member| {
            let here = member.bridges.of.get(&object);
            member.bridges.bytes - here.unwrap_or(&0)
        });
        // A half for their bytes, and one for what they take beside those.
        let room = self.memory.bridges.saturating_sub(others) / 2;
        Limit {
            commits: commits.min(room / AHEAD),
            bytes: bytes.min(room),
        }
    }

    /// The other objects of which a member is to be [left behind](Replica::leave_behind), since there is much that it
    /// has not heard of. It has not come back to them meanwhile.
    pub(crate) fn far_bridges(&self, from: PeerId, object: ObjectId) -> Vec<C> {
        let member = self.members.get(&from);
        let full = member.filter(|member| member.bridges.bytes > self.memory.bridges / 2);
        let objects = full.into_iter().flat_map(|member| member.bridges.of.keys());
        let others = objects.filter(|&&other| other != object);
        others
            .filter_map(|&other| self.cell(other).cloned())
            .collect()
    }

    /// Notes how much is here by now of what a member has not heard of an object.
    pub(crate) fn has_bridged(&mut self, from: PeerId, replica: &Replica) {
        let object = replica.id();
        let is_here = self.objects.contains_key(&object);
        if let Some(member) = self.members.get_mut(&from).filter(|_| is_here) {
            member.bridges.set(object, replica.bridge_bytes(from));
        }
    }

    /// Why no further member is let in, if so.
    pub(crate) fn is_crowded(&self) -> Option<String> {
        let (members, limit) = (self.members.len(), self.memory.limits.members);
        (members >= limit).then(|| {
            format!("the session has {members} members, its limit: one has to leave, or the host to raise `Limits::members`")
        })
    }

    /// Why a member may not put an object under a key, if it is one too many.
    pub(crate) fn has_no_place(&self, key: &str) -> Option<String> {
        if self.names.contains_key(key) {
            return None;
        }
        let limits = &self.memory.limits;
        if self.names.len() >= limits.objects {
            return Some(format!(
                "the session has {} objects, its limit: delete one, or have the host raise `Limits::objects`",
                self.names.len()
            ));
        }
        (self.held.keys + key.len() > limits.key_bytes).then(|| {
            format!(
                "the keys of the session take {} bytes, and {} is its limit: delete objects, or have the host raise \
                 `Limits::key_bytes`",
                self.held.keys, limits.key_bytes
            )
        })
    }

    /// Why there is no room for what a member's message brings, if so.
    pub(super) fn has_no_room(&self, from: PeerId, message: &ToHost<'_>) -> Option<String> {
        let Held {
            values, arriving, ..
        } = self.held;
        let (brought, key) = self.brought(from, message)?;
        // What it is to replace goes. Not what many replace at once that is still to come.
        let old = key.and_then(|key| self.names.get(key));
        let old = old.and_then(|old| self.objects.get(old));
        let there = values + arriving;
        let left = there - old.map_or(0, |old| old.bytes);
        let limit = self.memory.limits.value_bytes;
        let is_over = |there: usize| there.saturating_add(brought) > limit;
        (is_over(left) || is_over(arriving)).then(|| {
            format!(
                "the values of the session take about {there} bytes, and {limit} is its limit: delete objects, or have \
                 the host raise `Limits::value_bytes`"
            )
        })
    }

    /// The objects that are to be [weighed](Self::weigh) before there is room for what a member's message brings. Until
    /// that is [received](Self::receive) the member waits for this process.
    pub(crate) fn unweighed(&mut self, from: PeerId, message: &ToHost<'_>) -> Vec<C> {
        if self.is_weighed(from, message) {
            return Vec::new();
        }
        let member = self.members.get_mut(&from);
        if let Some(member) = member.filter(|member| member.turn == Turn::Over) {
            member.turn = Turn::Weighed;
        }
        let changed = self.objects.values().filter(|object| object.has_changed);
        changed.map(|object| object.cell.clone()).collect()
    }

    /// Whether nothing has to be [weighed](Self::weigh) before a member's message is [received](Self::receive).
    pub(crate) fn is_weighed(&self, from: PeerId, message: &ToHost<'_>) -> bool {
        self.held.changed == 0 || self.has_no_room(from, message).is_none()
    }

    /// Notes how many bytes the value of an object has.
    pub(crate) fn weigh(&mut self, replica: &Replica, value: usize) {
        if let Some(object) = self.objects.get_mut(&replica.id()) {
            self.held.values -= object.bytes;
            object.bytes = value + replica.state().schema().wire_size();
            self.held.values += object.bytes;
            self.held.changed -= usize::from(std::mem::take(&mut object.has_changed));
        }
    }

    /// Notes that a commit has brought so many bytes.
    pub(super) fn has_grown(&mut self, object: ObjectId, bytes: usize) {
        if let Some(object) = self.objects.get_mut(&object) {
            object.bytes += bytes;
            self.held.values += bytes;
            self.held.changed += usize::from(!std::mem::replace(&mut object.has_changed, true));
        }
    }

    /// How many bytes a message brings, and the key whose object they replace, if they do.
    fn brought<'a>(
        &'a self,
        from: PeerId,
        message: &ToHost<'a>,
    ) -> Option<(usize, Option<&'a str>)> {
        match *message {
            ToHost::Commit { patches, .. } | ToHost::Act { patches, .. } => {
                Some((patches.len(), None))
            }
            ToHost::Chunk(bytes) => {
                let member = self.members.get(&from)?;
                Some((bytes.len(), member.arrivals.key()))
            }
            ToHost::Create {
                key,
                schema,
                length,
                ..
            } => {
                let table = self.members.get(&from)?.exchange.table(schema);
                let table = table.map_or(0, |table| table.wire_size());
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                Some((length.saturating_add(table), Some(key)))
            }
            _ => None,
        }
    }
}
