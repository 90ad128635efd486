//! The host's side of a session: the one order.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use super::{
    Life, ObjectId, PeerId, Post, Replica, Seq, Violation, commit,
    deleted::Deleted,
    message::{ToHost, ToMember},
    parcel::{self, Arrivals, Parcel},
    replica::Proposed,
};
use crate::{
    breaks::{Break, broken},
    wire::{DecodeError, put},
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
    names: BTreeMap<Arc<str>, ObjectId>,
    objects: BTreeMap<ObjectId, Object<C>>,
    deleted: Deleted,
    /// The message being posted.
    message: Vec<u8>,
}

#[derive(Debug)]
struct Object<C> {
    key: Arc<str>,
    cell: C,
}

#[derive(Debug, Default)]
struct Member {
    /// The number of its last proposal.
    number: u64,
    /// The objects that it has not been given yet, and hears nothing of until it is.
    waiting: BTreeSet<ObjectId>,
    arrivals: Arrivals,
}

/// A commit that a member proposes.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Proposal<'a> {
    pub(crate) number: u64,
    pub(crate) object: ObjectId,
    /// The last commit that the member knew.
    base: Seq,
    /// The member begins again, having been told that it was too far behind.
    anew: bool,
    patches: &'a [u8],
}

/// What a member asks for; the driver finds the replica and calls the method named.
#[derive(Debug)]
pub(crate) enum Request<'a> {
    /// [`Sequencer::propose`].
    Commit(Proposal<'a>),
    /// [`Sequencer::create`].
    Create(Parcel),
    /// [`Sequencer::delete`].
    Delete { number: u64, key: &'a str },
    /// It is in sync.
    Ready,
    /// It leaves.
    Goodbye,
    /// More of it is to come.
    Incomplete,
}

impl<C: Clone> Sequencer<C> {
    pub(crate) fn new() -> Self {
        Self {
            seq: 0,
            next_member: 1,
            next_object: 0,
            members: BTreeMap::new(),
            names: BTreeMap::new(),
            objects: BTreeMap::new(),
            deleted: Deleted::default(),
            message: Vec::new(),
        }
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

    /// Lets a member in. It is owed every object that there is: see [`Sequencer::owed`].
    pub(crate) fn admit(&mut self) -> PeerId {
        let peer = PeerId(self.next_member);
        self.next_member += 1;
        let waiting = self.objects.keys().copied().collect();
        self.members.insert(
            peer,
            Member {
                waiting,
                ..Member::default()
            },
        );
        peer
    }

    /// Lets a member go.
    pub(crate) fn dismiss(&mut self, peer: PeerId) {
        self.members.remove(&peer);
    }

    /// The next object that a member is still to be given. When there is none, the member is told
    /// that it is in sync.
    pub(crate) fn owed(&mut self, peer: PeerId, post: &mut impl Post) -> Option<C> {
        let next = self.members.get(&peer)?.waiting.first().copied();
        if let Some(id) = next {
            return Some(self.objects[&id].cell.clone());
        }
        let live = ToMember::Live {
            deleted: self.deleted.keys().collect(),
        };
        self.message.clear();
        put(&mut self.message, &live);
        post.post(peer, &self.message);
        None
    }

    /// Gives a member an object that it is owed. From then on it hears of the object's changes.
    pub(crate) fn give(
        &mut self,
        peer: PeerId,
        replica: &Replica,
        value: &[u8],
        post: &mut impl Post,
    ) {
        let Some(member) = self.members.get_mut(&peer) else {
            return;
        };
        // The object may have been deleted or given a new identity since it was looked up.
        if !member.waiting.remove(&replica.id()) {
            return;
        }
        let object = &self.objects[&replica.id()];
        let (key, schema) = (object.key.clone(), replica.state().schema().clone());
        self.tell(
            post,
            peer,
            &ToMember::Object {
                seq: replica.seq(),
                object: replica.id(),
                key: &key,
                schema: Cow::Borrowed(&schema),
                length: value.len() as u64,
            },
        );
        for chunk in parcel::chunks(value) {
            self.tell(post, peer, &ToMember::Chunk(chunk));
        }
    }

    /// Takes a member's message apart and checks that it is due.
    pub(crate) fn receive<'a>(
        &mut self,
        from: PeerId,
        message: ToHost<'a>,
    ) -> Result<Request<'a>, Violation> {
        let Some(member) = self.members.get_mut(&from) else {
            return Err(Violation::OutOfTurn("a message after it was removed"));
        };
        if !matches!(message, ToHost::Chunk(_)) {
            member
                .arrivals
                .expect_none("another message inside a value")?;
        }
        if let ToHost::Commit { number, .. }
        | ToHost::Create { number, .. }
        | ToHost::Delete { number, .. } = message
        {
            let expected = member.number + 1;
            if number != expected {
                return Err(Violation::WrongNumber {
                    expected,
                    found: number,
                });
            }
            member.number = number;
        }
        let arrived = match message {
            ToHost::Commit {
                number,
                object,
                base,
                anew,
                patches,
            } => {
                return Ok(Request::Commit(Proposal {
                    number,
                    object,
                    base,
                    anew,
                    patches,
                }));
            }
            ToHost::Delete { number, key } => return Ok(Request::Delete { number, key }),
            ToHost::Ready => return Ok(Request::Ready),
            ToHost::Goodbye => return Ok(Request::Goodbye),
            ToHost::Chunk(bytes) => member.arrivals.chunk(bytes)?,
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
                let (key, schema) = (key.into(), Arc::new(schema.into_owned()));
                let parcel = Parcel {
                    at: number,
                    object,
                    key,
                    schema,
                    value: Vec::new(),
                };
                member.arrivals.announce(parcel, length)?
            }
        };
        Ok(arrived.map_or(Request::Incomplete, Request::Create))
    }

    /// Orders the host's own open commit.
    pub(crate) fn commit(&mut self, replica: &mut Replica, post: &mut impl Post) {
        self.seq += 1;
        self.tell_commit(PeerId::HOST, replica, replica.recorded(), post);
        replica.commit_confirmed(self.seq, !self.members.is_empty());
    }

    /// Orders a member's commit, as far as what it changes is still there. `replica` is that of the
    /// object, if there is one.
    pub(crate) fn propose(
        &mut self,
        from: PeerId,
        proposal: &Proposal<'_>,
        replica: Option<&mut Replica>,
        post: &mut impl Post,
    ) -> Result<(), DecodeError> {
        let &Proposal {
            number,
            object,
            base,
            anew,
            patches,
        } = proposal;
        // A commit to an object that was overwritten or deleted is as one made just before that.
        let live =
            |replica: &&mut Replica| replica.id() == object && matches!(replica.life(), Life::Live);
        let Some(replica) = replica.filter(live) else {
            let seq = self.seq;
            self.tell(post, from, &ToMember::Accepted { seq, number });
            return Ok(());
        };
        let proposed = replica.apply_proposal(from, base, anew, patches)?;
        if let Proposed::Stale = proposed {
            self.tell(post, from, &ToMember::Stale { number });
            return Ok(());
        }
        self.seq += 1;
        let seq = self.seq;
        let (patches, verdict) = match &proposed {
            Proposed::Amended(patches) if broken(Break::HideAmendment) => {
                (&patches[..], ToMember::Accepted { seq, number })
            }
            Proposed::Amended(patches) => (
                &patches[..],
                ToMember::Amended {
                    seq,
                    number,
                    patches,
                },
            ),
            Proposed::Same | Proposed::Stale => (patches, ToMember::Accepted { seq, number }),
        };
        replica.confirm_proposal(from, seq, patches);
        if number % 5 != 0 || !broken(Break::DropVerdict) {
            self.tell(post, from, &verdict);
        }
        self.tell_commit(from, replica, patches, post);
        Ok(())
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
        self.objects.insert(
            parcel.object,
            Object {
                key: parcel.key.clone(),
                cell,
            },
        );
        if from != PeerId::HOST {
            self.tell(
                post,
                from,
                &ToMember::Accepted {
                    seq: self.seq,
                    number: parcel.at,
                },
            );
        }
        let announcement = ToMember::Object {
            seq: self.seq,
            object: parcel.object,
            key: &parcel.key,
            schema: Cow::Borrowed(&parcel.schema),
            length: parcel.value.len() as u64,
        };
        self.tell_others(from, None, &announcement, post);
        for chunk in parcel::chunks(&parcel.value) {
            self.tell_others(from, None, &ToMember::Chunk(chunk), post);
        }
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
            let unaware = self.forget(object);
            let deleted = ToMember::Deleted {
                seq: self.seq,
                object,
                key,
            };
            self.tell_others(from, Some(&unaware), &deleted, post);
        }
        if from != PeerId::HOST {
            self.tell(
                post,
                from,
                &ToMember::Accepted {
                    seq: self.seq,
                    number,
                },
            );
        }
        existed
    }

    /// Drops an object; gives the members that had not heard of it yet.
    fn forget(&mut self, object: ObjectId) -> BTreeSet<PeerId> {
        self.objects.remove(&object);
        let members = self.members.iter_mut();
        members
            .filter_map(|(&peer, member)| member.waiting.remove(&object).then_some(peer))
            .collect()
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
            let is_due = member.waiting.contains(&object) == broken(Break::DeafGuest);
            if peer != origin && is_due {
                post.post(peer, &self.message);
            }
        }
    }

    fn tell_others(
        &mut self,
        origin: PeerId,
        except: Option<&BTreeSet<PeerId>>,
        message: &ToMember<'_>,
        post: &mut impl Post,
    ) {
        self.message.clear();
        put(&mut self.message, message);
        for &peer in self.members.keys() {
            if peer != origin && except.is_none_or(|except| !except.contains(&peer)) {
                post.post(peer, &self.message);
            }
        }
    }

    fn tell(&mut self, post: &mut impl Post, peer: PeerId, message: &ToMember<'_>) {
        self.message.clear();
        put(&mut self.message, message);
        post.post(peer, &self.message);
    }
}
