//! What members propose, ordered or refused.

use std::sync::Arc;

use super::{Sequencer, member, verdict::Verdict};
use crate::{
    breaks::{Break, broken},
    core::{
        ObjectId, PeerId, Post, Replica,
        message::{Act, Terms, Whole},
        replica::{Acted, Outcome},
    },
};

/// A commit that a member proposes.
#[derive(Debug)]
pub(crate) struct Proposal<'a> {
    pub(crate) number: u64,
    pub(crate) object: ObjectId,
    pub(crate) terms: Terms,
    /// With marks if there are actions.
    pub(crate) patches: &'a [u8],
    pub(crate) acts: Vec<Act<'a>>,
    /// Why there is no room for what it may add, if so.
    pub(crate) no_room: Option<String>,
}

impl<C: Clone> Sequencer<C> {
    /// Gives a member's commit its place, and tells its member what has become of it. `replica` is
    /// that of the object, unless the commit came too late for it. Gives the reason if it was refused.
    pub(crate) fn order(
        &mut self,
        from: PeerId,
        proposal: &Proposal<'_>,
        mut replica: Option<&mut Replica>,
        outcome: Outcome,
        post: &mut impl Post,
    ) -> Option<String> {
        let refused = self.give_place(from, proposal, replica.as_deref_mut(), outcome, post);
        if let Some(replica) = replica {
            self.has_bridged(from, replica);
        }
        self.has_proposed(from, post);
        refused
    }

    fn give_place(
        &mut self,
        from: PeerId,
        proposal: &Proposal<'_>,
        replica: Option<&mut Replica>,
        outcome: Outcome,
        post: &mut impl Post,
    ) -> Option<String> {
        let &Proposal {
            number,
            object,
            terms,
            patches,
            ..
        } = proposal;
        if let Some(member) = self.members.get_mut(&from).filter(|_| terms.anew) {
            member.stale.remove(&object);
        }
        let amended = match outcome {
            Outcome::Late if terms.whole != Whole::No || !proposal.acts.is_empty() => {
                self.reject(from, number, LATE, (None, None), post);
                return Some(LATE.to_owned());
            }
            // Told again, it may come before what it was too late for.
            Outcome::Late => {
                self.tell_verdict(from, number, Verdict::Amended(Vec::new()), post);
                return None;
            }
            Outcome::Stale => {
                if let Some(member) = self.members.get_mut(&from) {
                    member.stale.entry(object).or_insert(number);
                }
                self.tell_verdict(from, number, Verdict::Stale, post);
                return None;
            }
            Outcome::Acted(acted) => {
                self.order_acted(from, number, acted, replica, post);
                return None;
            }
            Outcome::Refused {
                reason,
                inverse,
                again,
                answer,
            } => {
                self.reject(from, number, &reason, (None, answer), post);
                if let Some(replica) = replica.filter(|_| !broken(Break::ForgetInverse)) {
                    replica.refuse_proposal(from, self.seq, inverse, again);
                }
                return Some(reason);
            }
            Outcome::Same => None,
            Outcome::Amended(patches) => Some(patches),
        };
        self.seq += 1;
        let patches = amended.as_deref().unwrap_or(patches);
        if let Some(replica) = replica {
            replica.confirm_proposal(from, self.seq, self.tail_limit(), patches);
            self.tell_commit(from, replica, patches, post);
        }
        let verdict = match amended {
            Some(patches) if !broken(Break::HideAmendment) => Verdict::Amended(patches),
            _ => Verdict::Accepted,
        };
        self.tell_verdict(from, number, verdict, post);
        None
    }

    /// Refuses to create or delete an object. Its member, which has taken its own in place of it or
    /// deleted it, is owed it again.
    pub(crate) fn refuse_key(
        &mut self,
        from: PeerId,
        number: u64,
        reason: &str,
        key: &str,
        post: &mut impl Post,
    ) {
        self.reject(from, number, reason, (Some(key.into()), None), post);
        let object = self.names.get(key).copied();
        let object = object.filter(|_| !broken(Break::GiveForgotten));
        if let (Some(member), Some(object)) = (self.members.get_mut(&from), object) {
            member.waiting.insert(object);
        }
        self.has_proposed(from, post);
    }

    /// Refuses a proposal. That takes a place in the order, so that it is known from where on the
    /// member has gone back.
    fn reject(
        &mut self,
        from: PeerId,
        number: u64,
        reason: &str,
        (key, answer): (Option<Arc<str>>, Option<Vec<u8>>),
        post: &mut impl Post,
    ) {
        self.seq += 1;
        let reason = member::cut(reason).to_owned();
        let verdict = Verdict::Rejected {
            reason,
            key,
            answer,
        };
        self.tell_verdict(from, number, verdict, post);
    }

    /// Gives a commit with actions its place. All others hear of what the host's run has changed.
    fn order_acted(
        &mut self,
        from: PeerId,
        number: u64,
        acted: Acted,
        replica: Option<&mut Replica>,
        post: &mut impl Post,
    ) {
        self.seq += 1;
        if let Some(replica) = replica {
            let differs = acted.differs.filter(|_| !broken(Break::ForgetActed));
            replica.confirm_acts(from, self.seq, self.tail_limit(), &acted.effect, differs);
            self.tell_commit(from, replica, &acted.effect, post);
        }
        let patches = (!acted.is_as_proposed).then_some(acted.effect);
        self.tell_verdict(from, number, Verdict::Acted(patches, acted.answer), post);
    }
}

/// Why a commit is refused that was to count as a whole or not at all.
const LATE: &str = "the object was overwritten or deleted";
