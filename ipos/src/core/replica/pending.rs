//! A replica on a member: commits that are not confirmed yet, and how they are carried over what is.

use std::collections::{BTreeMap, BTreeSet};

use super::{Life, Replica, host::LOST};
use crate::{
    breaks::{Break, broken},
    core::{
        ObjectId, Seq,
        commit::{self, Applied},
        message::Terms,
        transform::{Meeting, Moved, carried},
    },
    recorder::UndoLog,
    wire::{DecodeError, Problem},
};

/// A commit that was made here and is not confirmed.
#[derive(Debug)]
pub(super) struct Pending {
    /// Counts the commits that were made here.
    ticket: u64,
    /// The number that it was proposed by last.
    number: u64,
    /// It counts as a whole or not at all.
    whole: bool,
    /// A part of it has lost its object while it was moved.
    has_lost: bool,
    /// What was proposed.
    sent: Vec<u8>,
    /// What that is by now, moved over what came in since; `None` as long as it is the same.
    moved: Option<Vec<u8>>,
    /// What of the form could be done on the state as it is now, if that is not all.
    done: Applied,
    undo: UndoLog,
}

impl Pending {
    /// What it is by now.
    fn form(&self) -> &[u8] {
        self.moved.as_ref().unwrap_or(&self.sent)
    }

    fn done(&self) -> &[u8] {
        match &self.done {
            Applied::Whole => self.form(),
            Applied::Rest(rest) => rest,
        }
    }

    /// What takes back what was done, in the form of a commit.
    fn inverse(&self) -> Vec<u8> {
        self.undo.patches().flatten().copied().collect()
    }
}

/// How many commits may be pending before the next one waits; and how many, when others write at the same
/// places, since each commit of theirs is then carried over each of these.
const WINDOW: usize = 1 << 16;
const CONTENDED_WINDOW: usize = 256;

/// What was refused here, for those who ask.
#[derive(Debug, Default)]
pub(super) struct Refusals {
    /// The first one that nobody has asked for yet, and how many there were after it.
    unheard: Option<(String, usize)>,
    /// Commits whose verdict is waited for.
    watched: BTreeSet<u64>,
    /// Those of them that were refused, and why.
    refused: BTreeMap<u64, String>,
}

impl Refusals {
    fn note(&mut self, ticket: Option<u64>, reason: &str) {
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
    /// The terms on which the next commit is proposed.
    pub(crate) fn terms(&self, whole: bool) -> Terms {
        Terms {
            base: self.base,
            anew: false,
            whole,
        }
    }

    /// Makes the open commit a pending one, under the number that it is proposed by.
    pub(crate) fn commit_pending(&mut self, number: u64, whole: bool) {
        self.tickets += 1;
        if whole {
            self.refusals.watched.insert(self.tickets);
        }
        self.pending.push_back(Pending {
            ticket: self.tickets,
            number,
            whole,
            has_lost: false,
            sent: self.recorder.patches.clone(),
            moved: None,
            done: Applied::Whole,
            undo: std::mem::take(&mut self.recorder.undo),
        });
        self.recorder.clear();
        self.version += 1;
    }

    /// Whether the host has ordered the object's creation, or it has ended.
    pub(crate) fn is_created(&self) -> bool {
        self.seq > 0 || !matches!(self.life, Life::Live)
    }

    /// Counts the commits that were made here, up to the youngest that is not confirmed.
    pub(crate) fn last_pending(&self) -> Option<u64> {
        self.pending.back().map(|pending| pending.ticket)
    }

    /// Counts the commits that were made here, up to the oldest that is not confirmed.
    pub(crate) fn first_pending(&self) -> Option<u64> {
        self.pending.front().map(|pending| pending.ticket)
    }

    /// The pending commits: their numbers, and what they are by now.
    #[cfg(any(test, feature = "simulation"))]
    pub(crate) fn pending_forms(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let pending = self.pending.iter();
        pending.map(|pending| (pending.number, pending.form()))
    }

    /// Whether so many commits are pending that the next one should wait.
    pub(crate) fn is_full(&self) -> bool {
        self.pending.len() >= self.window()
    }

    /// Whether one that waits can go on, and some more after it.
    pub(crate) fn has_room(&self) -> bool {
        self.pending.len() <= self.window() / 2
    }

    fn window(&self) -> usize {
        if self.is_contended {
            CONTENDED_WINDOW
        } else {
            WINDOW
        }
    }

    /// The confirmed value, and whether the pending commits have been moved.
    #[cfg(test)]
    pub(crate) fn into_confirmed(mut self) -> (Box<dyn crate::core::State>, bool) {
        let is_moved = self.pending.iter().any(|pending| pending.moved.is_some());
        self.undo_pending();
        (self.state, is_moved)
    }

    /// The verdict on a commit that is watched; `None` as long as there is none.
    pub(crate) fn verdict(&self, ticket: u64) -> Option<Result<(), String>> {
        if let Some(reason) = self.refusals.refused.get(&ticket) {
            return Some(Err(reason.clone()));
        }
        let is_pending = self.pending.iter().any(|pending| pending.ticket == ticket);
        (!is_pending).then_some(Ok(()))
    }

    /// Nobody asks for the verdict any more.
    pub(crate) fn unwatch(&mut self, ticket: u64) {
        self.refusals.watched.remove(&ticket);
        self.refusals.refused.remove(&ticket);
    }

    /// The reason for the first refusal since this was asked last, and how many there were after it.
    pub(crate) fn take_refusals(&mut self) -> Option<(String, usize)> {
        self.refusals.unheard.take()
    }

    /// Notes that the creation of this object was refused.
    pub(crate) fn note_refusal(&mut self, reason: &str) {
        self.refusals.note(None, reason);
    }

    /// Applies a commit that another process made and the host has confirmed: below the pending
    /// ones. What touches none of them is done on top of them, which comes to the same. Else they are
    /// undone, moved over it and done again. One that was applied before is left out: a member that has
    /// missed something may be told too much.
    ///
    /// # Errors
    ///
    /// When it does not apply, which no commit of an honest host does.
    pub(crate) fn apply_confirmed(&mut self, seq: Seq, patches: &[u8]) -> Result<(), DecodeError> {
        if seq <= self.seq && !broken(Break::Duplicate) {
            return Ok(());
        }
        let forms = self.pending.iter();
        let forms = forms.map(|own| (own.form(), own.done == Applied::Whole));
        match Meeting::of(self.state.schema(), patches, forms)? {
            Meeting::Past(carried) => self.apply_exactly(carried.as_deref().unwrap_or(patches))?,
            Meeting::Below(moved) => {
                self.is_contended = true;
                self.undo_pending();
                let result = self.apply_exactly(patches);
                self.take_moved(0, moved);
                self.redo_pending();
                result?;
            }
        }
        self.confirm_created(seq);
        self.version += 1;
        Ok(())
    }

    /// Gives the pending commits from number `first` on their new forms. They must be undone.
    fn take_moved(&mut self, first: usize, moved: Vec<Moved>) {
        let moved = moved.into_iter().filter(|_| !broken(Break::StayPut));
        for (pending, (form, has_lost)) in self.pending.range_mut(first..).zip(moved) {
            pending.moved = Some(form);
            pending.has_lost |= has_lost;
        }
    }

    /// Drops a pending commit that does not count; those behind it are done again as they are
    /// without it.
    fn drop_pending(&mut self, at: usize, reason: &str) {
        let inverse = self.pending[at].inverse();
        let behind = self.pending.range(at + 1..).map(Pending::form);
        let moved = carried(self.state.schema(), behind, &inverse);
        self.undo_pending();
        self.take_moved(at + 1, moved);
        if let Some(dropped) = self.pending.remove(at) {
            self.refusals.note(Some(dropped.ticket), reason);
        }
        self.redo_pending();
        self.version += 1;
    }

    /// Drops all pending commits, as those of an object that is gone.
    pub(super) fn drop_all_pending(&mut self) {
        for pending in self.pending.drain(..).filter(|pending| pending.whole) {
            let reason = "the object was overwritten or deleted before its host answered";
            self.refusals.note(Some(pending.ticket), reason);
        }
    }

    /// The host has not remembered the state that a pending commit was made on. Gives what to propose
    /// in place of it and of all behind it, in the forms that they have by now; `propose` is asked for
    /// the numbers. Nothing when that was done already. Gives how many were dropped, because they were
    /// to count as a whole and cannot.
    pub(crate) fn propose_again(
        &mut self,
        stale: u64,
        mut propose: impl FnMut(ObjectId, Terms, &[u8]) -> u64,
    ) -> usize {
        let is_first = |oldest: &Pending| oldest.number == stale;
        if !self.pending.front().is_some_and(is_first) {
            return 0;
        }
        let lost = self.drop_lost();
        for at in 0..self.pending.len() {
            let terms = self.terms_anew(at);
            let pending = &mut self.pending[at];
            pending.number = propose(self.id, terms, pending.form());
            pending.sent_again();
        }
        lost
    }

    /// What to propose for a commit whose proposal has not arrived, as it is by now.
    pub(crate) fn resend(&mut self, number: u64, propose: impl FnOnce(Terms, &[u8])) -> bool {
        let Some(at) = self.pending.iter().position(|own| own.number == number) else {
            return false;
        };
        let terms = self.terms_anew(at);
        let pending = &mut self.pending[at];
        propose(terms, pending.form());
        pending.sent_again();
        true
    }

    fn terms_anew(&self, at: usize) -> Terms {
        Terms {
            base: self.base,
            anew: at == 0,
            whole: self.pending[at].whole,
        }
    }

    /// Drops the commits that were to count as a whole and cannot any more: the host, which is about
    /// to be told what is left of them, would not see that.
    fn drop_lost(&mut self) -> usize {
        let before = self.pending.len();
        let is_lost = |own: &Pending| own.whole && own.has_lost;
        while let Some(at) = self.pending.iter().position(is_lost) {
            self.drop_pending(at, LOST);
        }
        before - self.pending.len()
    }

    /// The host has confirmed the oldest pending commit: as it was proposed, or as `amended`.
    ///
    /// `false` when `number` is not that commit, which then belongs to an earlier object of this
    /// key.
    ///
    /// # Errors
    ///
    /// When the amended form does not apply, which no form of an honest host does.
    pub(crate) fn confirm_own(
        &mut self,
        seq: Seq,
        number: u64,
        amended: Option<&[u8]>,
    ) -> Result<bool, DecodeError> {
        let is_first = |oldest: &&Pending| oldest.number == number;
        let Some(oldest) = self.pending.front().filter(is_first) else {
            return Ok(false);
        };
        if amended.unwrap_or(&oldest.sent) == oldest.done() {
            self.pending.pop_front();
            self.is_contended &= !self.pending.is_empty();
        } else {
            self.undo_pending();
            let own = self.pending.pop_front().expect("the oldest was just seen");
            let result = self.apply_exactly(amended.unwrap_or(&own.sent));
            self.redo_pending();
            result?;
            self.version += 1;
        }
        if !broken(Break::ForgetOwnSeq) {
            self.confirm_created(seq);
        }
        Ok(true)
    }

    /// The host has confirmed the oldest pending commit in a way that is not told: the object follows
    /// as it is by then.
    pub(crate) fn confirm_untold(&mut self, number: u64) {
        let is_first = |oldest: &Pending| oldest.number == number;
        if self.pending.front().is_some_and(is_first) {
            self.pending.pop_front();
        }
    }

    /// The host has refused the oldest pending commit; `false` when `number` is not that commit.
    pub(crate) fn refuse_own(&mut self, seq: Seq, number: u64, reason: &str) -> bool {
        let is_first = |oldest: &Pending| oldest.number == number;
        if !self.pending.front().is_some_and(is_first) {
            return false;
        }
        if broken(Break::KeepRefused) {
            self.pending.pop_front();
        } else {
            self.drop_pending(0, reason);
        }
        self.base = self.base.max(seq);
        true
    }

    pub(super) fn undo_pending(&mut self) {
        let last = self.pending.len();
        for i in 0..last {
            let at = if broken(Break::UndoForwards) {
                i
            } else {
                last - 1 - i
            };
            let pending = &mut self.pending[at];
            if !broken(Break::SkipUndo) {
                commit::undo(&mut *self.state, &pending.undo);
            }
            pending.undo.clear();
        }
    }

    pub(super) fn redo_pending(&mut self) {
        for pending in &mut self.pending {
            if broken(Break::SkipRedo) {
                continue;
            }
            let form = pending.moved.as_ref().unwrap_or(&pending.sent);
            pending.done = commit::redo(&mut *self.state, form, &mut pending.undo);
        }
    }

    /// Applies a confirmed commit in the form in which the host applied it.
    fn apply_exactly(&mut self, patches: &[u8]) -> Result<(), DecodeError> {
        let applied = commit::apply(&mut *self.state, patches, &mut self.recorder.undo)?;
        self.recorder.clear();
        match applied {
            Applied::Whole => Ok(()),
            Applied::Rest(rest) => Err(DecodeError {
                at: rest.len(),
                problem: Problem::OutOfStep,
            }),
        }
    }
}

impl Pending {
    /// It was proposed as it is by now.
    fn sent_again(&mut self) {
        if let Some(moved) = self.moved.take() {
            self.sent = moved;
        }
    }
}
