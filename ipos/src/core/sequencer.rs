//! The host's side of a session: the one order.

mod barrier;
mod member;
mod presence;
mod proposal;
mod request;
mod room;
mod verdict;
mod watch;

use std::{collections::BTreeMap, sync::Arc};

use barrier::Barriers;
use member::Member;
pub(crate) use member::cut;
use presence::Departed;
pub(crate) use proposal::Proposal;
pub(crate) use request::Request;
use room::Held;
use verdict::Verdict;
pub(crate) use watch::{Seen, Standing};

use super::{
    Life, Limits, ObjectId, PeerId, Post, Replica, Seq, commit,
    deleted::{Deleted, Gone},
    log::{Change, Log},
    message::ToMember,
    parcel::{self, Parcel},
    tail::Limit,
};
use crate::{
    breaks::{Break, broken},
    wire::put,
};

/// Gives every change its place in the session's order and tells it to every member.
///
/// `C` is where the driver keeps an object's replica. Methods that change an object are given its
/// replica by the driver, so that one object can be read while another changes.
#[derive(Debug)]
pub(crate) struct Sequencer<C> {
    seq: Seq,
    next_member: u32,
    next_object: u32,
    members: BTreeMap<PeerId, Member>,
    departed: Departed,
    names: BTreeMap<Arc<str>, ObjectId>,
    objects: BTreeMap<ObjectId, Object<C>>,
    held: Held,
    deleted: Deleted,
    gone: Gone,
    log: Log,
    memory: Memory,
    barriers: Barriers,
    /// Nothing more is taken from members.
    is_over: bool,
    /// The message being posted.
    message: Vec<u8>,
}

/// How much a host remembers of what members may not have heard, and how much they may make it hold.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    /// Of each object, to move proposals over.
    pub(crate) tail: Limit,
    /// Of the session, to tell members again that have missed something.
    pub(crate) log: Limit,
    /// Of each member, how many bytes of what it has not heard of the objects that it writes.
    pub(crate) bridges: usize,
    pub(crate) limits: Limits,
}

impl Default for Memory {
    fn default() -> Self {
        let limit = |commits, bytes| Limit { commits, bytes };
        Self {
            tail: limit(1024, 256 * 1024),
            log: limit(4096, 1024 * 1024),
            bridges: 4 * 1024 * 1024,
            limits: Limits::default(),
        }
    }
}

#[derive(Debug)]
struct Object<C> {
    key: Arc<str>,
    cell: C,
    /// How many bytes its value and schema have, at the most.
    bytes: usize,
    /// It may be less, since commits have changed it.
    has_changed: bool,
}

impl<C: Clone> Sequencer<C> {
    pub(crate) fn new(memory: Memory) -> Self {
        Self {
            seq: 0,
            next_member: 1,
            next_object: 0,
            members: BTreeMap::new(),
            departed: Departed::default(),
            names: BTreeMap::new(),
            objects: BTreeMap::new(),
            held: Held::default(),
            deleted: Deleted::default(),
            gone: Gone::default(),
            log: Log::new(memory.log),
            memory,
            barriers: Barriers::default(),
            is_over: false,
            message: Vec::new(),
        }
    }

    /// The place that was given last.
    pub(crate) fn seq(&self) -> Seq {
        self.seq
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Arc<str>> {
        self.names.keys()
    }

    /// The object under a key.
    pub(crate) fn named(&self, key: &str) -> Option<&C> {
        self.names.get(key).and_then(|&id| self.cell(id))
    }

    /// Whether the key was deleted lately.
    pub(crate) fn was_deleted(&self, key: &str) -> bool {
        self.deleted.contains(key)
    }

    /// An object by its identity.
    pub(crate) fn cell(&self, id: ObjectId) -> Option<&C> {
        self.objects.get(&id).map(|object| &object.cell)
    }

    /// The key of an object, also for a while when that is gone.
    pub(crate) fn key_of(&self, id: ObjectId) -> Option<&Arc<str>> {
        let here = self.objects.get(&id).map(|object| &object.key);
        here.or_else(|| self.gone.key(id))
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = &C> {
        self.objects.values().map(|object| &object.cell)
    }

    /// An identity for an object that the host creates.
    pub(crate) fn next_object(&mut self) -> ObjectId {
        self.next_object += 1;
        ObjectId {
            creator: PeerId::HOST,
            number: self.next_object,
        }
    }

    /// Orders the host's own open commit, which may count.
    pub(crate) fn commit(&mut self, replica: &mut Replica, post: &mut impl Post) {
        self.seq += 1;
        self.tell_commit(PeerId::HOST, replica, replica.recorded(), post);
        let remember = (!self.members.is_empty()).then_some(self.tail_limit());
        replica.commit_confirmed(self.seq, remember);
    }

    /// Puts an object under a key, in place of the one that was there. `number` is that of the
    /// proposal when a member creates it.
    ///
    /// The driver has made `cell` hold the object, or has made the replica of the same key take the
    /// new identity, and gives the place in the order to the replica.
    pub(crate) fn create(
        &mut self,
        from: PeerId,
        parcel: &Parcel,
        cell: C,
        post: &mut impl Post,
    ) -> Seq {
        self.seq += 1;
        self.deleted.forget(&parcel.key);
        if let Some(old) = self.names.insert(parcel.key.clone(), parcel.object) {
            self.forget(old);
        }
        let object = Object {
            key: parcel.key.clone(),
            cell,
            bytes: parcel.bytes(),
            has_changed: false,
        };
        self.held.add(&object);
        self.objects.insert(parcel.object, object);
        let object = parcel.object;
        self.remember(from, &Change::Created { object });
        if from != PeerId::HOST {
            self.tell_verdict(from, parcel.at, Verdict::Accepted, post);
        }
        self.tell_table(&parcel.schema, |peer| peer != from, post);
        let announcement = ToMember::Object {
            seq: self.seq,
            object: parcel.object,
            key: &parcel.key,
            schema: parcel.schema.hash(),
            reserved: parcel.reserved,
            length: parcel.value.len() as u64,
        };
        self.tell_others(from, &announcement, post);
        for chunk in parcel::chunks(&parcel.value) {
            self.tell_others(from, &ToMember::Chunk(chunk), post);
        }
        self.has_proposed(from, post);
        self.seq
    }

    /// Takes the object from under a key. `replica` is its replica, if there is one. `number` is
    /// that of the proposal when a member deletes it.
    pub(crate) fn delete(
        &mut self,
        from: PeerId,
        number: u64,
        key: &str,
        replica: Option<&mut Replica>,
        post: &mut impl Post,
    ) -> bool {
        let existed = replica.is_some();
        if let Some(replica) = replica {
            self.seq += 1;
            let object = replica.id();
            replica.end(Life::Deleted);
            self.names.remove(key);
            self.deleted.note(key);
            self.forget(object);
            self.remember(from, &Change::Deleted { key });
            let deleted = ToMember::Deleted {
                seq: self.seq,
                origin: from,
                key,
            };
            self.tell_others(from, &deleted, post);
        }
        if from != PeerId::HOST {
            self.tell_verdict(from, number, Verdict::Accepted, post);
        }
        self.has_proposed(from, post);
        existed
    }

    /// Notes a change that was just given its place, for members that miss it.
    fn remember(&mut self, origin: PeerId, change: &Change<'_>) {
        if self.members.is_empty() {
            self.log.forget(self.seq);
        } else {
            self.log.push(self.seq, origin, change);
        }
    }

    /// Drops an object.
    fn forget(&mut self, object: ObjectId) {
        if let Some(gone) = self.objects.remove(&object) {
            self.held.remove(&gone);
            self.gone.note(object, gone.key);
        }
        for member in self.members.values_mut() {
            member.waiting.remove(&object);
            member.lacking.remove(&object);
            member.stale.remove(&object);
            member.bridges.remove(object);
        }
    }

    fn tell_commit(
        &mut self,
        origin: PeerId,
        replica: &Replica,
        mut patches: &[u8],
        post: &mut impl Post,
    ) {
        if broken(Break::HalfCommit) {
            patches = commit::but_the_last(replica.state().schema(), patches);
        }
        let object = replica.id();
        self.remember(origin, &Change::Commit { object, patches });
        self.has_grown(object, patches.len());
        self.message.clear();
        put(
            &mut self.message,
            &ToMember::Commit {
                seq: self.seq - u64::from(broken(Break::WrongSeq)),
                origin,
                object,
                patches,
            },
        );
        for (&peer, member) in &self.members {
            if peer != origin && member.hears_of(object) != broken(Break::DeafGuest) {
                post.post(peer, &self.message);
            }
        }
    }

    fn tell_others(&mut self, origin: PeerId, message: &ToMember<'_>, post: &mut impl Post) {
        self.message.clear();
        put(&mut self.message, message);
        for (&peer, member) in &self.members {
            if peer != origin && !member.is_away {
                post.post(peer, &self.message);
            }
        }
    }

    fn tell(&mut self, post: &mut impl Post, peer: PeerId, message: &ToMember<'_>) {
        if self
            .members
            .get(&peer)
            .is_some_and(|member| !member.is_away)
        {
            self.message.clear();
            put(&mut self.message, message);
            post.post(peer, &self.message);
        }
    }
}
