//! Commits with actions where the host runs them.

use super::{Acted, Difference, Failure, Recorder, run};
use crate::{
    core::{
        PeerId, Seq,
        commit::{self, Applied},
        judge::Origin,
        message::{self, Asks, REASON_LIMIT},
        replica::{
            Outcome, Replica,
            host::{LOST, Proposed, inverse, is_lost, unsendable},
            unreadable,
        },
        sequencer::Proposal,
        tail::Limit,
        transform::{Piece, without_marks},
    },
    patch::Ran,
    wire::{DecodeError, Reader},
};

impl Replica {
    /// Runs a member's commit with actions, moved over what the member had not heard of, if it may count.
    pub(in super::super) fn apply_acts(
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
        let expected = without_marks(&self.pieces(Reader::of_own(form))?);
        let mut recorder = std::mem::take(&mut self.recorder);
        let ran = self.run_proposed(form, (proposal, is_whole), largest, &mut recorder);
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
                differs: None,
                answer,
            }),
            Ok(answer) => {
                commit::undo(&mut *self.state, &self.recorder.undo);
                let differs = self.difference(&expected, &effect);
                self.recorder.clear();
                let again = commit::redo(&mut *self.state, &effect, &mut self.recorder.undo);
                debug_assert_eq!(again, Applied::Whole, "it was done just before");
                Outcome::Acted(Acted {
                    is_as_proposed: effect == sent,
                    effect,
                    differs: Some(differs),
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
        self.note_proposal(&outcome);
        self.recorder.clear();
        Ok(outcome)
    }

    /// Applies the patches and runs the actions of a commit, as its member does when it runs them again: what fails
    /// comes to nothing. Gives the answer that was asked for, or the first failure.
    fn run_proposed(
        &mut self,
        form: &[u8],
        (proposal, is_whole): (&Proposal<'_>, bool),
        largest: usize,
        recorder: &mut Recorder,
    ) -> Result<Option<Vec<u8>>, Failure> {
        let mut acts = proposal.acts.iter();
        let mut outcome = Ok(None);
        let (_, has_all) = self.run_pieces(
            form,
            recorder,
            |state, patches, undo| {
                commit::apply_proposed(state, patches, undo)
                    .map_err(|refused| (unreadable(&refused), None))
            },
            |replica, way, recorder| {
                let act = acts.next().expect("there are as many as pieces");
                match replica.run_act(act, way, recorder) {
                    Ok(answer) if act.asks == Asks::Answer => {
                        outcome = outcome.clone().map(|_| Some(answer));
                    }
                    Ok(_) => {}
                    Err(failure) => outcome = outcome.clone().and(Err(failure)),
                }
                // Nor is anything run for what is too large by now.
                fits(recorder.patches().len(), largest).map_err(|reason| (reason, None))
            },
        )?;
        if is_lost(proposal.terms, is_whole && has_all) {
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
        fits(bytes, largest)?;
        self.check_recorded().map_err(|error| unsendable(&error))?;
        self.judge_recorded(|| *origin)
    }

    /// Gives a member's commit with actions, which has just been done with this `effect`, its place. With a
    /// difference its member has done something else.
    pub(crate) fn confirm_acts(
        &mut self,
        from: PeerId,
        seq: Seq,
        limit: Limit,
        effect: &[u8],
        differs: Option<Difference>,
    ) {
        self.confirm_proposal(from, seq, limit, effect);
        if let Some(differs) = differs {
            let bridge = self.bridges.entry(from).or_default();
            bridge.acted(seq, differs);
        }
    }
}

/// Whether what actions change and answer has no more bytes than may be told.
fn fits(bytes: usize, largest: usize) -> Result<(), String> {
    if bytes > largest {
        return Err(format!(
            "what its actions change and answer takes {bytes} bytes, and the limit is {largest}"
        ));
    }
    Ok(())
}
