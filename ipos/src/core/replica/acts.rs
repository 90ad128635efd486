//! Commits with actions: made and run again by a member, run by the host.

use std::borrow::Cow;

use super::{
    Outcome, Replica,
    host::{LOST, Proposed, inverse, is_lost, unsendable},
    pending::{Pending, take_moved},
};
use crate::{
    breaks::{Break, broken},
    core::{
        PeerId, Seq, State, Untyped,
        commit::{self, Applied},
        judge::Origin,
        message::{self, Asks, REASON_LIMIT},
        sequencer::Proposal,
        tail::Limit,
        transform::{Commit, Crowd, Moved, Piece, pieces, without_marks},
    },
    patch::{ACT, Acting, Incoming, Ran},
    recorder::{self, Recorder, UndoLog},
    wire::{DecodeError, Reader, put_length},
};

/// An action of a commit that was made here.
#[derive(Debug)]
pub(super) struct Act {
    name: &'static str,
    args: Vec<u8>,
    asks: Asked,
}

#[derive(Debug)]
enum Asked {
    Nothing,
    Answer,
    Same(Vec<u8>),
}

impl Act {
    /// With a `whole` commit its answer is to be the same.
    pub(super) fn new(recorded: recorder::Act, whole: bool) -> Self {
        let recorder::Act {
            name,
            args,
            answer,
            is_asked,
            ..
        } = recorded;
        let asks = match (is_asked, whole) {
            (true, _) => Asked::Answer,
            (_, true) => Asked::Same(answer),
            _ => Asked::Nothing,
        };
        Self { name, args, asks }
    }

    /// Whether its answer is waited for.
    pub(super) fn is_asked(&self) -> bool {
        matches!(self.asks, Asked::Answer)
    }

    fn called(&self) -> (&str, &[u8]) {
        (self.name, &self.args)
    }

    fn told(&self) -> message::Act<'_> {
        message::Act {
            name: self.name,
            args: &self.args,
            asks: match &self.asks {
                Asked::Nothing => Asks::Nothing,
                Asked::Answer => Asks::Answer,
                Asked::Same(answer) => Asks::Same(answer),
            },
        }
    }
}

/// What is proposed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Draft<'a> {
    /// With marks if there are actions.
    pub(crate) patches: &'a [u8],
    pub(super) acts: &'a [Act],
}

impl<'a> Draft<'a> {
    /// Nothing.
    pub(crate) const EMPTY: Self = Self {
        patches: &[],
        acts: &[],
    };

    pub(crate) fn acts(self) -> Vec<message::Act<'a>> {
        self.acts.iter().map(Act::told).collect()
    }
}

/// What the host has made of a commit with actions.
#[derive(Debug)]
pub(crate) struct Acted {
    /// What it has changed.
    pub(crate) effect: Vec<u8>,
    /// That is what was proposed.
    pub(crate) is_as_proposed: bool,
    /// What takes back what was proposed, if that is not what was changed.
    pub(crate) inverse: Option<Vec<u8>>,
    /// What was asked for.
    pub(crate) answer: Option<Vec<u8>>,
}

/// Why a commit with actions does not count, with the answer of the one that has failed.
type Failure = (String, Option<Vec<u8>>);

/// The patches of an open commit, with a mark where each of its actions begins and ends.
pub(super) fn marked(recorder: &Recorder) -> Vec<u8> {
    let patches = recorder.patches();
    let mut out = Vec::with_capacity(patches.len());
    let mut done = 0;
    for act in recorder.acts() {
        out.extend_from_slice(&patches[done..act.wrote.start]);
        let piece = Piece::Act(Some(&act.path), &[]);
        piece.write_with(&patches[act.wrote.clone()], &mut out);
        done = act.wrote.end;
    }
    out.extend_from_slice(&patches[done..]);
    out
}

/// Runs an action where `way` leads, and records what it changes. `None` when there is nothing that has
/// actions.
fn run(
    state: &mut dyn State,
    recorder: &mut Recorder,
    way: &[u8],
    (name, args): (&str, &[u8]),
) -> Option<Ran> {
    let mut acting = Acting {
        name: name.to_owned(),
        args: args.to_vec(),
        recorder: std::mem::take(recorder),
        outcome: None,
    };
    let mut patch = way.to_vec();
    put_length(&mut patch, ACT);
    let mut incoming = Incoming::acting(&patch, &mut acting);
    incoming.advance();
    let is_there = state.apply(&mut incoming).is_ok();
    *recorder = acting.recorder;
    acting.outcome.filter(|_| is_there)
}

impl Replica {
    /// Whether something was written, or an action was run, in the open commit.
    pub(crate) fn has_recorded(&self) -> bool {
        !self.recorder.patches().is_empty() || !self.recorder.acts().is_empty()
    }

    /// How many bytes it takes to propose the open commit.
    pub(crate) fn recorded_bytes(&self) -> usize {
        let acts = self.recorder.acts().iter();
        let acts = acts.map(|act| {
            let parts = [
                act.path.len(),
                act.name.len(),
                act.args.len(),
                act.answer.len(),
            ];
            parts.iter().sum::<usize>() + 32
        });
        self.recorder.patches().len() + acts.sum::<usize>()
    }

    /// Runs a member's commit with actions, moved over what the member had not heard of, if it may count.
    pub(super) fn apply_acts(
        &mut self,
        origin: &Origin,
        (limit, largest): (Limit, usize),
        proposal: &Proposal<'_>,
    ) -> Result<Outcome, DecodeError> {
        let sent = self.pieces(Reader::new(proposal.patches))?;
        let acts = sent.iter().filter(|piece| matches!(piece, Piece::Act(..)));
        if acts.count() != proposal.acts.len() {
            let reader = Reader::new(proposal.patches);
            return Err(reader.no_such("number", "actions", proposal.acts.len()));
        }
        let sent = without_marks(&sent);
        let Some(Proposed {
            moved,
            is_whole,
            reserved,
        }) = self.carry(origin, limit, proposal)?
        else {
            return Ok(Outcome::Stale);
        };
        let form = moved.as_deref().unwrap_or(proposal.patches);
        let carried = self.pieces(Reader::of_own(form))?;
        let expected = without_marks(&carried);
        let mut recorder = std::mem::take(&mut self.recorder);
        let ran = self.run_pieces(&carried, proposal, is_whole, &mut recorder);
        self.recorder = recorder;
        let allowed = match (ran, reserved) {
            (Err(failure), _) => Err(failure),
            (Ok(_), Some(reason)) => Err((reason, None)),
            (Ok(answer), None) => self
                .judge_acts(origin, largest, answer.as_ref())
                .map(|()| answer)
                .map_err(|reason| (reason, None)),
        };
        let effect = self.recorder.patches().to_vec();
        // What is too large to be told is not.
        let allowed = allowed.map_err(|(reason, answer)| {
            let answer = answer.filter(|answer| answer.len() + REASON_LIMIT <= largest);
            (reason, answer)
        });
        let outcome = match allowed {
            Ok(answer) if effect == expected => Outcome::Acted(Acted {
                is_as_proposed: effect == sent,
                effect,
                inverse: None,
                answer,
            }),
            Ok(answer) => {
                commit::undo(&mut *self.state, &self.recorder.undo);
                let inverse = self.inverse_of(&expected);
                self.recorder.clear();
                let again = commit::redo(&mut *self.state, &effect, &mut self.recorder.undo);
                debug_assert_eq!(again, Applied::Whole, "it was done just before");
                Outcome::Acted(Acted {
                    is_as_proposed: effect == sent,
                    effect,
                    inverse: Some(inverse),
                    answer,
                })
            }
            Err((reason, answer)) => {
                let again = inverse(&self.recorder.undo);
                commit::undo(&mut *self.state, &self.recorder.undo);
                Outcome::Refused {
                    reason,
                    inverse: self.inverse_of(&expected),
                    again: Some(again),
                    answer,
                }
            }
        };
        self.recorder.clear();
        Ok(outcome)
    }

    fn pieces<'a>(&self, reader: Reader<'a>) -> Result<Vec<Piece<'a>>, DecodeError> {
        pieces(self.state.schema(), reader)
    }

    /// Applies the patches and runs the actions of a commit, one after the other, as its member does when it runs them
    /// again: what fails comes to nothing. Gives the answer that was asked for, or the first failure.
    fn run_pieces(
        &mut self,
        pieces: &[Piece<'_>],
        proposal: &Proposal<'_>,
        mut is_whole: bool,
        recorder: &mut Recorder,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let mut acts = proposal.acts.iter();
        let mut outcome = Ok(None);
        for piece in pieces {
            match piece {
                Piece::Plain(patches) => {
                    let mut undo = UndoLog::default();
                    let applied = commit::apply_proposed(&mut *self.state, patches, &mut undo)
                        .map_err(|refused| (super::unreadable(&refused), None))?;
                    is_whole &= applied.is_whole();
                    recorder.append(applied.of(patches), &undo);
                }
                Piece::Act(way, _) => {
                    let act = acts.next().expect("there are as many as pieces");
                    match self.run_act(act, *way, recorder) {
                        Ok(answer) if act.asks == Asks::Answer => {
                            outcome = outcome.map(|_| Some(answer));
                        }
                        Ok(_) => {}
                        Err(failure) => outcome = outcome.and(Err(failure)),
                    }
                }
            }
        }
        if is_lost(proposal.terms, is_whole) {
            return outcome.and(Err((LOST.to_owned(), None)));
        }
        outcome
    }

    fn run_act(
        &mut self,
        act: &message::Act<'_>,
        way: Option<&[u8]>,
        recorder: &mut Recorder,
    ) -> Result<Vec<u8>, Failure> {
        let name = act.name;
        let because = |why: &str| (format!("the action `{name}` cannot be done: {why}"), None);
        if self.is_untyped() {
            return Err(because(
                "the host's program has not named the type of the object; let it `get` the object once",
            ));
        }
        let way = way.ok_or_else(|| because("what it is to change is gone"))?;
        match run(&mut *self.state, recorder, way, (name, act.args)) {
            None => Err(because("what it is to change is gone")),
            Some(Ran::Broken(why)) => Err(because(&format!("at the host, {why}"))),
            Some(Ran::Answered(answer, Some(why))) => Err((
                format!("the action `{name}` has failed: {why}"),
                Some(answer),
            )),
            Some(Ran::Answered(answer, None)) => match act.asks {
                Asks::Same(here) if here != answer => Err((
                    format!("the action `{name}` has another answer at the host"),
                    None,
                )),
                _ => Ok(answer),
            },
        }
    }

    /// Whether what actions have made of the object may be.
    fn judge_acts(
        &mut self,
        origin: &Origin,
        largest: usize,
        answer: Option<&Vec<u8>>,
    ) -> Result<(), String> {
        let bytes = self.recorder.patches().len() + answer.map_or(0, Vec::len);
        if bytes > largest {
            return Err(format!(
                "what its actions change and answer takes {bytes} bytes, and the limit is {largest}"
            ));
        }
        self.check_recorded().map_err(|error| unsendable(&error))?;
        self.judge_recorded(origin)
    }

    /// What would take back what `patches` do, as far as they do it.
    fn inverse_of(&mut self, patches: &[u8]) -> Vec<u8> {
        let mut undo = UndoLog::default();
        if commit::apply_proposed(&mut *self.state, patches, &mut undo).is_ok() {
            commit::undo(&mut *self.state, &undo);
        } else {
            // The type does not take it. What cannot be read by the schema either does nothing anywhere.
            let mut held = Untyped::of(&*self.state);
            let done = commit::apply_proposed(&mut held, patches, &mut undo);
            debug_assert!(done.is_ok() || undo.is_empty(), "it was taken back");
        }
        inverse(&undo)
    }

    /// Gives a member's commit with actions, which has just been done with this `effect`, its place. With an
    /// `inverse` its member has done something else, which that takes back.
    pub(crate) fn confirm_acts(
        &mut self,
        from: PeerId,
        seq: Seq,
        limit: Limit,
        effect: &[u8],
        inverse: Option<Vec<u8>>,
    ) {
        self.confirm_proposal(from, seq, limit, effect);
        if let Some(inverse) = inverse {
            let bridge = self.bridges.entry(from).or_default();
            bridge.acted(seq, inverse, effect);
        }
    }

    /// Does a pending commit with actions again: runs them on what is there now. What fails or panics comes to
    /// nothing until the host's verdict. Those behind are carried over what has become of it.
    pub(super) fn run_again(&mut self, at: usize) {
        let pending = &mut self.pending[at];
        let (form, acts) = (pending.form().to_vec(), std::mem::take(&mut pending.acts));
        let before = self.effect(&form);
        let mut recorder = std::mem::take(&mut self.recorder);
        let (again, is_whole) = self.do_again(&form, &acts, &mut recorder);
        let effect = recorder.patches().to_vec();
        if effect != before {
            commit::undo(&mut *self.state, &recorder.undo);
            let inverse = self.inverse_of(&before);
            recorder.undo.clear();
            let done = commit::redo(&mut *self.state, &effect, &mut recorder.undo);
            debug_assert_eq!(done, Applied::Whole, "it was done just before");
            let moved = self.carry_behind(at, [&inverse, &effect]);
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

    fn do_again(&mut self, form: &[u8], acts: &[Act], recorder: &mut Recorder) -> (Vec<u8>, bool) {
        // If it cannot be read any more nothing is left of it, as of others.
        let pieces = self.pieces(Reader::of_own(form)).unwrap_or_default();
        let largest = form.len().max(LARGEST_AGAIN);
        let mut is_whole = true;
        let mut acts = acts.iter();
        let mut again = Vec::with_capacity(form.len());
        for piece in pieces {
            match piece {
                Piece::Plain(patches) => {
                    let mut undo = UndoLog::default();
                    let done = commit::redo(&mut *self.state, patches, &mut undo);
                    is_whole &= done.is_whole();
                    recorder.append(done.of(patches), &undo);
                    piece.write_with(done.of(patches), &mut again);
                }
                Piece::Act(way, _) => {
                    let start = recorder.patches().len();
                    if let (Some(act), Some(way)) = (acts.next(), way) {
                        let is_large = start > largest;
                        let state = &mut *self.state;
                        let ran = (!is_large).then(|| run(state, recorder, way, act.called()));
                        is_whole &= ran.is_some();
                    }
                    piece.write_with(&recorder.patches()[start..], &mut again);
                }
            }
        }
        (again, is_whole)
    }

    /// What the pending commits behind number `at` are, carried over `commits`, one after the other.
    pub(super) fn carry_behind(&self, at: usize, commits: [&[u8]; 2]) -> Vec<Moved> {
        let schema = self.state.schema();
        let behind = self.pending.range(at + 1..);
        let mut behind = Crowd::new(schema, behind.map(Pending::form));
        for commit in commits {
            behind.carry(Commit::parse_own(schema, commit));
        }
        behind.moved()
    }

    /// The host has confirmed the oldest pending commit, which has actions: as what was proposed, or as `amended`.
    pub(super) fn confirm_acted(
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
        let moved = self.carry_behind(0, [&oldest.inverse(), effect]);
        self.undo_pending();
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
        self.tell_rebased(seq, PeerId::HOST, before, effect);
        self.settle(ticket, Ok(seq));
        Ok(())
    }

    /// The patches of a commit with actions.
    fn effect(&self, form: &[u8]) -> Vec<u8> {
        without_marks(&self.pieces(Reader::of_own(form)).unwrap_or_default())
    }
}

/// How many bytes a commit whose actions are run again may come to have, if it had not as many before, before
/// what is still to be run comes to nothing.
const LARGEST_AGAIN: usize = 64 * 1024;
