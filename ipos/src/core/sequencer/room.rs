//! What there is at the host, and what members may add to it.

use super::{Object, Sequencer};
use crate::core::{ObjectId, PeerId, Replica, message::ToHost, tail::Limit};

/// How many bytes of the last commits to all objects are remembered, about: of each its share, but so many at the
/// least.
const TAILS: usize = 64 * 1024 * 1024;
const LEAST_TAIL: usize = 1024;

/// How many bytes there are.
#[derive(Debug, Default)]
pub(super) struct Held {
    /// The keys of all objects.
    keys: usize,
    /// The values and schemas of all objects, at the most.
    values: usize,
    /// How many objects have changed since they were weighed. Their values may have become smaller.
    changed: usize,
    /// What is here of values that are not complete.
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

    /// The objects that are to be [weighed](Self::weigh) before there is room for what a member's message brings.
    pub(crate) fn unweighed(&self, from: PeerId, message: &ToHost<'_>) -> Vec<C> {
        if self.held.changed == 0 || self.has_no_room(from, message).is_none() {
            return Vec::new();
        }
        let changed = self.objects.values().filter(|object| object.has_changed);
        changed.map(|object| object.cell.clone()).collect()
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
            ToHost::Create { key, length, .. } => {
                let length = usize::try_from(length).unwrap_or(usize::MAX);
                Some((length, Some(key)))
            }
            _ => None,
        }
    }
}
