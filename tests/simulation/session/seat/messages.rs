//! What the host tells a member.

use ipos::simulation::{Asked, Handle, Object, Told, View};

use super::Seat;
use crate::session::{
    counts::Counts,
    ears::Due,
    model::Model,
    proposals::{Commit, Proposal, Verdict},
};

impl Seat {
    /// Takes a message of the host, when there may be `more`.
    pub fn take(&mut self, message: &[u8], more: bool, model: &mut Model, counts: &mut Counts) {
        let told = Told::read(message).expect("5: the host writes what can be read");
        let mut stale = None;
        let due = self.due(&told);
        let is_exact = !self.is_renewing;
        match &told {
            &Told::Accepted { seq, number } => {
                self.keep_untold(seq, number, model);
                self.settle((seq, number), Verdict::Accepted, model);
            }
            Told::Amended {
                seq,
                number,
                patches,
            } => {
                counts.amended += 1;
                self.settle((*seq, *number), Verdict::Amended(patches), model);
            }
            Told::Acted {
                seq,
                number,
                patches,
                ..
            } => {
                counts.acted += 1;
                self.keep_untold(*seq, *number, model);
                let patches = patches.as_deref();
                self.settle((*seq, *number), Verdict::Acted(patches), model);
            }
            Told::Rejected {
                seq,
                number,
                reason,
            }
            | Told::Failed {
                seq,
                number,
                reason,
                ..
            } => {
                counts.refusals_heard += 1;
                self.settle((*seq, *number), Verdict::Rejected(reason), model);
            }
            &Told::Stale { number } => {
                counts.stale += 1;
                stale = Some((number, self.pending_with(number)));
            }
            &Told::Resumed { taken, anew } => {
                self.proposals.arrived(taken);
                self.is_renewing = anew;
                match anew {
                    true => counts.resyncs_anew += 1,
                    false => counts.resyncs_by_log += 1,
                }
            }
            Told::Live { .. } => {
                if self.is_renewing {
                    self.lacking.clear();
                }
                (self.is_renewing, self.is_joining) = (false, false);
                self.untold.clear();
            }
            Told::Resync => self.arriving = None,
            Told::Object {
                seq,
                object,
                key,
                length,
                ..
            } => {
                self.arriving = Some((*object, key.clone(), *seq, *length));
                self.arrive(0, model);
            }
            Told::Chunk(bytes) => self.arrive(bytes.len() as u64, model),
            &Told::Commit { seq, object, .. } if self.is_hidden(object, model) => {
                self.note_applied(object, seq);
            }
            Told::Deleted { key, .. } => drop(self.lacking.remove(key)),
            _ => {}
        }
        let received = match more {
            true => self.member.gather(message),
            false => self.member.receive(message),
        };
        received.unwrap_or_else(|error| panic!("5: {} does not take a message: {error}", self.id));
        if let Some((number, pending)) = stale {
            self.renew(number, pending, model);
        }
        self.check_verdicts();
        self.known.append(&mut self.proposals.verdicts);
        self.collect(model);
        let (adopted, born) = std::mem::take(&mut self.found);
        counts.adopted += adopted;
        counts.born += born;
        if let Some(due) = due {
            self.ears.check_verdict(&due, is_exact);
        }
    }

    /// The verdict that a message says.
    pub(super) fn due(&self, told: &Told) -> Option<Due> {
        let (number, verdict) = match told {
            &Told::Accepted { seq, number } | &Told::Amended { seq, number, .. } => {
                (number, Ok(seq))
            }
            Told::Rejected { number, reason, .. } => (*number, Err(reason.clone())),
            _ => return None,
        };
        let (handle, view) = self.pending_with(number)?;
        if self.refused.contains(&view.object) {
            // It waits for the object that the host has, and what is pending with it.
            return None;
        }
        let mut pending = view.pending.into_iter();
        let pending = pending.find(|pending| pending.number == number)?;
        Some((handle, pending.ticket, verdict))
    }

    /// Is done with what it has taken.
    pub fn rest(&mut self, model: &Model) {
        let rested = self.member.rest();
        rested.unwrap_or_else(|error| panic!("5: {} does not take it: {error}", self.id));
        self.collect(model);
    }

    /// The object that is held here with a pending commit of this number.
    pub(super) fn pending_with(&self, number: u64) -> Option<(Handle, View)> {
        let keys = self.member.keys().into_iter();
        let mut handles = keys.filter_map(|key| self.member.named(&key));
        handles.find_map(|handle| {
            let view = handle.view();
            let has = view.pending.iter().any(|pending| pending.number == number);
            has.then_some((handle, view))
        })
    }

    /// A commit is stale: with those that were made after it, it is proposed again.
    pub(super) fn renew(&mut self, stale: u64, pending: Option<(Handle, View)>, model: &mut Model) {
        let again = pending.map(|(handle, before)| {
            let now = handle.view().pending;
            let again = before.pending.iter().map(|old| {
                let mut now = now.iter();
                let new = now.find(|new| new.ticket == old.ticket);
                let new = new.expect("8: what is stale is pending");
                (old.number, new.number)
            });
            again.collect()
        });
        self.proposals.renew(self.id, stale, again, model);
    }

    /// While all objects are given anew it is not told how a commit was amended. It is shown as it was
    /// until its object is given. What came too late for an object is shown until the next one is given.
    pub(super) fn keep_untold(&mut self, seq: u64, number: u64, model: &Model) {
        let Some((_, view)) = self.pending_with(number) else {
            return;
        };
        // What is pending in an object that is not to be is shown until the one follows that is.
        if self.refused.contains(&view.object) {
            return;
        }
        if self.is_renewing || model.was_gone(view.object, seq) {
            let form = view.pending.into_iter().next();
            let form = form.expect("it is pending").form;
            self.untold.entry(view.object).or_default().push(form);
        }
    }

    /// More of an object arrives.
    pub(super) fn arrive(&mut self, bytes: u64, model: &mut Model) {
        let Some((.., missing)) = &mut self.arriving else {
            return;
        };
        *missing -= bytes;
        if *missing > 0 {
            return;
        }
        let Some((object, key, seq, _)) = self.arriving.take() else {
            unreachable!("it was just seen");
        };
        self.lacking.remove(&key);
        if self.hides(&key) {
            self.note_applied(object, seq);
        }
        self.untold.remove(&object);
        let held = self.member.named(&key).map(|handle| handle.view());
        let held = held.filter(|held| !held.pending.is_empty());
        // What is pending is done again on the new value as it is.
        if held.is_some_and(|held| {
            let is_same = held.object == object;
            let is_changed = is_same && model.was_changed(object, (held.seq, seq), self.id);
            held.object.is_orphan() || is_changed
        }) {
            model.lose_meaning(object);
        }
    }

    /// The verdict is on the oldest proposal, and is what everybody heard.
    pub(super) fn settle(&mut self, place: (u64, u64), verdict: Verdict<'_>, model: &mut Model) {
        let untold = self.is_renewing;
        let settled = self
            .proposals
            .settle(self.id, place, verdict, untold, model);
        if let Proposal::Commit(Commit { object, .. }) | Proposal::Create { object, .. } = &settled
        {
            self.note_applied(*object, place.0);
        }
        match (settled, verdict) {
            (Proposal::Create { object, key }, Verdict::Rejected(_)) => {
                self.refused.insert(object);
                self.lack(place, key, model);
            }
            (Proposal::Create { object, key }, _) => {
                self.created.remove(&object);
                // What the host had before need not follow.
                self.lacking.remove(&key);
            }
            (Proposal::Delete { key }, Verdict::Rejected(_)) => self.lack(place, key, model),
            (Proposal::Delete { key }, _) => drop(self.lacking.remove(&key)),
            _ => {}
        }
    }

    pub(super) fn note_applied(&mut self, object: Object, seq: u64) {
        let applied = self.applied.entry(object).or_default();
        *applied = seq.max(*applied);
    }

    /// Whether something was done here with the key of an object that comes later.
    pub(super) fn is_hidden(&self, object: Object, model: &Model) -> bool {
        self.hides(model.key(object))
    }

    /// What was done with a key was refused.
    pub(super) fn lack(&mut self, (seq, _): (u64, u64), key: String, model: &Model) {
        let refusal = model.refusal_at(seq);
        if refusal.is_some_and(|refusal| refusal.follows) {
            self.lacking.insert(key);
        }
    }

    /// Takes what the member has posted to its link.
    pub fn collect(&mut self, model: &Model) {
        let messages = self.member.take_outgoing();
        let read = |message: &Vec<u8>| Asked::read(message);
        let asked: Result<Vec<_>, _> = messages.iter().map(read).collect();
        let asked = asked.expect("5: members write what can be read");
        self.note_proposed(&asked);
        for (message, asked) in messages.into_iter().zip(asked) {
            match asked {
                Asked::Commit {
                    number,
                    base,
                    patches,
                    acts,
                    ..
                } => {
                    let acts_on = (!acts.is_empty()).then_some(base);
                    self.proposals.tell(number, Some(patches), acts_on);
                }
                Asked::Create { number, .. } | Asked::Delete { number, .. } => {
                    self.proposals.tell(number, None, None);
                }
                _ => {}
            }
            if !self.is_cut {
                self.to_host.push(message);
            }
        }
        self.check(model);
    }
}
