//! What a replica on a member tells of its commits: to those who listen, and to those who ask for verdicts.

use std::collections::{BTreeMap, BTreeSet};

use super::{Replica, pending::Pending};
use crate::{
    breaks::{Break, broken},
    core::{ObjectId, PeerId, Seq, audience::Told},
};

/// What was refused here, for those who ask.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    /// The first one that nobody has asked for yet, and how many there were after it.
    unheard: Option<(String, usize)>,
    /// Commits whose verdict is waited for.
    pub(super) watched: BTreeSet<u64>,
    /// Those of them that were refused, and why.
    refused: BTreeMap<u64, String>,
    /// Those of them to objects that were overwritten or deleted here since, by their objects and numbers.
    pub(super) left: BTreeMap<(ObjectId, u64), u64>,
    /// The creation of the object was refused: no commit to it can count.
    pub(super) has_creation: bool,
}

impl Refusals {
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
        let reason = self.refusals.refused.remove(&ticket);
        if let Some(reason) = reason.filter(|_| !is_told) {
            self.refusals.note(None, &reason);
        }
    }

    /// How many commits there are whose verdict is waited for.
    #[cfg(feature = "simulation")]
    pub(crate) fn watched(&self) -> usize {
        self.refusals.watched.len() + self.refusals.refused.len()
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

    /// What takes back all that is pending, if anybody is to hear of it.
    pub(super) fn inverse_of_pending(&self) -> Option<Vec<u8>> {
        let youngest_first = self.pending.iter().rev().flat_map(Pending::inverse);
        (!self.audience.is_empty()).then(|| youngest_first.collect())
    }

    /// Tells that what was pending was taken back, then `patches` were applied, then what is pending now was
    /// done again.
    pub(super) fn tell_rebased(
        &mut self,
        seq: Seq,
        origin: PeerId,
        before: Option<Vec<u8>>,
        patches: &[u8],
    ) {
        let Some(before) = before else { return };
        let mut rebased = vec![&before[..], patches];
        if !broken(Break::TellHalf) {
            rebased.extend(self.pending.iter().map(Pending::form));
        }
        self.audience.tell(Told::Patched {
            seq,
            origin,
            patches: &rebased,
        });
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
                patches: &[own.form()],
            });
        }
        self.settle(own.ticket, Ok(seq));
    }

    /// Tells that the value is another one.
    pub(crate) fn tell_anew(&self) {
        self.audience.tell(Told::Reset { seq: self.seq });
    }

    pub(super) fn settle(&self, commit: u64, verdict: Result<Seq, &str>) {
        self.audience.tell(Told::Settled { commit, verdict });
    }
}
