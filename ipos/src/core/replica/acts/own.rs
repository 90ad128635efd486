//! Commits with actions where they were made: run again until the verdict.

use std::{borrow::Cow, convert::Infallible};

use super::{Act, Difference, run};
use crate::{
    breaks::{Break, broken},
    core::{
        PeerId, Seq, commit,
        replica::{
            Replica,
            pending::{Pending, take_moved},
        },
        transform::{Commit, Crowd, Moved},
    },
    recorder::{Recorder, UndoLog},
    wire::DecodeError,
};

/// How many bytes a commit whose actions are run again may come to have, if it had not as many before. An action that
/// would make it larger comes to nothing until the verdict.
const LARGEST_AGAIN: usize = 64 * 1024;

impl Replica {
    /// Does a pending commit with actions again: runs them on what is there now. What fails or panics comes to
    /// nothing until the host's verdict. Those behind are carried over what has become of it.
    pub(in super::super) fn run_again(&mut self, at: usize) {
        let pending = &mut self.pending[at];
        let (form, acts) = (pending.form().to_vec(), std::mem::take(&mut pending.acts));
        let largest = pending.sent.len().max(LARGEST_AGAIN);
        let before = self.effect(&form);
        let mut recorder = std::mem::take(&mut self.recorder);
        let (again, is_whole) = self.do_again((&form, largest), &acts, &mut recorder);
        let effect = recorder.patches().to_vec();
        if effect != before {
            commit::undo(&mut *self.state, &recorder.undo);
            let differs = self.difference(&before, &effect);
            recorder.undo.clear();
            let done = commit::redo(&mut *self.state, &effect, &mut recorder.undo);
            debug_assert_eq!(done.of(&effect), effect, "it was done just before");
            let moved = self.carry_behind(at, &differs);
            take_moved(self.pending.range_mut(at + 1..), moved);
        }
        let pending = &mut self.pending[at];
        pending.acts = acts;
        pending.has_done(again, effect, std::mem::take(&mut recorder.undo));
        if !is_whole {
            pending.lose();
        }
        recorder.clear();
        self.recorder = recorder;
    }

    fn do_again(
        &mut self,
        (form, largest): (&[u8], usize),
        acts: &[Act],
        recorder: &mut Recorder,
    ) -> (Vec<u8>, bool) {
        let mut acts = acts.iter();
        let mut have_run = true;
        let done = self.run_pieces(
            form,
            recorder,
            |state, patches, undo| Ok::<_, Infallible>(commit::redo(state, patches, undo)),
            |replica, way, recorder| {
                let begin = recorder.begin_act(0);
                if let (Some(act), Some(way)) = (acts.next(), way) {
                    have_run &= run(&mut *replica.state, recorder, way, act.called()).is_some();
                }
                recorder.leave_act(&begin);
                if recorder.patches().len() > largest {
                    have_run = false;
                    let inverse = recorder.take_back(&begin).concat();
                    commit::redo(&mut *replica.state, &inverse, &mut UndoLog::default());
                }
                Ok(())
            },
        );
        let Ok((again, is_whole)) = done;
        (again, is_whole && have_run)
    }

    /// What the pending commits behind number `at` are, carried over a difference of what is before them.
    fn carry_behind(&self, at: usize, differs: &Difference) -> Vec<Moved> {
        let schema = self.state.schema();
        let behind = self.pending.range(at + 1..);
        let mut behind = Crowd::new(schema, behind.map(Pending::form));
        for commit in differs {
            behind.carry(Commit::parse_own(schema, commit));
        }
        behind.moved()
    }

    /// The host has confirmed the oldest pending commit, which has actions: as what was proposed, or as `amended`.
    pub(in super::super) fn confirm_acted(
        &mut self,
        seq: Seq,
        amended: Option<&[u8]>,
    ) -> Result<(), DecodeError> {
        let before = self.inverse_of_pending();
        let oldest = self.pending.front().expect("the caller has seen it");
        let as_proposed = || Cow::Owned(self.effect(&oldest.sent));
        let effect = amended.map_or_else(as_proposed, Cow::Borrowed);
        let effect = &effect[..];
        let ticket = oldest.ticket;
        if *effect == *oldest.done() || broken(Break::KeepActed) {
            self.widen();
            self.settle_oldest(seq);
            return Ok(());
        }
        let done = oldest.done().to_vec();
        self.undo_pending();
        let differs = self.difference(&done, effect);
        let moved = self.carry_behind(0, &differs);
        let own = self.pending.pop_front().expect("it was just seen");
        if let Err(refused) = self.apply_exactly(effect) {
            self.pending.push_front(own);
            self.redo_pending();
            return Err(refused);
        }
        take_moved(self.pending.iter_mut(), moved);
        self.contend();
        self.redo_pending();
        self.version += 1;
        let lasting = self.lasting(effect);
        self.tell_rebased(seq, PeerId::HOST, before, &lasting);
        self.tell_happened(seq, effect);
        self.settle(ticket, Ok(seq));
        Ok(())
    }
}
