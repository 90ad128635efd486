//! The host's side of a session: the one order.

mod barrier;
mod member;
mod presence;
mod proposal;
mod room;
mod watch;

use std::{collections::BTreeMap, sync::Arc};

use barrier::Barriers;
pub(crate) use member::cut;
use member::{Member, Turn, Verdict};
use presence::Departed;
pub(crate) use proposal::Proposal;
use room::Held;
pub(crate) use watch::{Seen, Standing};

use super::{
    Life, Limits, ObjectId, PeerId, Post, Replica, Seq, Violation, commit,
    deleted::Deleted,
    log::{Change, Log},
    message::{ToHost, ToMember},
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
    pub(crate) limits: Limits,
}

impl Default for Memory {
    fn default() -> Self {
        let limit = |commits, bytes| Limit { commits, bytes };
        Self {
            tail: limit(1024, 256 * 1024),
            log: limit(4096, 1024 * 1024),
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

/// What a member asks for; the driver finds the replica and calls the method named.
#[derive(Debug)]
pub(crate) enum Request<'a> {
    /// [`Replica::apply_proposal`], then [`Sequencer::order`].
    Commit(Proposal<'a>),
    /// [`Sequencer::create`], or [`Sequencer::refuse_key`].
    Create(Parcel),
    /// [`Sequencer::refuse_key`]: there is no room for the object that it would create.
    Refuse {
        number: u64,
        key: Arc<str>,
        reason: String,
    },
    /// [`Sequencer::delete`], or [`Sequencer::refuse_key`].
    Delete { number: u64, key: &'a str },
    /// It is in sync.
    Ready,
    /// [`Sequencer::barrier`].
    Barrier { nonce: u64 },
    /// [`Sequencer::pong`].
    Pong { ping: u64 },
    /// [`Sequencer::answer_ping`].
    Ping { ping: u64 },
    /// [`Sequencer::resume`].
    Resume { heard: Seq, settled: u64 },
    /// It leaves.
    Goodbye,
    /// More of it is to come.
    Incomplete,
}

impl Request<'_> {
    /// A whole object has arrived, or is refused.
    fn of_parcel(parcel: Parcel, refusal: Option<String>) -> Self {
        match refusal {
            None => Self::Create(parcel),
            Some(reason) => Self::Refuse {
                number: parcel.at,
                key: parcel.key,
                reason,
            },
        }
    }
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

    /// Takes a member's message apart and checks that it is due.
    pub(crate) fn receive<'a>(
        &mut self,
        from: PeerId,
        message: ToHost<'a>,
    ) -> Result<Request<'a>, Violation> {
        if self.is_over {
            // It will be proposed to another host, if at all.
            return Ok(Request::Incomplete);
        }
        let request = self.take_apart(from, message)?;
        let is_proposal = matches!(
            request,
            Request::Commit(_)
                | Request::Create(_)
                | Request::Refuse { .. }
                | Request::Delete { .. }
        );
        if let Some(member) = self.members.get_mut(&from).filter(|_| is_proposal) {
            member.turn = Turn::Under;
        }
        Ok(request)
    }

    fn take_apart<'a>(
        &mut self,
        from: PeerId,
        message: ToHost<'a>,
    ) -> Result<Request<'a>, Violation> {
        let no_room = self.has_no_room(from, &message);
        let member = self.members.get_mut(&from);
        let Some(member) = member.filter(|member| member.turn != Turn::Last) else {
            return Err(Violation::OutOfTurn("a message after it was removed"));
        };
        member.messages += 1;
        if !matches!(message, ToHost::Chunk(_)) {
            member
                .arrivals
                .expect_none("another message inside a value")?;
        }
        member.count(&message)?;
        let arrived = match message {
            ToHost::Commit {
                number,
                object,
                terms,
                patches,
            } => {
                member.has_heard(terms.base);
                return Ok(Request::Commit(Proposal {
                    number,
                    object,
                    terms,
                    patches,
                    acts: Vec::new(),
                    no_room,
                }));
            }
            ToHost::Act {
                number,
                object,
                terms,
                patches,
                acts,
            } => {
                member.has_heard(terms.base);
                return Ok(Request::Commit(Proposal {
                    number,
                    object,
                    terms,
                    patches,
                    acts,
                    no_room,
                }));
            }
            ToHost::Delete { number, key } => return Ok(Request::Delete { number, key }),
            ToHost::Ready => return Ok(Request::Ready),
            ToHost::Lacks { key } => {
                let object = self.names.get(key).copied();
                // Its own it has, with commits of which it is still to hear.
                let object = object.filter(|object| object.creator != from);
                member.lacking.extend(object.filter(|_| member.is_away));
                None
            }
            ToHost::Schema { table } => {
                member.learn(table.into_owned(), self.memory.limits.schema_bytes)?;
                None
            }
            ToHost::Barrier { nonce } => return Ok(Request::Barrier { nonce }),
            ToHost::Pong { ping } => return Ok(Request::Pong { ping }),
            ToHost::Ping { ping } => return Ok(Request::Ping { ping }),
            ToHost::Resume { heard, settled } => return Ok(Request::Resume { heard, settled }),
            ToHost::Goodbye => return Ok(Request::Goodbye),
            ToHost::Chunk(bytes) => {
                let before = member.arrivals.bytes();
                if let Some(reason) = no_room {
                    member.arrivals.refuse(reason);
                }
                let arrived = member.arrivals.chunk(bytes)?;
                self.held.arrive(before, member.arrivals.bytes());
                arrived
            }
            ToHost::Create {
                number,
                object,
                key,
                schema,
                length,
            } => {
                if object.creator != from || self.objects.contains_key(&object) {
                    return Err(Violation::WrongCreator { object });
                }
                let parcel = Parcel {
                    at: number,
                    object,
                    key: key.into(),
                    schema: member.exchange.table(schema)?,
                    reserved: false,
                    value: Vec::new(),
                };
                let arrived = member.arrivals.announce(parcel, length)?;
                if let Some(reason) = no_room {
                    member.arrivals.refuse(reason);
                }
                arrived
            }
        };
        Ok(arrived.map_or(Request::Incomplete, |parcel| {
            Request::of_parcel(parcel, member.arrivals.take_refusal())
        }))
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
            bytes: parcel.value.len() + parcel.schema.wire_size(),
            has_changed: false,
        };
        self.held.add(&object);
        self.objects.insert(parcel.object, object);
        let object = parcel.object;
        self.remember(from, Change::Created { object });
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
            self.remember(from, Change::Deleted { key: key.into() });
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
    fn remember(&mut self, origin: PeerId, change: Change) {
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
        }
        for member in self.members.values_mut() {
            member.waiting.remove(&object);
            member.lacking.remove(&object);
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
        let change = Change::Commit {
            object,
            patches: patches.to_vec(),
        };
        self.remember(origin, change);
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
