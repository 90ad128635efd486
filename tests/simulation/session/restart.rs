//! The host is started again: a new order begins, and each member finds again what it held, or does not.

use std::collections::BTreeMap;

use ipos::{
    PeerId,
    simulation::{Asked, Host},
};

use super::{
    ears::Ears,
    model::Model,
    proposals::{Commit, Proposal},
    random::Random,
    seat::{HostPart, Seat},
    shadow::Shadow,
    step::{Actor, Who},
    values::{self, Kind},
    world::World,
};

impl World {
    /// Another host takes the place of this one, with some of its state.
    pub(super) fn restart(&mut self, script: u64) {
        let random = &mut Random::new(script);
        self.tell(|_| "the host is started again".to_owned());
        // Who has never been in sync gives up.
        self.seats.retain(|_, seat| seat.member.is_live());
        for seat in self.seats.values_mut() {
            seat.lose_host(&self.model);
        }
        let values = self.model.begin_anew();
        self.host = Host::new(self.memory);
        self.ears = Ears::new(PeerId::HOST, self.ears.is_deaf());
        self.shadow = Shadow::of(PeerId::HOST);
        self.checked.clear();
        self.admit_observer();
        let is_early = random.percent(50);
        if is_early {
            self.begin_anew();
        }
        for (key, (value, is_vague)) in values {
            match random.below(4) {
                0 | 1 => {
                    values::restore(&mut self.host, &key, value);
                    self.collect();
                    if is_vague {
                        self.model.lose_meaning(self.model.names[&key]);
                    }
                }
                2 => {
                    let kinds = [Kind::Deep, Kind::Words, Kind::BoxedWords, Kind::Ledger];
                    let kind = kinds[random.below(kinds.len())];
                    self.create(Actor::Host, &key, (kind, None), random.next());
                }
                _ => {}
            }
        }
        if !is_early {
            self.begin_anew();
        }
        self.counts.restarted += 1;
    }

    /// All members come to the new host.
    fn begin_anew(&mut self) {
        let all: Vec<Who> = self.seats.keys().copied().collect();
        for who in all {
            let id = self.host.admit();
            let seat = self.seats.get_mut(&who).expect("it was just listed");
            seat.begin_anew(id, &self.model);
            self.tell(|_| format!("member {who} comes to the new host as {id}"));
            self.collect();
        }
        self.forget_barriers();
    }

    /// The new host was given time to have what the one before had.
    pub(super) fn disown(&mut self, who: Who) -> bool {
        let Some(seat) = self.seats.get_mut(&who).filter(|seat| !seat.is_joining) else {
            return false;
        };
        let count = seat.disown(&self.model);
        self.counts.disowned += count as u64;
        if count > 0 {
            self.tell(|_| format!("member {who} gives up {count} objects"));
        }
        count > 0
    }
}

impl Seat {
    /// Notes what is confirmed of each object, since the host is gone.
    fn lose_host(&mut self, model: &Model) {
        self.rest(model);
        for key in self.member.keys() {
            let Some((view, value)) = self.view(&key) else {
                continue;
            };
            let is_refused = self.refused.contains(&view.object);
            let base = match is_refused {
                // It is shown until the one follows that the host has, and nothing is pending in it any more.
                true => value,
                false => self.base(&view, model),
            };
            if self.created.contains_key(&view.object) && !is_refused {
                self.unborn.insert(key.clone(), view.object);
            }
            self.bases.insert(key, base);
        }
    }

    /// Comes to another host.
    fn begin_anew(&mut self, id: PeerId, model: &Model) {
        self.to_host.messages.clear();
        self.to_member.messages.clear();
        (self.id, self.is_cut, self.has_left) = (id, false, false);
        (self.is_joining, self.is_renewing, self.arriving) = (true, false, None);
        self.host = HostPart {
            is_giving: true,
            must_tell_live: true,
            ..HostPart::default()
        };
        self.lacking.clear();
        self.untold.clear();
        self.applied.clear();
        self.checked.clear();
        self.refused.clear();
        self.created.clear();
        self.orphans.clear();
        self.member.cut_off().expect("what had come was understood");
        self.member.rejoin(id);
        self.proposals.begin_anew();
        for (key, base) in std::mem::take(&mut self.bases) {
            let handle = self.member.named(&key).expect("what was held is held");
            let orphan = handle.marks().0;
            assert!(orphan.is_orphan(), "no host has `{key}`: {orphan:?}");
            self.orphans.insert(orphan, base);
            if let Some(unborn) = self.unborn.get_mut(&key) {
                *unborn = orphan;
            }
        }
        self.shadow.hear(self.member.take_noticed());
        self.shadow.rejoin(id);
        self.ears.rejoin(id);
        self.collect(model);
    }

    /// Ends what the new host does not have; gives how many that are.
    fn disown(&mut self, model: &Model) -> usize {
        let count = self.waiting_orphans();
        self.member.disown();
        assert_eq!(self.waiting_orphans(), 0, "all of them have ended");
        self.collect(model);
        count
    }

    /// How many objects wait for a host to have them.
    fn waiting_orphans(&self) -> usize {
        let keys = self.member.keys().into_iter();
        let held = keys.filter(|key| !self.unborn.contains_key(key));
        let handles = held.filter_map(|key| self.member.named(&key));
        handles
            .filter(|handle| handle.marks().0.is_orphan())
            .count()
    }

    /// Whether something was done with a key that the host has not decided on.
    pub(super) fn hides(&self, key: &str) -> bool {
        self.unborn.contains_key(key) || self.proposals.hide(key)
    }

    /// What was pending in orphans may have been proposed by now, or been dropped.
    pub(super) fn note_proposed(&mut self, asked: &[Asked]) {
        if self.proposals.waiting.is_empty() && self.unborn.is_empty() {
            return;
        }
        let last = self.proposals.last();
        let mut new = BTreeMap::new();
        for asked in asked {
            let Asked::Create {
                number,
                object,
                key,
                ..
            } = asked
            else {
                continue;
            };
            let Some(orphan) = self.unborn.get(key).filter(|_| *number > last) else {
                continue;
            };
            let base = self.orphans.remove(orphan).expect("it was held");
            self.created.insert(*object, base);
            self.unborn.remove(key);
            let (object, key) = (*object, key.clone());
            new.insert(*number, Proposal::Create { object, key });
            self.found.1 += 1;
        }
        for commit in std::mem::take(&mut self.proposals.waiting) {
            let view = commit.handle.view();
            let mut pending = view.pending.iter();
            let Some(own) = pending.find(|own| own.ticket == commit.ticket) else {
                self.proposals.dropped_waiting(&commit);
                continue;
            };
            if view.object.is_orphan() {
                self.proposals.waiting.push(commit);
                continue;
            }
            let object = view.object;
            new.insert(own.number, Proposal::Commit(Commit { object, ..commit }));
            self.found.0 += 1;
        }
        for (number, proposal) in new {
            let next = self.proposals.add(proposal);
            assert_eq!(number, next, "8: proposals are numbered without a gap");
        }
        self.check_verdicts();
        self.known.append(&mut self.proposals.verdicts);
    }
}
