//! A replica on a member: commits that are not confirmed yet, and how they are carried over what is.

mod own;
mod spare;

pub(super) use own::{Pending, Window};
pub(super) use spare::Lent;
pub(crate) use spare::{Buffers, Spare};

use std::collections::VecDeque;

use super::{
    Draft, Life, Replica,
    acts::{self, Act},
};
use crate::{
    breaks::{Break, broken},
    core::{
        ObjectId, PeerId, Seq, State,
        audience::Told,
        commit::{self, Applied},
        message::{Terms, Whole},
        transform::{Commit, Crowd, Meeting, Moved},
    },
    wire::{DecodeError, Problem},
};

impl Replica {
    /// The terms on which the next commit is proposed.
    pub(crate) fn terms(&self, whole: bool) -> Terms {
        Terms {
            base: self.base,
            anew: false,
            whole: if whole { Whole::Yes } else { Whole::No },
        }
    }

    /// Makes the open commit a pending one, under the number that it is proposed by. Gives what is proposed.
    pub(crate) fn commit_pending(&mut self, number: u64, whole: bool) -> Draft<'_> {
        self.tickets += 1;
        let Buffers { mut sent, undo } = self.buffers.take();
        acts::put_marked(&self.recorder, &mut sent);
        let acts = self.recorder.take_acts().into_iter();
        let acts: Vec<Act> = acts.map(|act| Act::new(act, whole)).collect();
        let effect = if acts.is_empty() {
            Vec::new()
        } else {
            self.recorder.patches().to_vec()
        };
        self.tell_committed();
        let pending = Pending {
            ticket: self.tickets,
            number,
            whole: self.terms(whole).whole,
            sent,
            moved: None,
            undo: std::mem::replace(&mut self.recorder.undo, undo),
            acts,
            effect,
        };
        if pending.is_watched() {
            self.refusals.watched.insert(self.tickets);
        }
        self.pending.push_back(pending);
        self.recorder.clear();
        self.version += 1;
        self.pending.back().expect("it was just added").draft()
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

    /// Whether nothing has to be done again when the oldest pending commit counts as it was proposed.
    pub(crate) fn is_settled_plainly(&self) -> bool {
        self.pending
            .front()
            .is_none_or(|oldest| oldest.acts.is_empty() && oldest.sent == oldest.form())
    }

    /// How many bytes each of the pending commits has.
    pub(crate) fn pending_sizes(&self) -> impl Iterator<Item = usize> {
        self.pending.iter().map(|pending| pending.form().len())
    }

    /// The pending commits: their numbers, and what they are by now.
    #[cfg(any(test, feature = "simulation"))]
    pub(crate) fn pending_forms(&self) -> impl Iterator<Item = (u64, &[u8])> {
        let pending = self.pending.iter();
        pending.map(|pending| (pending.number, pending.done()))
    }

    /// What the verdicts on the pending commits are asked for by.
    #[cfg(feature = "simulation")]
    pub(crate) fn pending_tickets(&self) -> impl Iterator<Item = u64> {
        self.pending.iter().map(|pending| pending.ticket)
    }

    /// Whether so many commits are pending that the next one should wait.
    pub(crate) fn is_full(&self) -> bool {
        self.pending.len() >= self.window.0
    }

    /// Whether one that waits can go on, and some more after it.
    pub(crate) fn has_room(&self) -> bool {
        self.pending.len() <= self.window.0 / 2
    }

    /// Notes that others write where the pending commits do.
    pub(super) fn contend(&mut self) {
        self.window = Window(Window::LEAST);
    }

    /// Notes that a commit was confirmed as it was.
    pub(super) fn widen(&mut self) {
        self.window.0 = Window::MOST.min(self.window.0 + 1);
    }

    /// The confirmed value, and whether the pending commits have been moved.
    #[cfg(test)]
    pub(crate) fn into_confirmed(mut self) -> (Box<dyn State>, bool) {
        let is_moved = self.pending.iter().any(|pending| pending.moved.is_some());
        self.undo_pending();
        (self.state, is_moved)
    }

    /// Applies commits that other processes made and the host has confirmed, in their order: below the
    /// pending ones. What touches none of them is done on top of them, which comes to the same. Else they
    /// are undone, moved over it and done again. One that was applied before is left out: a member that
    /// has missed something may be told too much.
    ///
    /// # Errors
    ///
    /// When one does not apply. The replica is then as those before it have made it.
    pub(crate) fn apply_confirmed<'c>(
        &mut self,
        commits: impl IntoIterator<Item = (Seq, PeerId, &'c [u8])>,
    ) -> Result<(), DecodeError> {
        if self.audience.is_empty() || broken(Break::TellTogether) {
            return self.apply_together(commits);
        }
        // Whoever listens hears of each, with the pending ones on top of it.
        let mut commits = commits.into_iter();
        commits.try_for_each(|commit| self.apply_together([commit]))
    }

    fn apply_together<'c>(
        &mut self,
        commits: impl IntoIterator<Item = (Seq, PeerId, &'c [u8])>,
    ) -> Result<(), DecodeError> {
        let before = self.inverse_of_pending();
        let mut pending = std::mem::take(&mut self.pending);
        let schema = self.state.schema().clone();
        let mut crowd = Crowd::new(&schema, pending.iter().map(Pending::form));
        // An action may read anything, so it is run again on whatever comes in.
        let has_acts = pending.iter().any(|pending| !pending.acts.is_empty());
        let mut are_undone = false;
        let mut met = Vec::new();
        let mut result = Ok(());
        let mut last = None;
        for (seq, origin, patches) in commits {
            if seq <= self.seq && !broken(Break::Duplicate) {
                continue;
            }
            let applied = crowd
                .meet(&schema, patches, are_undone || has_acts)
                .and_then(|meeting| {
                    if let Meeting::Past(carried) = &meeting {
                        let form = carried.as_deref().unwrap_or(patches);
                        self.apply_exactly(form)?;
                        self.audience.tell(Told::Patched {
                            seq,
                            origin,
                            patches: form,
                        });
                        return Ok(());
                    }
                    if !are_undone {
                        undo(&mut *self.state, &pending);
                        are_undone = true;
                    }
                    self.apply_exactly(patches)?;
                    last = Some((seq, origin, patches));
                    Ok(())
                });
            if applied.is_err() {
                result = applied;
                break;
            }
            self.confirm_created(seq);
            self.version += 1;
            self.work.commits += 1;
            if !pending.is_empty() {
                met.push(patches);
            }
        }
        if are_undone {
            if result.is_err() {
                crowd = Crowd::having_met(&schema, pending.iter().map(Pending::form), met);
            }
            let moved = crowd.moved();
            take_moved(pending.iter_mut(), moved);
            self.contend();
        }
        self.pending = pending;
        if are_undone {
            self.redo_pending();
        }
        if let Some((seq, origin, patches)) = last {
            self.tell_rebased(seq, origin, before, patches);
        }
        result
    }

    /// Drops a pending commit that does not count, or comes to nothing; those behind it are done again as
    /// they are without it. With a reason it is refused.
    fn drop_pending(&mut self, at: usize, seq: Seq, reason: Option<&str>) {
        let before = self.inverse_of_pending();
        let inverse = self.pending[at].inverse();
        let schema = self.state.schema();
        let behind = self.pending.range(at + 1..);
        let mut behind = Crowd::new(schema, behind.map(Pending::form));
        behind.carry(Commit::parse_own(schema, &inverse));
        let moved = behind.moved();
        self.undo_pending();
        take_moved(self.pending.range_mut(at + 1..), moved);
        let ticket = self.pending.remove(at).map(|dropped| dropped.ticket);
        if let (Some(ticket), Some(reason)) = (ticket, reason) {
            self.refusals.note(Some(ticket), reason);
        }
        // Each refusal is carried over all that is pending.
        self.contend();
        self.redo_pending();
        self.version += 1;
        self.tell_rebased(seq, PeerId::HOST, before, &[]);
        if let Some(ticket) = ticket {
            self.settle(ticket, reason.map_or(Ok(seq), Err));
        }
    }

    /// Drops all pending commits, as those of an object that is gone.
    pub(super) fn drop_all_pending(&mut self) {
        self.refuse_pending("the object was overwritten or deleted before its host answered");
    }

    /// Drops all pending commits, for this reason. Those who read are to be told.
    pub(crate) fn refuse_pending(&mut self, reason: &str) {
        self.refusals.has_creation = false;
        for pending in self.pending.drain(..) {
            if pending.is_watched() {
                self.refusals.note(Some(pending.ticket), reason);
            }
            self.audience.tell(Told::Settled {
                commit: pending.ticket,
                verdict: Err(reason),
            });
        }
    }

    /// Notes that this process is about to overwrite or delete the object. Those who wait for verdicts
    /// wait on, but what is pending is not shown any more.
    pub(crate) fn leave_pending(&mut self) {
        if self.refusals.has_creation || self.is_orphan {
            self.is_orphan = false;
            return self.drop_all_pending();
        }
        for pending in self.pending.drain(..) {
            let left = (self.id, pending.number);
            if pending.is_watched() {
                self.refusals.left.insert(left, pending.ticket);
            }
            self.audience.tell(Told::Settled {
                commit: pending.ticket,
                verdict: Err("this process has overwritten or deleted the object"),
            });
        }
    }

    /// What is pending was not moved over what the value has become: of what is to count as a whole
    /// nobody can tell whether it still does what was meant.
    pub(super) fn lose_pending(&mut self) {
        let pending = self.pending.iter_mut();
        let lost = pending.filter(|_| !broken(Break::WholeAnew));
        lost.for_each(Pending::lose);
    }

    /// The host has not remembered the state that a pending commit was made on. Gives what to propose
    /// in place of it and of all behind it, in the forms that they have by now; `propose` is asked for
    /// the numbers. Nothing when that was done already.
    pub(crate) fn propose_again(
        &mut self,
        stale: u64,
        mut propose: impl FnMut(ObjectId, Terms, Draft<'_>) -> u64,
    ) {
        let is_first = |oldest: &Pending| oldest.number == stale;
        let object = self.id;
        if self.pending.front().is_some_and(is_first) {
            self.propose_all(|terms, draft| propose(object, terms, draft));
        }
    }

    /// What to propose for a commit whose proposal has not arrived, as it is by now.
    pub(crate) fn resend(&mut self, number: u64, propose: impl FnOnce(Terms, Draft<'_>)) -> bool {
        let Some(at) = self.pending.iter().position(|own| own.number == number) else {
            return false;
        };
        let terms = self.terms_anew(at);
        let pending = &mut self.pending[at];
        propose(terms, pending.draft());
        pending.sent_again();
        true
    }

    pub(super) fn terms_anew(&self, at: usize) -> Terms {
        Terms {
            base: self.base,
            anew: at == 0,
            whole: self.pending[at].whole,
        }
    }

    /// The host has confirmed the oldest pending commit: as it was proposed, or as `amended`.
    ///
    /// `false` when `number` is not that commit, which then belongs to an earlier object of this
    /// key.
    ///
    /// # Errors
    ///
    /// When the amended form does not apply. The commit is then pending as before.
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
        if !oldest.acts.is_empty() {
            self.confirm_acted(seq, amended)?;
        } else if amended.unwrap_or(&oldest.sent) == oldest.form() {
            self.widen();
            self.settle_oldest(seq);
        } else if amended.is_some_and(<[u8]>::is_empty) {
            self.drop_pending(0, seq, None);
            self.lose_pending();
        } else {
            let before = self.inverse_of_pending();
            // Here it was not what it is at the host, so neither may be what was made on top of it.
            self.lose_pending();
            self.undo_pending();
            let own = self.pending.pop_front().expect("the oldest was just seen");
            let form = amended.unwrap_or(&own.sent);
            if let Err(problem) = self.apply_exactly(form) {
                self.pending.push_front(own);
                self.redo_pending();
                return Err(problem);
            }
            self.redo_pending();
            self.version += 1;
            self.tell_rebased(seq, PeerId::HOST, before, &self.lasting(form));
            self.tell_happened(seq, form);
            self.settle(own.ticket, Ok(seq));
        }
        if !broken(Break::ForgetOwnSeq) {
            self.confirm_created(seq);
        }
        Ok(true)
    }

    /// The host has confirmed the oldest pending commit in a way that is not told: the object follows
    /// as it is by then, without what happened meanwhile.
    pub(crate) fn confirm_untold(&mut self, number: u64) {
        let oldest = self.pending.front();
        if let Some(ticket) = oldest
            .filter(|own| own.number == number)
            .map(|own| own.ticket)
        {
            self.pending.pop_front();
            self.settle(ticket, Ok(self.seq));
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
            self.drop_pending(0, seq, Some(reason));
        }
        self.base = self.base.max(seq);
        true
    }

    pub(super) fn undo_pending(&mut self) {
        undo(&mut *self.state, &self.pending);
    }

    /// Does them again, as far as that can be done where they have not been moved. What is left out, and
    /// ends that they were not moved to, would mislead what is carried over them, here and at the host.
    pub(super) fn redo_pending(&mut self) {
        self.work.rebases += u64::from(!self.pending.is_empty());
        for at in 0..self.pending.len() {
            if broken(Break::SkipRedo) {
                continue;
            }
            if !self.pending[at].acts.is_empty() {
                self.run_again(at);
                continue;
            }
            let pending = &mut self.pending[at];
            let form = pending.moved.as_ref().unwrap_or(&pending.sent);
            pending.undo.clear();
            let done = commit::redo(&mut *self.state, form, &mut pending.undo);
            if !done.is_whole() {
                pending.lose();
            }
            if let Applied::Ends(form) | Applied::Rest(form) = done {
                pending.moved = Some(form);
            }
        }
    }

    /// Applies a confirmed commit in the form in which the host applied it.
    pub(super) fn apply_exactly(&mut self, patches: &[u8]) -> Result<(), DecodeError> {
        let applied = commit::apply(&mut *self.state, patches, &mut self.recorder.undo)?;
        self.work.patches += self.recorded_patches() as u64;
        self.recorder.clear();
        match applied {
            Applied::Whole => Ok(()),
            Applied::Ends(rest) | Applied::Rest(rest) => Err(DecodeError {
                at: rest.len(),
                problem: Problem::OutOfStep,
            }),
        }
    }
}

/// Undoes pending commits, the youngest first.
fn undo(state: &mut dyn State, pending: &VecDeque<Pending>) {
    let last = pending.len();
    for i in 0..last {
        let at = if broken(Break::UndoForwards) {
            i
        } else {
            last - 1 - i
        };
        if !broken(Break::SkipUndo) {
            commit::undo(state, &pending[at].undo);
        }
    }
}

/// Gives pending commits, which are undone, their new forms.
pub(super) fn take_moved<'p>(pending: impl Iterator<Item = &'p mut Pending>, moved: Vec<Moved>) {
    let moved = moved.into_iter().filter(|_| !broken(Break::StayPut));
    for (pending, (form, has_lost)) in pending.zip(moved) {
        pending.moved = Some(form);
        if has_lost {
            pending.lose();
        }
    }
}
