//! A member's side of a session: what it has proposed, and what it knows of the host's objects.

mod names;
mod news;
mod orphans;
mod presence;
mod resync;
mod under_way;

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, VecDeque},
    sync::Arc,
};

use names::Names;
pub(crate) use news::{News, Settled};
use orphans::Orphans;
use presence::Presence;
use resync::Resync;
pub(crate) use resync::Unsent;
use under_way::UnderWay;

use super::{
    Exchange, ObjectId, PeerId, Post, Profile, Replica, Seq,
    deleted::Deleted,
    message::{Terms, ToHost},
    parcel::{self, Arrivals, Parcel},
    replica::Draft,
};
use crate::{
    breaks::{Break, broken},
    wire::put,
};

/// A member's proposals and the objects it knows.
#[derive(Debug)]
pub(crate) struct Member<C> {
    me: PeerId,
    /// The number of the last proposal.
    number: u64,
    next_object: u32,
    /// Proposals without a verdict, the oldest first.
    unsettled: VecDeque<Proposal>,
    under_way: UnderWay,
    /// How many were sent back and are about to be proposed again.
    proposing_again: usize,
    presence: Presence,
    names: Names,
    objects: BTreeMap<ObjectId, C>,
    /// Objects in whose place this member has put others, or which it has deleted, until the host has
    /// said so: there may be commits to them whose verdict is waited for.
    hidden: BTreeMap<ObjectId, C>,
    /// Keys of which the host has an object that it has not told since it refused what was done here.
    awaited: BTreeSet<Arc<str>>,
    /// Objects whose host is gone.
    orphans: Orphans,
    deleted: Deleted,
    arrivals: Arrivals,
    exchange: Exchange,
    /// How many messages have come from the host.
    messages: u64,
    /// All that has a place in the order up to here was heard. It stands still while this member is
    /// being given what it has missed.
    heard: Seq,
    /// While it joins, is cut off, or is being given what it has missed.
    resync: Option<Resync>,
    /// Barriers that were not passed yet.
    barriers: BTreeSet<u64>,
    last_barrier: u64,
    /// The one that the host was asked for. It passes those before it as well; those behind it wait
    /// until the next can be asked for.
    asked_barrier: Option<u64>,
    /// The message being posted.
    message: Vec<u8>,
}

#[derive(Clone, Debug)]
enum Proposal {
    Commit(ObjectId),
    /// With the object in whose place it was created.
    Create(Arc<Parcel>, Option<ObjectId>),
    /// With the object that was deleted.
    Delete(Arc<str>, Option<ObjectId>),
}

impl<C: Clone> Member<C> {
    pub(crate) fn new(me: PeerId, exchange: Exchange) -> Self {
        Self {
            me,
            number: 0,
            next_object: 0,
            unsettled: VecDeque::new(),
            under_way: UnderWay::default(),
            presence: Presence::default(),
            names: Names::default(),
            objects: BTreeMap::new(),
            hidden: BTreeMap::new(),
            awaited: BTreeSet::new(),
            proposing_again: 0,
            orphans: Orphans::default(),
            deleted: Deleted::default(),
            arrivals: Arrivals::default(),
            exchange,
            messages: 0,
            heard: 0,
            resync: Some(Resync::of_joining()),
            barriers: BTreeSet::new(),
            last_barrier: 0,
            asked_barrier: None,
            message: Vec::new(),
        }
    }

    /// This member's number.
    pub(crate) fn me(&self) -> PeerId {
        self.me
    }

    /// How many messages have come from the host.
    pub(crate) fn messages(&self) -> u64 {
        self.messages
    }

    /// The place in the order up to which everything was heard.
    pub(crate) fn heard(&self) -> Seq {
        self.heard
    }

    /// The other members, as the host has told.
    pub(crate) fn others(&self) -> impl Iterator<Item = (PeerId, &Profile)> {
        self.presence.there()
    }

    /// Whether all was given that there was when this member joined, or had missed something.
    pub(crate) fn is_in_sync(&self) -> bool {
        self.resync.is_none()
    }

    /// The keys under which [`named`](Self::named) finds an object. The one that the host has is yet to come when a
    /// deletion was refused.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &Arc<str>> {
        let named = self.names.now_all();
        let found = named.filter(|(_, object)| self.objects.contains_key(object));
        found.map(|(key, _)| key)
    }

    /// The object under a key.
    pub(crate) fn named(&self, key: &str) -> Option<&C> {
        self.names.now(key).and_then(|id| self.cell(id))
    }

    /// Whether the key was deleted lately.
    pub(crate) fn was_deleted(&self, key: &str) -> bool {
        self.named(key).is_none() && self.deleted.contains(key)
    }

    /// An object by its identity.
    pub(crate) fn cell(&self, id: ObjectId) -> Option<&C> {
        self.objects.get(&id)
    }

    /// All objects, those among them for whose verdicts somebody may wait that are not here any more.
    pub(crate) fn cells(&self) -> impl Iterator<Item = &C> {
        self.objects.values().chain(self.hidden.values())
    }

    /// An identity for an object that this member creates.
    pub(crate) fn next_object(&mut self) -> ObjectId {
        self.next_object += 1;
        ObjectId {
            creator: self.me,
            number: self.next_object,
        }
    }

    /// Proposes the open commit, which counts here from now on: as far as it has its objects, or as
    /// a `whole` or not at all.
    pub(crate) fn commit(&mut self, replica: &mut Replica, whole: bool, post: &mut impl Post) {
        if replica.is_orphan() {
            self.orphans.written(replica.id(), replica.recorded_bytes());
            return replica.commit_orphan(whole);
        }
        let number = self.propose(Proposal::Commit(replica.id()), replica.recorded_bytes());
        let (object, terms) = (replica.id(), replica.terms(whole));
        let draft = replica.commit_pending(number, whole);
        self.tell_commit(number, object, terms, draft, post);
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
        replica.propose_again(stale, |object, terms, draft| {
            let number = self.propose(Proposal::Commit(object), draft.patches.len());
            self.tell_commit(number, object, terms, draft, post);
            number
        });
    }

    fn tell_commit(
        &mut self,
        number: u64,
        object: ObjectId,
        terms: Terms,
        draft: Draft<'_>,
        post: &mut impl Post,
    ) {
        if self.resync.is_some() && !broken(Break::ProposeTwice) {
            return;
        }
        let (patches, acts) = (draft.patches, draft.acts());
        let message = if acts.is_empty() {
            ToHost::Commit {
                number,
                object,
                terms,
                patches,
            }
        } else {
            ToHost::Act {
                number,
                object,
                terms,
                patches,
                acts,
            }
        };
        self.tell(post, &message);
    }

    /// Proposes an object under a key, in place of the one that was there. Here it counts at once.
    pub(crate) fn create(&mut self, parcel: &Arc<Parcel>, cell: C, post: &mut impl Post) {
        let hidden = self.hide(&parcel.key, Some(parcel.object));
        let number = self.propose(Proposal::Create(parcel.clone(), hidden), parcel.bytes());
        self.deleted.forget(&parcel.key);
        self.objects.insert(parcel.object, cell);
        self.tell_created(number, parcel, post);
    }

    fn tell_created(&mut self, number: u64, parcel: &Parcel, post: &mut impl Post) {
        if self.resync.is_some() {
            return;
        }
        let schema = parcel.schema.hash();
        if self.exchange.must_tell(schema) {
            let table = Cow::Borrowed(&*parcel.schema);
            self.tell(post, &ToHost::Schema { table });
        }
        self.tell(
            post,
            &ToHost::Create {
                number,
                object: parcel.object,
                key: &parcel.key,
                schema,
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
        let hidden = self.hide(key, None);
        let number = self.propose(Proposal::Delete(key.into(), hidden), key.len());
        self.deleted.note(key);
        self.tell_deleted(number, key, post);
        true
    }

    fn tell_deleted(&mut self, number: u64, key: &str, post: &mut impl Post) {
        if self.resync.is_none() {
            self.tell(post, &ToHost::Delete { number, key });
        }
    }

    /// Tells the host that all that was given has been applied.
    pub(crate) fn ready(&mut self, post: &mut impl Post) {
        self.tell(post, &ToHost::Ready);
    }

    /// Whether every proposal has its verdict.
    pub(crate) fn is_settled(&self) -> bool {
        self.unsettled.is_empty() && self.proposing_again == 0 && self.orphans.are_settled()
    }

    /// How many bytes the proposals without a verdict have, and what is to be proposed when a host has its object.
    pub(crate) fn under_way(&self) -> usize {
        self.under_way.bytes() + self.orphans.bytes()
    }

    /// What was sent back is proposed again, as far as its object is still there.
    pub(crate) fn proposed_again(&mut self) {
        self.proposing_again -= 1;
    }

    /// Tells the host that nothing follows.
    pub(crate) fn goodbye(&mut self, post: &mut impl Post) {
        self.tell(post, &ToHost::Goodbye);
    }

    /// Begins to wait until every live member has applied what the host has ordered by then.
    pub(crate) fn barrier(&mut self, post: &mut impl Post) -> u64 {
        self.last_barrier += 1;
        let nonce = self.last_barrier;
        self.barriers.insert(nonce);
        self.ask_for_barrier(post);
        nonce
    }

    /// Asks the host for the last barrier, unless one is asked for.
    pub(crate) fn ask_for_barrier(&mut self, post: &mut impl Post) {
        if self.resync.is_some() || self.asked_barrier.is_some() {
            return;
        }
        self.asked_barrier = self.barriers.last().copied();
        if let Some(nonce) = self.asked_barrier {
            self.tell(post, &ToHost::Barrier { nonce });
        }
    }

    /// Notes that the host has told of a barrier.
    fn passed_barrier(&mut self, nonce: u64) {
        if self.asked_barrier == Some(nonce) {
            self.asked_barrier = None;
            self.barriers.retain(|&waiting| waiting > nonce);
        }
    }

    /// Whether a barrier was passed.
    pub(crate) fn has_passed(&self, nonce: u64) -> bool {
        !self.barriers.contains(&nonce)
    }

    /// Nobody waits for a barrier any more.
    pub(crate) fn give_up(&mut self, nonce: u64) {
        self.barriers.remove(&nonce);
    }

    /// Asks the host whether it is there.
    pub(crate) fn ping(&mut self, ping: u64, post: &mut impl Post) {
        self.tell(post, &ToHost::Ping { ping });
    }

    /// Answers the host's question whether all that came before it was applied.
    pub(crate) fn pong(&mut self, ping: u64, post: &mut impl Post) {
        self.tell(post, &ToHost::Pong { ping });
    }

    /// Whether this member has done something with the key that comes after the host's putting an
    /// object under it. If so that is noted, and the object is not for this member to hold.
    pub(crate) fn hides(&mut self, parcel: &Parcel) -> bool {
        let hides = self.names.hides(&parcel.key) && !broken(Break::ShowHidden);
        if hides {
            self.names.confirm(&parcel.key, parcel.object, parcel.at);
            self.awaited.remove(&parcel.key);
        }
        hides
    }

    /// Notes that the host has put an object under its key. To be called when the key is not
    /// hidden.
    pub(crate) fn place(&mut self, parcel: &Parcel, cell: C) {
        self.deleted.forget(&parcel.key);
        self.awaited.remove(&parcel.key);
        let old = self.names.confirm(&parcel.key, parcel.object, parcel.at);
        if let Some(old) = old {
            self.forget(old);
        }
        self.objects.insert(parcel.object, cell);
    }

    /// Notes that an object goes on in another cell.
    pub(crate) fn hold(&mut self, object: ObjectId, cell: C) {
        self.objects.insert(object, cell);
    }

    /// An object in whose place this member has put another, or which it has deleted.
    pub(crate) fn hidden(&self, id: ObjectId) -> Option<&C> {
        self.hidden.get(&id)
    }

    fn hide(&mut self, key: &str, object: Option<ObjectId>) -> Option<ObjectId> {
        self.leave_orphan(key);
        let old = self.names.hide(key, object)?;
        if let Some(cell) = self.objects.remove(&old) {
            self.hidden.insert(old, cell);
        }
        Some(old)
    }

    fn propose(&mut self, proposal: Proposal, bytes: usize) -> u64 {
        self.unsettled.push_back(proposal);
        self.under_way.push(bytes);
        self.number += 1;
        self.number
    }

    fn tell(&mut self, post: &mut impl Post, message: &ToHost<'_>) {
        self.message.clear();
        put(&mut self.message, message);
        post.post(PeerId::HOST, &self.message);
    }
}
