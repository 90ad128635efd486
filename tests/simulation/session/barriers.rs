//! Waiting until every live member has applied what was ordered.

use std::collections::BTreeSet;

use ipos::{
    PeerId,
    simulation::{Object, Told},
};

use super::{
    step::{Actor, Who},
    world::World,
};

/// How many barriers a process waits for at once.
const MOST: usize = 8;

/// A barrier that somebody waits for, or has given up.
pub struct Barrier {
    actor: Actor,
    from: PeerId,
    nonce: u64,
    /// Since it was begun, and since the host has heard of it, maybe more than once.
    waits: Vec<Wait>,
    is_given_up: bool,
}

/// Who has to have applied what.
struct Wait {
    live: BTreeSet<PeerId>,
    changes: Vec<(Object, u64)>,
    /// What has a place behind this may not have ended.
    seq: u64,
}

impl World {
    /// The members that were told that they are in sync.
    fn live(&self) -> BTreeSet<PeerId> {
        let seats = self.seats.values();
        let seats = seats.filter(|seat| seat.host.is_live && !seat.is_cut);
        seats.map(|seat| seat.id).collect()
    }

    fn wait_for_all(&self) -> Wait {
        Wait {
            live: self.live(),
            changes: self.model.all(),
            seq: self.model.seq,
        }
    }

    pub(super) fn begin_to_wait(&mut self, actor: Actor) {
        let open = self.barriers.iter();
        let open = open.filter(|barrier| barrier.actor == actor && !barrier.is_given_up);
        if open.count() >= MOST {
            return;
        }
        let live = self.live();
        let (from, nonce, wait) = match actor {
            Actor::Host => (PeerId::HOST, self.host.barrier(), self.wait_for_all()),
            Actor::Member(who) => {
                let seat = self.seats.get_mut(&who).filter(|seat| seat.acts());
                let Some(seat) = seat else { return };
                let wait = Wait {
                    live,
                    changes: seat.confirmed(),
                    seq: 0,
                };
                let nonce = seat.member.barrier();
                seat.collect(&self.model);
                (seat.id, nonce, wait)
            }
        };
        self.barriers.push(Barrier {
            actor,
            from,
            nonce,
            waits: vec![wait],
            is_given_up: false,
        });
        self.counts.barriers += 1;
        self.tell(|_| format!("{actor:?} begins to wait for all by {nonce}"));
        self.collect();
    }

    pub(super) fn give_up(&mut self, actor: Actor) {
        let mut open = self.barriers.iter_mut();
        let oldest = open.find(|barrier| barrier.actor == actor && !barrier.is_given_up);
        let Some(oldest) = oldest else { return };
        oldest.is_given_up = true;
        let nonce = oldest.nonce;
        match actor {
            Actor::Host => self.host.give_up(nonce),
            Actor::Member(who) => {
                let Some(seat) = self.seats.get_mut(&who) else {
                    return;
                };
                seat.member.give_up(nonce);
                seat.collect(&self.model);
            }
        }
        self.counts.given_up += 1;
        self.tell(|_| format!("{actor:?} does not wait by {nonce} any more"));
    }

    /// Nobody waits for a member that is cut off.
    pub(super) fn wait_without(&mut self, id: PeerId) {
        let waits = self.barriers.iter_mut();
        for wait in waits.flat_map(|barrier| &mut barrier.waits) {
            wait.live.remove(&id);
        }
    }

    /// The host is another one: it is asked again.
    pub(super) fn forget_barriers(&mut self) {
        let seats = &self.seats;
        self.barriers.retain(|barrier| match barrier.actor {
            Actor::Host => false,
            Actor::Member(who) => seats.contains_key(&who) && !barrier.is_given_up,
        });
        for barrier in &mut self.barriers {
            let Actor::Member(who) = barrier.actor else {
                continue;
            };
            barrier.from = self.seats[&who].id;
            barrier.waits = vec![Wait {
                live: BTreeSet::new(),
                changes: Vec::new(),
                seq: 0,
            }];
        }
    }

    /// The host hears that a member waits.
    pub(super) fn begin_barrier(&mut self, who: Who, nonce: u64) {
        let wait = self.wait_for_all();
        let mut barriers = self.barriers.iter_mut();
        let begun = barriers
            .find(|barrier| (barrier.actor, barrier.nonce) == (Actor::Member(who), nonce))
            .expect("a member tells what it waits for");
        begun.waits.push(wait);
    }

    /// The host tells a member that a barrier was passed.
    pub(super) fn note_passed(&mut self, to: PeerId, message: &[u8]) {
        let Ok(Told::Passed { nonce }) = Told::read(message) else {
            return;
        };
        let mut barriers = self.barriers.iter();
        let passed = barriers.find(|barrier| (barrier.from, barrier.nonce) == (to, nonce));
        let passed = passed.expect("barriers are not forgotten");
        let heard = passed.waits.get(1).expect("the host has heard of it");
        self.check_applied(heard, to, nonce);
    }

    /// Looks which barriers were passed.
    pub(super) fn check_barriers(&mut self) {
        let barriers = std::mem::take(&mut self.barriers);
        for barrier in barriers {
            let is_passed = match barrier.actor {
                Actor::Host => self.host.has_passed(barrier.nonce),
                Actor::Member(who) => match self.seats.get(&who) {
                    Some(seat) => seat.member.has_passed(barrier.nonce),
                    None => continue,
                },
            };
            if is_passed && !barrier.is_given_up {
                self.check_applied(&barrier.waits[0], barrier.from, barrier.nonce);
                self.counts.passed += 1;
                let (actor, nonce) = (barrier.actor, barrier.nonce);
                self.tell(|_| format!("what {actor:?} waits for by {nonce} has come about"));
            }
            // The host may still say so.
            self.barriers.push(Barrier {
                is_given_up: barrier.is_given_up || is_passed,
                ..barrier
            });
        }
    }

    fn check_applied(&self, wait: &Wait, from: PeerId, nonce: u64) {
        let live = |id: &PeerId| self.seats.values().find(|seat| seat.id == *id);
        for seat in wait.live.iter().filter_map(live) {
            for &(object, seq) in &wait.changes {
                assert!(
                    seat.has_applied(object, seq, &self.model),
                    "barrier {nonce} of {from} is passed, and {} has not applied {seq} to {object:?}",
                    seat.id
                );
            }
            for key in seat.member.keys() {
                let held = seat.member.named(&key).map(|handle| handle.marks().0);
                let has_ended = held.is_some_and(|held| self.model.was_gone(held, wait.seq));
                assert!(
                    !has_ended,
                    "barrier {nonce} of {from} is passed, and {} still has {held:?}",
                    seat.id
                );
            }
        }
    }

    pub(super) fn check_barriers_at_rest(&mut self) {
        self.check_barriers();
        let open = self.barriers.iter().find(|barrier| !barrier.is_given_up);
        if let Some(Barrier { actor, nonce, .. }) = open {
            panic!("8: what {actor:?} waits for by {nonce} does not come about");
        }
        self.barriers.clear();
    }
}
