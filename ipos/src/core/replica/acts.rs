//! Commits with actions: made and run again by a member, run by the host.

mod host;
mod own;

use super::{Replica, host::inverse};
use crate::{
    breaks::{Break, broken},
    core::{
        State, Untyped,
        commit::{self, Applied},
        message::{self, Asks},
        transform::{Commit, Piece, Work, common_start, pieces, without_marks},
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
    /// What makes that of what was proposed, if it is something else.
    pub(crate) differs: Option<Difference>,
    /// What was asked for.
    pub(crate) answer: Option<Vec<u8>>,
}

/// What makes of one run of actions another one, on the same state: what takes back where the one begins to do
/// something else, and what the other does from there.
pub(crate) type Difference = [Vec<u8>; 2];

/// Why a commit with actions does not count, with the answer of the one that has failed.
type Failure = (String, Option<Vec<u8>>);

/// Appends the patches of an open commit, with a mark where each of its actions begins and ends.
pub(super) fn put_marked(recorder: &Recorder, out: &mut Vec<u8>) {
    let patches = recorder.patches();
    out.reserve(patches.len());
    let mut done = 0;
    for act in recorder.acts() {
        out.extend_from_slice(&patches[done..act.wrote.start]);
        let piece = Piece::Act(Some(&act.path), &[]);
        piece.write_with(&patches[act.wrote.clone()], out);
        done = act.wrote.end;
    }
    out.extend_from_slice(&patches[done..]);
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

/// How many bytes of a commit are carried over what its actions do otherwise, all together. Each such action has all
/// carried that is behind it.
const MOST_CARRIED: usize = 8 * 1024 * 1024;

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

    fn pieces<'a>(&self, reader: Reader<'a>) -> Result<Vec<Piece<'a>>, DecodeError> {
        pieces(self.state.schema(), reader)
    }

    /// The patches of a commit with actions.
    fn effect(&self, form: &[u8]) -> Vec<u8> {
        without_marks(&self.pieces(Reader::of_own(form)).unwrap_or_default())
    }

    /// Does a commit with actions, one piece after the other: `plain` applies patches, `act` runs the next action at
    /// the place to which the way leads. What is behind an action is carried over what it does otherwise than it did
    /// last. Gives the commit as it is by then, and whether something is left of all of it.
    fn run_pieces<E>(
        &mut self,
        form: &[u8],
        recorder: &mut Recorder,
        mut plain: impl FnMut(&mut dyn State, &[u8], &mut UndoLog) -> Result<Applied, E>,
        mut act: impl FnMut(&mut Self, Option<&[u8]>, &mut Recorder) -> Result<(), E>,
    ) -> Result<(Vec<u8>, bool), E> {
        let mut rest = form.to_vec();
        let mut again = Vec::with_capacity(form.len());
        let (mut is_whole, mut work) = (true, Work::new());
        let mut left = MOST_CARRIED;
        loop {
            // If it cannot be read any more nothing is left of it, as of others.
            let pieces = self.pieces(Reader::of_own(&rest));
            is_whole &= pieces.is_ok();
            let mut pieces = pieces.unwrap_or_default().into_iter();
            let mut moved = None;
            while let Some(piece) = pieces.next() {
                let (patches, done) = (recorder.patches().len(), recorder.undo.len());
                let Piece::Act(way, before) = piece else {
                    let mut undo = UndoLog::default();
                    let applied = plain(&mut *self.state, piece.patches(), &mut undo)?;
                    is_whole &= applied.is_whole();
                    recorder.append(applied.of(piece.patches()), &undo);
                    piece.write_with(&recorder.patches()[patches..], &mut again);
                    continue;
                };
                act(self, way, recorder)?;
                let effect = &recorder.patches()[patches..];
                piece.write_with(effect, &mut again);
                let is_last = pieces.as_slice().is_empty();
                if effect != before && !is_last && !broken(Break::StayBehindAct) {
                    let bytes = rest.len() + effect.len() + before.len();
                    let Some(less) = left.checked_sub(bytes) else {
                        // What is behind stays where it is, and it is not sure what that does.
                        is_whole = false;
                        continue;
                    };
                    left = less;
                    let undo = recorder.undo.patches_since(done);
                    let differs = self.difference_below(&undo, before, effect);
                    moved = Some(self.carry_pieces(pieces.as_slice(), &differs, &mut work));
                    break;
                }
            }
            let Some((form, has_lost)) = moved else {
                return Ok((again, is_whole));
            };
            is_whole &= !has_lost;
            rest = form;
        }
    }

    /// What makes of what was `done` on this state what another run does on it.
    fn difference(&mut self, done: &[u8], effect: &[u8]) -> Difference {
        let common = common_start(self.state.schema(), done, effect);
        let mut undo = UndoLog::default();
        commit::redo(&mut *self.state, &done[..common], &mut undo);
        let inverse = self.inverse_of(&done[common..]);
        commit::undo(&mut *self.state, &undo);
        [inverse, effect[common..].to_vec()]
    }

    /// The same, where the other run has just been done, which `undo` takes back.
    fn difference_below(&mut self, undo: &[u8], done: &[u8], effect: &[u8]) -> Difference {
        let mut back = UndoLog::default();
        let undone = commit::redo(&mut *self.state, undo, &mut back);
        debug_assert_eq!(undone, Applied::Whole, "it was done just before");
        let differs = self.difference(done, effect);
        commit::undo(&mut *self.state, &back);
        differs
    }

    /// Pieces, carried over a difference of what is before them; and whether nothing is left of something of them.
    fn carry_pieces(
        &self,
        behind: &[Piece<'_>],
        differs: &Difference,
        work: &mut Work,
    ) -> (Vec<u8>, bool) {
        let mut form = Vec::new();
        for piece in behind {
            piece.write_with(piece.patches(), &mut form);
        }
        let schema = self.state.schema();
        let mut commit = Commit::parse_own(schema, &form);
        for commits in differs {
            let earlier = Commit::parse_own(schema, commits);
            (commit, _) = commit.cross(earlier, work);
        }
        (commit.write(&form), commit.has_lost())
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
}
