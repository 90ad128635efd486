//! What a replica on a member tells of its commits: to those who listen, and to those who ask for verdicts.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use super::{Replica, pending::Pending};
use crate::{
    breaks::{Break, broken},
    core::{
        ObjectId, PeerId, Seq,
        audience::{Rebased, Told},
        transform,
    },
};

/// What was pending before a rebase, for those who are to hear of it.
#[derive(Debug)]
pub(super) struct Before {
    /// What takes it back.
    inverse: Vec<u8>,
    /// What was done of each.
    forms: Vec<Vec<u8>>,
}

/// What was refused here, for those who ask.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    /// The first one that nobody has asked for yet, and how many there were after it.
    unheard: Option<(String, usize)>,
    /// Commits whose verdict is waited for.
    pub(super) watched: BTreeSet<u64>,
    /// Those of them that were refused, and why.
    refused: BTreeMap<u64, String>,
    /// What the host has answered to those of them that have asked.
    answers: BTreeMap<u64, Vec<u8>>,
    /// Those of them to objects that were overwritten or deleted here since, by their objects and numbers.
    pub(super) left: BTreeMap<(ObjectId, u64), u64>,
    /// The creation of the object was refused: no commit to it can count.
    pub(super) has_creation: bool,
}

impl Refusals {
    /// Takes away what whoever asks next is told, for a replica in which the object goes on.
    pub(super) fn take_unheard(&mut self) -> Self {
        Self {
            unheard: self.unheard.take(),
            has_creation: self.has_creation,
            ..Self::default()
        }
    }

    pub(super) fn note(&mut self, ticket: Option<u64>, reason: &str) {
        if let Some(ticket) = ticket.filter(|ticket| self.watched.contains(ticket)) {
            self.refused.insert(ticket, reason.to_owned());
        } else if let Some((_, more)) = &mut self.unheard {
            *more += 1;
        } else {
            self.unheard = Some((reason.to_owned(), 0));
        }
    }
}

impl Replica {
    /// The verdict on a commit that is watched; `None` as long as there is none.
    pub(crate) fn verdict(&self, ticket: u64) -> Option<Result<(), String>> {
        if let Some(reason) = self.refusals.refused.get(&ticket) {
            return Some(Err(reason.clone()));
        }
        let pending = self.pending.binary_search_by_key(&ticket, |own| own.ticket);
        let is_left = self.refusals.left.values().any(|left| *left == ticket);
        (pending.is_err() && !is_left).then_some(Ok(()))
    }

    /// Nobody asks for the verdict any more. A refusal that was not told is one of those for who asks next.
    pub(crate) fn unwatch(&mut self, ticket: u64, is_told: bool) {
        self.refusals.watched.remove(&ticket);
        self.refusals.answers.remove(&ticket);
        let reason = self.refusals.refused.remove(&ticket);
        if let Some(reason) = reason.filter(|_| !is_told) {
            self.refusals.note(None, &reason);
        }
    }

    /// The host's answer to the action in a commit that is watched, if it has told one.
    pub(crate) fn answer(&self, ticket: u64) -> Option<&[u8]> {
        self.refusals.answers.get(&ticket).map(Vec::as_slice)
    }

    /// Notes the host's answer to an action in a commit, if anybody waits for it.
    pub(crate) fn hear_answer(&mut self, object: ObjectId, number: u64, answer: &[u8]) {
        let pending = self.pending.iter().find(|own| own.number == number);
        let pending = pending.filter(|_| self.id == object);
        let ticket = pending.map(|own| own.ticket);
        let left = self.refusals.left.get(&(object, number)).copied();
        let ticket = ticket.or(left);
        if let Some(ticket) = ticket.filter(|ticket| self.refusals.watched.contains(ticket)) {
            self.refusals.answers.insert(ticket, answer.to_vec());
        }
    }

    /// How many commits there are whose verdict is waited for.
    #[cfg(any(test, loom, feature = "simulation"))]
    pub(crate) fn watched(&self) -> usize {
        let Refusals {
            watched,
            refused,
            answers,
            ..
        } = &self.refusals;
        watched.len() + refused.len() + answers.len()
    }

    /// The reason for the first refusal since this was asked last, and how many there were after it.
    pub(crate) fn take_refusals(&mut self) -> Option<(String, usize)> {
        self.refusals.unheard.take()
    }

    /// Notes that the creation of this object was refused.
    pub(crate) fn refuse_created(&mut self, reason: &str) {
        self.refusals.note(None, reason);
        self.refusals.has_creation = true;
    }

    /// Notes the verdict on a commit to an object that was overwritten or deleted here since.
    pub(crate) fn settle_left(&mut self, object: ObjectId, number: u64, verdict: Result<(), &str>) {
        let ticket = self.refusals.left.remove(&(object, number));
        let ticket = ticket.filter(|_| !broken(Break::LeftCounts));
        if let (Some(ticket), Err(reason)) = (ticket, verdict) {
            self.refusals.note(Some(ticket), reason);
        }
    }

    /// What is pending and what takes it back, if anybody is to hear of a rebase.
    pub(super) fn inverse_of_pending(&self) -> Option<Before> {
        if self.audience.is_empty() {
            return None;
        }
        let youngest_first = self.pending.iter().rev().flat_map(Pending::inverse);
        let forms = self.pending.iter().map(|own| own.done().to_vec());
        Some(Before {
            inverse: youngest_first.collect(),
            forms: forms.collect(),
        })
    }

    /// Tells of the open commit, which is about to be a pending one. What leaves nothing behind is told when it is
    /// confirmed, in its place in the order.
    pub(super) fn tell_committed(&self) {
        if !self.audience.is_empty() {
            self.audience.tell(Told::Committed {
                commit: self.tickets,
                patches: &self.lasting(self.recorder.patches()),
            });
        }
    }

    /// Tells of a commit that is confirmed as it stands here what was not told of it before.
    pub(super) fn tell_happened(&self, seq: Seq, patches: &[u8]) {
        if !self.form.has_events || self.audience.is_empty() {
            return;
        }
        let (events, _) = transform::split_events(self.state.schema(), patches);
        let patches = &events;
        self.audience.tell(Told::Happened { seq, patches });
    }

    /// The patches that leave something behind.
    pub(super) fn lasting<'p>(&self, patches: &'p [u8]) -> Cow<'p, [u8]> {
        if self.form.has_events {
            Cow::Owned(transform::split_events(self.state.schema(), patches).1)
        } else {
            Cow::Borrowed(patches)
        }
    }

    /// Tells that what was pending was taken back, then `patches` were applied, then what is pending now was
    /// done again.
    pub(super) fn tell_rebased(
        &mut self,
        seq: Seq,
        origin: PeerId,
        before: Option<Before>,
        patches: &[u8],
    ) {
        let Some(before) = before else { return };
        let mut after = Vec::new();
        for own in &self.pending {
            if !broken(Break::TellHalf) {
                after.extend_from_slice(&self.lasting(own.done()));
            }
        }
        // The commits of others leave as many pending as there were.
        let is_own = self.pending.len() < before.forms.len();
        let forms = before.forms.iter();
        let forms: Vec<_> = forms.map(|form| self.lasting(form)).collect();
        self.audience.tell(Told::Rebased(&Rebased {
            seq,
            origin,
            inverse: &before.inverse,
            commit: patches,
            before: &forms.concat(),
            after: &after,
            is_own,
        }));
    }

    /// The oldest pending commit counts as it stands here, which was told when it was made.
    pub(super) fn settle_oldest(&mut self, seq: Seq) {
        let Some(own) = self.pending.pop_front() else {
            return;
        };
        if broken(Break::TellTwice) {
            self.audience.tell(Told::Patched {
                seq,
                origin: PeerId::HOST,
                patches: own.done(),
            });
        }
        self.tell_happened(seq, own.done());
        self.settle(own.ticket, Ok(seq));
        self.buffers.settled(own);
    }

    /// Tells that the value is another one.
    pub(crate) fn tell_anew(&self) {
        self.audience.tell(Told::Reset { seq: self.seq });
    }

    pub(super) fn settle(&self, commit: u64, verdict: Result<Seq, &str>) {
        self.audience.tell(Told::Settled { commit, verdict });
    }
}
