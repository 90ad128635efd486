//! What the host remembers of an object's last commits, so that a proposal can be carried over those
//! that its member had not heard of.

use std::{collections::VecDeque, sync::Arc};

use super::{
    PeerId, Seq,
    message::Terms,
    spool::{Place, Spool},
    transform::{Commit, Spot, Work},
};
use crate::{
    breaks::{Break, broken},
    schema::Schema,
    wire::DecodeError,
};

/// How much is remembered.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limit {
    /// How many commits.
    pub(crate) commits: usize,
    /// How many bytes of them.
    pub(crate) bytes: usize,
}

impl Limit {
    /// Whether it is less than there is.
    pub(super) fn is_passed(self, commits: usize, bytes: usize) -> bool {
        commits > self.commits || bytes > self.bytes
    }
}

/// An object's last commits, as they were confirmed.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    commits: VecDeque<Past>,
    patches: Spool,
    /// How many bytes there are of `shared` ones.
    shared: usize,
    /// Commits up to this one are forgotten.
    cut: Seq,
}

/// A commit that was confirmed.
#[derive(Debug)]
struct Past {
    seq: Seq,
    origin: PeerId,
    patches: Place,
    /// The same for those who carry it over what they propose, once there is one.
    shared: Option<Arc<[u8]>>,
}

impl Tail {
    /// Remembers a commit, and forgets those for which there is no room then.
    pub(crate) fn push(&mut self, seq: Seq, origin: PeerId, patches: &[u8], limit: Limit) {
        while limit.is_passed(self.commits.len() + 1, self.bytes() + patches.len()) {
            let Some(oldest) = self.commits.pop_front() else {
                // It takes more than there is for all.
                self.cut = seq;
                return;
            };
            self.patches.pop(oldest.patches);
            self.shared -= oldest.shared.map_or(0, |shared| shared.len());
            self.cut = oldest.seq;
        }
        self.commits.push_back(Past {
            seq,
            origin,
            patches: self.patches.push(patches),
            shared: None,
        });
    }

    fn bytes(&self) -> usize {
        self.patches.bytes() + self.shared
    }

    /// The place of the last commit.
    fn last(&self) -> Seq {
        self.commits.back().map_or(self.cut, |past| past.seq)
    }

    /// The commits behind `seq`, but for those of `member`, with their places; `None` when some of them are forgotten.
    fn since(
        &mut self,
        seq: Seq,
        member: PeerId,
    ) -> Option<impl Iterator<Item = (Seq, Arc<[u8]>)>> {
        if seq < self.cut {
            return None;
        }
        // Few have not been heard of, and those are looked at anyway.
        let unheard = self.commits.iter().rev();
        let unheard = unheard.take_while(|past| past.seq > seq).count();
        let unheard = self.commits.range_mut(self.commits.len() - unheard..);
        let others = unheard.filter(move |past| past.origin != member);
        Some(others.map(|past| {
            let shared = past.shared.get_or_insert_with(|| {
                let patches = self.patches.get(past.patches);
                self.shared += patches.len();
                patches.into()
            });
            (past.seq, shared.clone())
        }))
    }
}

/// What one member had not heard of when it made its last proposal, carried over that proposal: so
/// it fits the state that the member makes its next one on.
#[derive(Debug, Default)]
pub(crate) struct Bridge {
    /// Commits up to this one were taken in.
    taken: Seq,
    ahead: VecDeque<Ahead>,
    /// The member was told that it is too far behind, and has not begun anew.
    is_broken: bool,
    /// Where the last proposal stands that was applied unmoved. What is made before the member has heard
    /// of that is made on something else than what is here.
    unmoved: Seq,
    /// How many bytes a commit may have to be taken in.
    largest: usize,
}

/// A commit that a member has not heard of.
#[derive(Debug)]
struct Ahead {
    seq: Seq,
    /// Those of the tail, until they are moved.
    patches: Arc<[u8]>,
    /// It makes of what an action has done at its member what it has done at the host. Once the member has
    /// heard of all before it, it has run the action again to the same end.
    is_of_act: bool,
    /// What stands in its place then, if anything does.
    instead: Option<Vec<u8>>,
    /// Where it leads, as far as that was looked at and is simple: most proposals need not know more of it.
    spot: Option<Spot>,
}

impl Ahead {
    fn bytes(&self) -> usize {
        self.patches.len() + self.instead.as_ref().map_or(0, Vec::len)
    }

    /// Whether it is known, without taking it apart, that it and a proposal stay as they are.
    fn is_beside(&self, proposal: &Commit<'_>, work: &Work) -> bool {
        let spot = self.spot.as_ref().filter(|_| self.instead.is_none());
        spot.is_some_and(|spot| proposal.is_apart_from_spot(spot)) && !work.is_spent()
    }

    /// It as it is after a proposal: with these patches, if they are others.
    fn moved(
        &self,
        patches: Option<Vec<u8>>,
        instead: Option<Vec<u8>>,
        spot: Option<Spot>,
    ) -> Self {
        Self {
            spot: spot.filter(|_| patches.is_none()),
            patches: patches.map_or_else(|| self.patches.clone(), Into::into),
            instead,
            ..*self
        }
    }
}

/// What a commit that a member has not heard of takes beside its bytes, about.
pub(super) const AHEAD: usize = 256;

/// A proposal, as it is to be applied.
#[derive(Debug)]
pub(crate) enum Carried {
    /// As it was made.
    Same,
    /// As it was made, though it may not be what its member meant: it has begun anew, and is too far
    /// behind again; or it would take too long to move; or it was made on top of what was so.
    Unmoved,
    /// Moved over what its member had not heard of, and whether something of each patch is left.
    Moved(Vec<u8>, bool),
    /// Its member is too far behind, and has to carry it over itself.
    Stale,
}

impl Bridge {
    /// Carries a proposal of `member` over what the member had not heard of when it made it.
    pub(crate) fn carry(
        &mut self,
        schema: &Schema,
        tail: &mut Tail,
        limit: Limit,
        member: PeerId,
        terms: Terms,
        patches: &[u8],
    ) -> Result<Carried, DecodeError> {
        let carried = self.carry_over(schema, tail, limit, member, terms, patches);
        self.largest = limit.bytes;
        carried
    }

    fn carry_over(
        &mut self,
        schema: &Schema,
        tail: &mut Tail,
        limit: Limit,
        member: PeerId,
        terms: Terms,
        patches: &[u8],
    ) -> Result<Carried, DecodeError> {
        let Terms { base, anew, .. } = terms;
        if anew {
            *self = Self {
                taken: base,
                unmoved: self.unmoved,
                ..Self::default()
            };
        }
        if broken(Break::NoBridge) {
            self.ahead.clear();
        }
        let has_run_again = self.hear(base);
        let (last, heard) = (tail.last(), self.taken.max(base));
        let unheard = tail.since(heard, member);
        let unheard = unheard.filter(|_| !self.is_broken);
        if unheard.is_none() && broken(Break::StaleOrdered) {
            return Ok(Carried::Same);
        }
        let Some(unheard) = unheard else {
            *self = Self {
                is_broken: !anew,
                taken: last,
                unmoved: if anew { Seq::MAX } else { self.unmoved },
                ..Self::default()
            };
            // Whoever has begun anew and is too far behind again would be so for ever.
            return Ok(if anew {
                Carried::Unmoved
            } else {
                Carried::Stale
            });
        };
        self.take_in(unheard);
        if last > heard {
            self.taken = last;
        }
        if limit.is_passed(self.ahead.len(), self.bytes()) {
            if anew {
                *self = Self {
                    taken: last,
                    unmoved: Seq::MAX,
                    ..Self::default()
                };
                return Ok(Carried::Unmoved);
            }
            self.break_off();
            return Ok(Carried::Stale);
        }
        let is_sure = base >= self.unmoved && !has_run_again;
        let same = if is_sure {
            Carried::Same
        } else {
            // Nor is it sure what is made on top of it.
            self.unmoved = Seq::MAX;
            Carried::Unmoved
        };
        if self.ahead.is_empty() {
            return Ok(same);
        }
        let mut proposal = Commit::parse(schema, patches)?;
        let mut work = Work::new();
        let mut carried = Vec::new();
        // What would take too long to move, or grow too large, counts as lost and stays as it is.
        let mut are_moved = true;
        for (at, ahead) in self.ahead.iter().enumerate() {
            if ahead.is_beside(&proposal, &work) {
                continue;
            }
            let instead = ahead.instead.as_ref().map(|instead| {
                let commit = Commit::parse_own(schema, instead);
                let (_, mut under) = proposal.clone().cross(commit, &mut work);
                under.write(instead)
            });
            let commit = Commit::parse_own(schema, &ahead.patches);
            let spot = commit.spot();
            let (over, mut under) = proposal.cross(commit, &mut work);
            let patches = under.write(&ahead.patches);
            let is_same = *patches == *ahead.patches;
            are_moved &= !under.has_lost() || !is_same;
            let patches = (!is_same).then_some(patches);
            carried.push((at, ahead.moved(patches, instead, spot)));
            proposal = over;
        }
        let moved = proposal.write(patches);
        let (is_same, has_lost) = (moved == patches, proposal.has_lost());
        for (at, ahead) in carried {
            self.ahead[at] = ahead;
        }
        if self.bytes() > limit.bytes.saturating_mul(2) {
            // It has grown; the member has to carry over what it makes next.
            self.break_off();
        }
        if !are_moved || (is_same && has_lost) {
            self.unmoved = Seq::MAX;
        }
        Ok(match (is_same, has_lost) {
            (true, true) => Carried::Unmoved,
            (true, false) => same,
            (false, _) => Carried::Moved(moved, is_sure && !has_lost),
        })
    }

    /// Takes in what the member has not heard of.
    fn take_in(&mut self, unheard: impl Iterator<Item = (Seq, Arc<[u8]>)>) {
        self.ahead.extend(unheard.map(|(seq, patches)| Ahead {
            seq,
            patches,
            is_of_act: false,
            instead: None,
            spot: None,
        }));
    }

    /// Notes the place that the proposal was given.
    pub(crate) fn ordered(&mut self, seq: Seq) {
        self.taken = seq;
        self.unmoved = self.unmoved.min(seq);
    }

    /// Notes that the proposal was refused, and what takes it back: the member, which hears of that
    /// at `seq`, may have gone on from the state with the proposal in it. `again` takes back what its actions do
    /// once the member has heard of all that came before, and has run them again.
    pub(crate) fn refused(&mut self, seq: Seq, inverse: Vec<u8>, again: Option<Vec<u8>>) {
        self.ordered(seq);
        if self.is_too_much(inverse.len() + again.as_ref().map_or(0, Vec::len)) {
            return;
        }
        self.ahead.push_back(Ahead {
            seq,
            patches: inverse.into(),
            is_of_act: again.is_some() && !self.ahead.is_empty(),
            instead: again,
            spot: None,
        });
    }

    /// Notes that actions of the proposal have made something else of the object than its member has.
    pub(crate) fn acted(&mut self, seq: Seq, differs: [Vec<u8>; 2]) {
        if self.is_too_much(differs.iter().map(Vec::len).sum()) {
            return;
        }
        // A member that has heard of all before has nothing to run them again for.
        let is_of_act = !self.ahead.is_empty();
        for patches in differs {
            self.ahead.push_back(Ahead {
                seq,
                patches: patches.into(),
                is_of_act,
                instead: None,
                spot: None,
            });
        }
    }

    /// Whether so many bytes are too much to be remembered. Then the member has to carry over what it makes next.
    fn is_too_much(&mut self, bytes: usize) -> bool {
        let is_too_much = bytes > self.largest;
        if is_too_much {
            self.break_off();
        }
        is_too_much
    }

    /// Forgets what the member has not heard of. It has to carry over itself what it makes next.
    pub(crate) fn break_off(&mut self) {
        *self = Self {
            is_broken: true,
            unmoved: self.unmoved,
            ..Self::default()
        };
    }

    fn bytes(&self) -> usize {
        self.ahead.iter().map(Ahead::bytes).sum()
    }

    /// What there is of what the member has not heard of, in bytes, about.
    pub(crate) fn weight(&self) -> usize {
        self.bytes() + AHEAD * self.ahead.len()
    }

    /// Drops what the member has heard of up to `base`. Whether it has run actions again in a way that is not
    /// known here, since it has heard of a part of what came before them.
    fn hear(&mut self, base: Seq) -> bool {
        let heard = self.ahead.iter().take_while(|ahead| ahead.seq <= base);
        let heard = heard.count();
        self.ahead.drain(..heard);
        while let Some(first) = self.ahead.front_mut().filter(|ahead| ahead.is_of_act) {
            if let Some(patches) = first.instead.take() {
                // It leads elsewhere.
                (first.patches, first.spot) = (patches.into(), None);
                first.is_of_act = false;
            } else {
                self.ahead.pop_front();
            }
        }
        heard > 0 && self.ahead.iter().any(|ahead| ahead.is_of_act)
    }
}

#[cfg(test)]
mod tests;
