//! A replica on the host: what is proposed is carried over what came before, judged, and applied.

use super::{Acted, Life, Replica};
use crate::{
    breaks::{Break, broken},
    core::{
        PeerId, Seq, State, Untyped,
        audience::Told,
        commit::{self, Applied},
        judge::{Judge, Origin},
        message::{Terms, Whole},
        sequencer::Proposal,
        tail::{Bridge, Carried, Limit},
        transform::Commit,
    },
    recorder::UndoLog,
    wire::DecodeError,
};

/// What becomes of a member's commit.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// It was applied as it was proposed.
    Same,
    /// It was applied as these patches.
    Amended(Vec<u8>),
    /// It was not applied: its member has to carry it over itself.
    Stale,
    /// Its actions were run.
    Acted(Acted),
    /// It was not applied, for this reason; `inverse` takes it back where it was, and when it has actions `again`
    /// does where they were run again on what the host has run them on. With the answer of the action that
    /// has failed, if that is why.
    Refused {
        reason: String,
        inverse: Vec<u8>,
        again: Option<Vec<u8>>,
        answer: Option<Vec<u8>>,
    },
    /// The object that it is for was overwritten or deleted: it counts as made just before.
    Late,
}

/// A member's commit, moved over what the member had not heard of.
#[derive(Debug)]
pub(super) struct Proposed {
    /// As it is by then, if that is not as it was.
    pub(super) moved: Option<Vec<u8>>,
    /// Something is left of all of it.
    pub(super) is_whole: bool,
    /// Why it must not come from a member, if so.
    pub(super) reserved: Option<String>,
}

impl Outcome {
    /// Why it was not applied, if it must not be.
    pub(crate) fn refusal(&self) -> Option<&str> {
        match self {
            Self::Refused { reason, .. } => Some(reason),
            _ => None,
        }
    }
}

impl Replica {
    /// Why a member's commit must not be, whatever the value is.
    pub(crate) fn refuses_from_member(
        &self,
        patches: &[u8],
    ) -> Result<Option<String>, DecodeError> {
        let Some(guarded) = &self.form.guarded else {
            return Ok(None);
        };
        let schema = self.state.schema();
        let commit = Commit::parse(schema, patches)?;
        Ok(guarded.refuses(schema, &commit))
    }

    /// Whether a program's rules are asked about each commit.
    pub(crate) fn is_judged(&self) -> bool {
        self.judge.is_some()
    }

    /// Asks this judge about every commit from now on. With `reserved`, only the host may put another
    /// object in place of this one, or delete it.
    pub(crate) fn set_rules(&mut self, judge: Option<Box<dyn Judge>>, reserved: bool) {
        (self.judge, self.is_reserved) = (judge, reserved);
    }

    /// Whether the open commit, which is the host's own, may count; the reason if not. If so it is to be
    /// confirmed.
    pub(crate) fn judge_recorded(&mut self, origin: impl FnOnce() -> Origin) -> Result<(), String> {
        if self.judge.is_none() {
            return Ok(());
        }
        let patches = self.recorder.patches();
        judge_applied(&mut self.judge, &*self.state, patches, &origin())
    }

    /// Makes the open commit a confirmed one. It is remembered when there may be members that have
    /// not heard of it when they write.
    pub(crate) fn commit_confirmed(&mut self, seq: Seq, remember: Option<Limit>) {
        if let Some(limit) = remember {
            self.tail
                .push(seq, PeerId::HOST, self.recorder.patches(), limit);
        }
        self.confirm_created(seq);
        self.version += 1;
        self.audience.tell(Told::Patched {
            seq,
            origin: PeerId::HOST,
            patches: self.recorder.patches(),
        });
        self.recorder.clear();
    }

    /// Applies a member's commit, moved over what the member had not heard of, and without what has
    /// lost its object, if it may count. What its actions change may have so many bytes.
    /// [`confirm_proposal`](Self::confirm_proposal), [`confirm_acts`](Self::confirm_acts) or
    /// [`refuse_proposal`](Self::refuse_proposal) is to follow.
    pub(crate) fn apply_proposal(
        &mut self,
        origin: &Origin,
        (limit, largest): (Limit, usize),
        proposal: &Proposal<'_>,
    ) -> Result<Outcome, DecodeError> {
        let &Proposal {
            object,
            terms,
            patches,
            ..
        } = proposal;
        if self.id != object || !matches!(self.life, Life::Live) {
            return Ok(Outcome::Late);
        }
        if !proposal.acts.is_empty() {
            return self.apply_acts(origin, (limit, largest), proposal);
        }
        let Some(Proposed {
            moved,
            mut is_whole,
            reserved,
        }) = self.carry(origin, limit, proposal)?
        else {
            return Ok(Outcome::Stale);
        };
        let form = moved.as_deref().unwrap_or(patches);
        let applied = commit::apply_proposed(&mut *self.state, form, &mut self.recorder.undo);
        let applied = match applied {
            Ok(applied) => applied,
            Err(refused) => return self.refuse_by_type(form, refused, reserved),
        };
        is_whole &= applied.is_whole();
        let allowed = match reserved {
            Some(reason) => Err(reason),
            None if is_lost(terms, is_whole) => Err(LOST.to_owned()),
            None => {
                let form = applied.of(form);
                self.check_elements()
                    .map_err(|error| unsendable(&error))
                    .and_then(|()| judge_applied(&mut self.judge, &*self.state, form, origin))
            }
        };
        let outcome = match (allowed, applied, moved) {
            (Err(reason), ..) => {
                let inverse = inverse(&self.recorder.undo);
                commit::undo(&mut *self.state, &self.recorder.undo);
                Outcome::Refused {
                    reason,
                    inverse,
                    again: None,
                    answer: None,
                }
            }
            (Ok(()), Applied::Whole, None) => Outcome::Same,
            (Ok(()), Applied::Whole, Some(moved)) => Outcome::Amended(moved),
            (Ok(()), Applied::Ends(form) | Applied::Rest(form), _) if form == patches => {
                Outcome::Same
            }
            (Ok(()), Applied::Ends(form) | Applied::Rest(form), _) => Outcome::Amended(form),
        };
        self.note_proposal(&outcome);
        self.recorder.clear();
        Ok(outcome)
    }

    /// Counts a proposal whose undo has just been recorded.
    pub(super) fn note_proposal(&mut self, outcome: &Outcome) {
        if outcome.refusal().is_none() {
            self.work.commits += 1;
            self.work.patches += self.recorded_patches() as u64;
        }
    }

    /// A member's commit, moved over what the member had not heard of. `None` when the member has to do that.
    pub(super) fn carry(
        &mut self,
        origin: &Origin,
        limit: Limit,
        proposal: &Proposal<'_>,
    ) -> Result<Option<Proposed>, DecodeError> {
        let Proposal {
            terms,
            patches,
            no_room,
            ..
        } = proposal;
        let (terms, peer) = (*terms, origin.peer);
        let (bridge, schema) = (self.bridges.entry(peer).or_default(), self.state.schema());
        let (moved, is_whole) =
            match bridge.carry(schema, &mut self.tail, limit, peer, terms, patches)? {
                Carried::Same => (None, true),
                Carried::Unmoved => (None, broken(Break::WholeUnmoved)),
                Carried::Moved(moved, is_whole) => (Some(moved), is_whole),
                Carried::Stale => return Ok(None),
            };
        self.work.rebases += u64::from(moved.is_some());
        Ok(Some(Proposed {
            moved,
            is_whole,
            reserved: match no_room {
                Some(reason) => Some(reason.clone()),
                None => self.refuses_from_member(patches)?,
            },
        }))
    }

    /// What becomes of a commit that was not applied since it cannot be read: it is refused when it is
    /// the Rust type that does not take it. What would have taken it back is found out by the schema.
    fn refuse_by_type(
        &self,
        form: &[u8],
        refused: DecodeError,
        reserved: Option<String>,
    ) -> Result<Outcome, DecodeError> {
        if self.is_untyped() {
            return Err(refused);
        }
        let mut held = Untyped::of(&*self.state);
        let mut undo = UndoLog::default();
        commit::apply_proposed(&mut held, form, &mut undo)?;
        Ok(Outcome::Refused {
            reason: reserved.unwrap_or_else(|| unreadable(&refused)),
            inverse: inverse(&undo),
            again: None,
            answer: None,
        })
    }

    /// Gives a member's commit, which was just applied as `patches`, its place.
    pub(crate) fn confirm_proposal(
        &mut self,
        from: PeerId,
        seq: Seq,
        limit: Limit,
        patches: &[u8],
    ) {
        self.tail.push(seq, from, patches, limit);
        self.bridges.entry(from).or_default().ordered(seq);
        self.confirm_created(seq);
        self.version += 1;
        self.audience.tell(Told::Patched {
            seq,
            origin: from,
            patches,
        });
    }

    /// Gives the refusal of a member's commit its place.
    pub(crate) fn refuse_proposal(
        &mut self,
        from: PeerId,
        seq: Seq,
        inverse: Vec<u8>,
        again: Option<Vec<u8>>,
    ) {
        let bridge = self.bridges.entry(from).or_default();
        bridge.refused(seq, inverse, again);
    }

    /// How many bytes there are, about, of what a member that writes has not heard of.
    pub(crate) fn bridge_bytes(&self, peer: PeerId) -> usize {
        self.bridges.get(&peer).map_or(0, Bridge::weight)
    }

    /// Forgets what a member that writes has not heard of. It has to carry over itself what it makes next.
    pub(crate) fn leave_behind(&mut self, peer: PeerId) {
        if let Some(bridge) = self.bridges.get_mut(&peer) {
            bridge.break_off();
        }
    }

    /// Forgets how far a member has heard.
    pub(crate) fn forget_member(&mut self, peer: PeerId) {
        self.bridges.remove(&peer);
    }
}

/// Whether a commit is refused because something of it is lost.
pub(super) fn is_lost(terms: Terms, is_whole: bool) -> bool {
    match terms.whole {
        Whole::No => false,
        Whole::Yes => !is_whole && !broken(Break::WholeByHalves),
        Whole::Lost => true,
    }
}

/// Asks an object's judge about a commit that was applied, and lets it follow.
fn judge_applied(
    judge: &mut Option<Box<dyn Judge>>,
    after: &dyn State,
    patches: &[u8],
    origin: &Origin,
) -> Result<(), String> {
    let Some(judge) = judge else { return Ok(()) };
    judge.judge(after, origin)?;
    judge.follow(patches);
    Ok(())
}

/// What takes back what was applied, in the form of a commit.
pub(super) fn inverse(undo: &UndoLog) -> Vec<u8> {
    undo.patches().flatten().copied().collect()
}

/// Why the host refuses what its Rust type does not take.
pub(crate) fn unreadable(refused: &DecodeError) -> String {
    let problem = &refused.problem;
    format!("the host cannot read what it makes of the object: {problem}")
}

pub(super) fn unsendable(error: &DecodeError) -> String {
    // Nobody could join any more.
    let problem = &error.problem;
    format!("what it makes of the object cannot be sent: {problem}")
}

/// Why a commit is refused that was to count as a whole or not at all.
pub(super) const LOST: &str = "something that it changes is gone";
