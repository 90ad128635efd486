//! A member whose host is gone, and that has come to another one: the new host's state is the truth. What this member
//! holds are *orphans*, until that host has an object of the same key and form, or is told of one that was created
//! here.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::Arc,
};

use super::{Member, Parcel, Proposal, Resync, UnderWay};
use crate::{
    breaks::{Break, broken},
    core::{Dealt, Exchange, ObjectId, PeerId, Post, Profile, Replica},
};

/// Objects whose host is gone.
#[derive(Debug, Default)]
pub(super) struct Orphans {
    /// How many there were.
    count: u32,
    /// The proposals that the host has dealt with, though not all verdicts are known.
    dealt: Dealt,
    /// Those that another host may have, and how many bytes are pending in them.
    waiting: BTreeMap<ObjectId, usize>,
    /// Those that were created here, of which no host has heard, and how many bytes are pending in them, with those of
    /// the object.
    unborn: BTreeMap<ObjectId, (Arc<Parcel>, usize)>,
    /// How many bytes are pending in all.
    bytes: usize,
}

impl Orphans {
    /// So many bytes are committed to an orphan.
    pub(super) fn written(&mut self, orphan: ObjectId, bytes: usize) {
        let unborn = self.unborn.get_mut(&orphan).map(|(_, pending)| pending);
        if let Some(pending) = self.waiting.get_mut(&orphan).or(unborn) {
            *pending += UnderWay::of(bytes);
            self.bytes += UnderWay::of(bytes);
        }
    }

    /// Whether nothing waits for a host.
    pub(super) fn are_settled(&self) -> bool {
        self.bytes == 0
    }

    /// How many bytes wait for a host.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Notes an orphan in which so much is pending, and of which no host has heard if it was `created` here.
    fn add(&mut self, orphan: ObjectId, pending: usize, created: Option<Arc<Parcel>>) {
        self.bytes += pending;
        let Some(parcel) = created else {
            self.waiting.insert(orphan, pending);
            return;
        };
        let bytes = UnderWay::of(parcel.bytes());
        self.bytes += bytes;
        self.unborn.insert(orphan, (parcel, pending + bytes));
    }

    pub(super) fn forget(&mut self, orphan: ObjectId) {
        self.bytes -= self.waiting.remove(&orphan).unwrap_or(0);
        self.take_unborn(orphan);
    }

    fn take_unborn(&mut self, orphan: ObjectId) -> Option<Arc<Parcel>> {
        let (parcel, bytes) = self.unborn.remove(&orphan)?;
        self.bytes -= bytes;
        Some(parcel)
    }
}

impl<C: Clone> Member<C> {
    /// Joins the session of another host, as its member `me`. Nothing of that is to be taken before all that is held
    /// [is orphaned](Self::held_of_a_host). The host has `dealt` with some of the proposals. Gives the other members that
    /// there were.
    pub(crate) fn rejoin(
        &mut self,
        me: PeerId,
        exchange: Exchange,
        dealt: Dealt,
    ) -> Vec<(PeerId, Profile)> {
        self.me = me;
        self.exchange = exchange;
        self.arrivals.drop_open();
        self.heard = 0;
        self.resync = Some(Resync::of_joining());
        self.asked_barrier = None;
        self.awaited.clear();
        self.orphans.dealt = dealt;
        self.names.begin_anew();
        std::mem::take(&mut self.presence).into_all()
    }

    /// Objects of the host that is gone in whose place others were put here: nobody will say what became of what was
    /// done to them.
    pub(crate) fn take_hidden(&mut self) -> Vec<C> {
        std::mem::take(&mut self.hidden).into_values().collect()
    }

    /// The keys of objects that the host that is gone had, or that it was to have: for [`orphan`](Self::orphan).
    /// When there are none, what was proposed to it is forgotten.
    pub(crate) fn held_of_a_host(&mut self) -> Vec<(Arc<str>, C)> {
        let (mut held, mut unheld) = (Vec::new(), Vec::new());
        for (key, object) in self.names.of_a_host() {
            match self.objects.get(&object) {
                Some(cell) => held.push((key.clone(), cell.clone())),
                None => unheld.push(key.clone()),
            }
        }
        for key in unheld {
            self.names.forget(&key);
        }
        if held.is_empty() {
            self.number = 0;
            self.unsettled = VecDeque::new();
            self.under_way = UnderWay::default();
            // The numbers of what others propose meanwhile begin anew.
            self.orphans.dealt = Dealt::default();
        }
        held
    }

    /// Makes the object under a key an orphan.
    pub(crate) fn orphan(&mut self, key: &str, replica: &mut Replica) {
        let old = self.names.now(key).filter(|old| !old.is_orphan());
        let Some((old, cell)) = old.and_then(|old| Some((old, self.objects.remove(&old)?))) else {
            return;
        };
        let dealt = &self.orphans.dealt;
        let mut proposals = (self.settled() + 1..).zip(&self.unsettled);
        let created = proposals.find_map(|(number, proposal)| match proposal {
            // If the host has it, it is found there.
            Proposal::Create(parcel, _) if parcel.object == old && number > dealt.taken => {
                Some(parcel.clone())
            }
            _ => None,
        });
        let taken = dealt.taken_for(old);
        self.orphans.count += 1;
        let orphan = ObjectId::orphan(self.orphans.count);
        replica.orphan(orphan, taken);
        self.objects.insert(orphan, cell);
        self.names.orphan(key, orphan, created.is_some());
        let pending = replica.pending_sizes().map(UnderWay::of).sum();
        self.orphans.add(orphan, pending, created);
    }

    /// This member does something with a key. If an orphan is under it, that is given up.
    pub(super) fn leave_orphan(&mut self, key: &str) {
        if let Some(orphan) = self.names.leave_orphan(key) {
            self.forget(orphan);
        }
    }

    /// Proposes what is pending in an orphan that the host has.
    pub(crate) fn adopted(&mut self, replica: &mut Replica, post: &mut impl Post) {
        if broken(Break::ForgetOrphaned) {
            return;
        }
        let object = replica.id();
        replica.propose_all(|terms, draft| {
            let number = self.propose(Proposal::Commit(object), draft.patches.len());
            self.tell_commit(number, object, terms, draft, post);
            number
        });
    }

    /// The next orphan that is to be proposed to the host, by [`bear`](Self::bear).
    pub(crate) fn unborn(&mut self) -> Option<C> {
        if self.resync.is_some() || broken(Break::Unborn) {
            return None;
        }
        loop {
            let &orphan = self.orphans.unborn.keys().next()?;
            match self.objects.get(&orphan) {
                Some(cell) => return Some(cell.clone()),
                None => self.orphans.forget(orphan),
            }
        }
    }

    /// Proposes to create an orphan, and all that is pending in it.
    pub(crate) fn bear(&mut self, replica: &mut Replica, post: &mut impl Post) {
        let orphan = replica.id();
        let Some(parcel) = self.orphans.take_unborn(orphan) else {
            return;
        };
        let object = self.next_object();
        let parcel = Arc::new(Parcel {
            object,
            ..Parcel::clone(&parcel)
        });
        if let Some(cell) = self.objects.remove(&orphan) {
            self.objects.insert(object, cell);
        }
        self.names.bear(&parcel.key, object);
        replica.adopted(object);
        let number = self.propose(Proposal::Create(parcel.clone(), None), parcel.bytes());
        self.tell_created(number, &parcel, post);
        self.adopted(replica, post);
    }

    /// An orphan that the host does not have, for [`disown`](Self::disown), once it was given time.
    pub(crate) fn waiting_orphan(&self) -> Option<(ObjectId, C)> {
        let mut waiting = self.orphans.waiting.keys();
        waiting.find_map(|&orphan| Some((orphan, self.objects.get(&orphan)?.clone())))
    }

    /// There is no object under a key, since the host has not got the orphan that was.
    pub(crate) fn disown(&mut self, key: &str) {
        self.leave_orphan(key);
        self.deleted.note(key);
    }
}
