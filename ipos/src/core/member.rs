//! A member's side of a session: what it has proposed, and what it knows of the host's objects.

use std::{
    borrow::Cow,
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use super::{
    ObjectId, PeerId, Post, Replica, Seq, Violation,
    deleted::Deleted,
    message::{ToHost, ToMember},
    parcel::{self, Arrivals, Parcel},
};
use crate::{
    breaks::{Break, broken},
    wire::put,
};

/// A member's proposals and the objects it knows.
///
/// Creating and deleting count here at once, as writing does: until the host's verdict, what this
/// member did last with a key hides what the host tells of it, since the verdict will come after.
#[derive(Debug)]
pub(crate) struct Member<C> {
    me: PeerId,
    /// The number of the last proposal.
    number: u64,
    next_object: u32,
    /// Proposals without a verdict, the oldest first.
    unsettled: VecDeque<Proposal>,
    names: BTreeMap<Arc<str>, Name>,
    objects: BTreeMap<ObjectId, C>,
    deleted: Deleted,
    arrivals: Arrivals,
    /// The message being posted.
    message: Vec<u8>,
}

#[derive(Clone, Debug)]
enum Proposal {
    Commit(ObjectId),
    Create(Arc<str>, ObjectId),
    Delete(Arc<str>),
}

/// What a key stands for.
#[derive(Debug, Default)]
struct Name {
    /// By what the host has told.
    confirmed: Option<ObjectId>,
    /// By the creations and deletions of this member without a verdict.
    pending: VecDeque<Option<ObjectId>>,
}

impl Name {
    fn now(&self) -> Option<ObjectId> {
        self.pending.back().copied().unwrap_or(self.confirmed)
    }
}

/// A message of the host, taken apart; the driver finds the replica and calls the method named.
#[derive(Debug)]
pub(crate) enum News<'a> {
    /// For [`Replica::apply_confirmed`] of the object, if it is known.
    Commit {
        seq: Seq,
        object: ObjectId,
        patches: &'a [u8],
    },
    /// A verdict; see [`Settled`].
    Settled(Settled<'a>),
    /// For [`Member::place`].
    Object(Parcel),
    /// An object is gone; its replica ends if it is still the one of its key.
    Deleted { object: ObjectId },
    /// This member has all that there is.
    Live,
    /// The host lets go.
    Goodbye,
    /// More of it is to come.
    Incomplete,
}

/// What a verdict says.
#[derive(Debug)]
pub(crate) enum Settled<'a> {
    /// For [`Replica::confirm_own`].
    Commit {
        seq: Seq,
        number: u64,
        object: ObjectId,
        amended: Option<&'a [u8]>,
    },
    /// For [`Member::propose_again`].
    Stale { number: u64, object: ObjectId },
    /// For [`Replica::confirm_created`].
    Created { seq: Seq, object: ObjectId },
    /// A deletion counts.
    Deleted,
}

impl News<'_> {
    /// What the verdict on a commit is when the host does not remember what it was made on.
    fn stale(self) -> Self {
        match self {
            News::Settled(Settled::Commit { number, object, .. }) => {
                News::Settled(Settled::Stale { number, object })
            }
            other => other,
        }
    }
}

impl<C: Clone> Member<C> {
    pub(crate) fn new(me: PeerId) -> Self {
        Self {
            me,
            number: 0,
            next_object: 0,
            unsettled: VecDeque::new(),
            names: BTreeMap::new(),
            objects: BTreeMap::new(),
            deleted: Deleted::default(),
            arrivals: Arrivals::default(),
            message: Vec::new(),
        }
    }

    pub(crate) fn keys(&self) -> impl Iterator<Item = &Arc<str>> {
        self.names
            .iter()
            .filter(|(_, name)| name.now().is_some())
            .map(|(key, _)| key)
    }

    /// The object under a key.
    pub(crate) fn named(&self, key: &str) -> Option<&C> {
        self.names
            .get(key)
            .and_then(Name::now)
            .and_then(|id| self.cell(id))
    }

    /// Whether the key was deleted lately.
    pub(crate) fn was_deleted(&self, key: &str) -> bool {
        self.named(key).is_none() && self.deleted.contains(key)
    }

    /// An object by its identity.
    pub(crate) fn cell(&self, id: ObjectId) -> Option<&C> {
        self.objects.get(&id)
    }

    pub(crate) fn cells(&self) -> impl Iterator<Item = &C> {
        self.objects.values()
    }

    /// An identity for an object that this member creates.
    pub(crate) fn next_object(&mut self) -> ObjectId {
        self.next_object += 1;
        ObjectId {
            creator: self.me,
            number: self.next_object,
        }
    }

    /// Proposes the open commit, which counts here from now on.
    pub(crate) fn commit(&mut self, replica: &mut Replica, post: &mut impl Post) {
        let number = self.propose(Proposal::Commit(replica.id()));
        let (object, base, patches) = (replica.id(), replica.seq(), replica.recorded());
        self.tell(
            post,
            &ToHost::Commit {
                number,
                object,
                base,
                anew: false,
                patches,
            },
        );
        replica.commit_pending(number);
    }

    /// Proposes a commit again that the host could not carry over, and all that were made after it.
    pub(crate) fn propose_again(
        &mut self,
        stale: u64,
        replica: &mut Replica,
        post: &mut impl Post,
    ) {
        if broken(Break::StaleForgotten) {
            return;
        }
        replica.propose_again(stale, |object, base, anew, patches| {
            let number = self.propose(Proposal::Commit(object));
            self.tell(
                post,
                &ToHost::Commit {
                    number,
                    object,
                    base,
                    anew,
                    patches,
                },
            );
            number
        });
    }

    /// Proposes an object under a key, in place of the one that was there. Here it counts at once.
    pub(crate) fn create(&mut self, parcel: &Parcel, cell: C, post: &mut impl Post) {
        let number = self.propose(Proposal::Create(parcel.key.clone(), parcel.object));
        self.hide(&parcel.key, Some(parcel.object));
        self.deleted.forget(&parcel.key);
        self.objects.insert(parcel.object, cell);
        self.tell(
            post,
            &ToHost::Create {
                number,
                object: parcel.object,
                key: &parcel.key,
                schema: Cow::Borrowed(&parcel.schema),
                length: parcel.value.len() as u64,
            },
        );
        for chunk in parcel::chunks(&parcel.value) {
            self.tell(post, &ToHost::Chunk(chunk));
        }
    }

    /// Proposes to delete the object under a key; `false` if there is none here.
    pub(crate) fn delete(&mut self, key: &str, post: &mut impl Post) -> bool {
        if self.named(key).is_none() {
            return false;
        }
        let number = self.propose(Proposal::Delete(key.into()));
        self.hide(key, None);
        self.deleted.note(key);
        self.tell(post, &ToHost::Delete { number, key });
        true
    }

    /// Tells the host that all that was given has been applied.
    pub(crate) fn ready(&mut self, post: &mut impl Post) {
        self.tell(post, &ToHost::Ready);
    }

    /// Whether every proposal has its verdict.
    pub(crate) fn is_settled(&self) -> bool {
        self.unsettled.is_empty()
    }

    /// Tells the host that nothing follows.
    pub(crate) fn goodbye(&mut self, post: &mut impl Post) {
        self.tell(post, &ToHost::Goodbye);
    }

    /// Takes a message of the host apart and checks that it is due.
    pub(crate) fn receive<'a>(&mut self, message: ToMember<'a>) -> Result<News<'a>, Violation> {
        if !matches!(message, ToMember::Chunk(_)) {
            self.arrivals
                .expect_none("another message inside a value")?;
        }
        let arrived = match message {
            ToMember::Commit {
                seq,
                object,
                patches,
                ..
            } => {
                return Ok(News::Commit {
                    seq,
                    object,
                    patches,
                });
            }
            ToMember::Accepted { seq, number } => return self.settle(seq, number, None),
            ToMember::Amended {
                seq,
                number,
                patches,
            } => {
                return self.settle(seq, number, Some(patches));
            }
            ToMember::Stale { number } => return self.settle(0, number, None).map(News::stale),
            ToMember::Deleted { object, key, .. } => {
                self.confirm_deleted(object, key);
                return Ok(News::Deleted { object });
            }
            ToMember::Live { deleted } => {
                for key in deleted {
                    self.deleted.note(key);
                }
                return Ok(News::Live);
            }
            ToMember::Goodbye => return Ok(News::Goodbye),
            ToMember::Chunk(bytes) => self.arrivals.chunk(bytes)?,
            ToMember::Object {
                seq,
                object,
                key,
                schema,
                length,
            } => {
                let (key, schema) = (key.into(), Arc::new(schema.into_owned()));
                let parcel = Parcel {
                    at: seq,
                    object,
                    key,
                    schema,
                    value: Vec::new(),
                };
                self.arrivals.announce(parcel, length)?
            }
        };
        Ok(arrived.map_or(News::Incomplete, News::Object))
    }

    /// Whether this member has done something with the key that comes after the host's putting an
    /// object under it. If so that is noted, and the object is not for this member to hold.
    pub(crate) fn hides(&mut self, parcel: &Parcel) -> bool {
        let name = self
            .names
            .get_mut(&parcel.key)
            .filter(|name| !name.pending.is_empty() && !broken(Break::ShowHidden));
        if let Some(name) = name {
            name.confirmed = Some(parcel.object);
            return true;
        }
        false
    }

    /// Notes that the host has put an object under its key. To be called when the key is not
    /// hidden.
    pub(crate) fn place(&mut self, parcel: &Parcel, cell: C) {
        self.deleted.forget(&parcel.key);
        let name = self.names.entry(parcel.key.clone()).or_default();
        if let Some(old) = name.confirmed.replace(parcel.object) {
            self.objects.remove(&old);
        }
        self.objects.insert(parcel.object, cell);
    }

    fn confirm_deleted(&mut self, object: ObjectId, key: &str) {
        self.deleted.note(key);
        if let Some(name) = self.names.get_mut(key) {
            if name.confirmed == Some(object) {
                name.confirmed = None;
            }
            if name.pending.is_empty() && name.confirmed.is_none() {
                self.names.remove(key);
            }
        }
    }

    /// Drops an object whose replica has ended.
    pub(crate) fn forget(&mut self, object: ObjectId) {
        self.objects.remove(&object);
    }

    fn settle<'a>(
        &mut self,
        seq: Seq,
        number: u64,
        amended: Option<&'a [u8]>,
    ) -> Result<News<'a>, Violation> {
        let expected = self.number + 1 - self.unsettled.len() as u64;
        let Some(proposal) = self.unsettled.pop_front().filter(|_| number == expected) else {
            return Err(Violation::WrongNumber {
                expected,
                found: number,
            });
        };
        Ok(News::Settled(match proposal {
            Proposal::Commit(object) => Settled::Commit {
                seq,
                number,
                object,
                amended,
            },
            Proposal::Create(key, object) => {
                self.unhide(&key);
                Settled::Created { seq, object }
            }
            Proposal::Delete(key) => {
                self.unhide(&key);
                Settled::Deleted
            }
        }))
    }

    fn propose(&mut self, proposal: Proposal) -> u64 {
        self.unsettled.push_back(proposal);
        self.number += 1;
        self.number
    }

    fn hide(&mut self, key: &str, object: Option<ObjectId>) {
        let name = self.names.entry(key.into()).or_default();
        if let Some(old) = name.now() {
            self.objects.remove(&old);
        }
        name.pending.push_back(object);
    }

    fn unhide(&mut self, key: &Arc<str>) {
        let name = self.names.entry(key.clone()).or_default();
        name.confirmed = name.pending.pop_front().flatten();
        if name.pending.is_empty() && name.confirmed.is_none() {
            self.names.remove(key);
        }
    }

    fn tell(&mut self, post: &mut impl Post, message: &ToHost<'_>) {
        self.message.clear();
        put(&mut self.message, message);
        post.post(PeerId::HOST, &self.message);
    }
}
