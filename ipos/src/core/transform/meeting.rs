//! Confirmed commits meet those that are pending where they arrive.

use super::{Commit, Work};
use crate::{schema::Schema, wire::DecodeError};

/// What becomes of a confirmed commit, and so of pending ones that were made on the same state.
#[derive(Debug, PartialEq)]
pub(crate) enum Meeting {
    /// The pending ones stay as they are, and it is applied on top of them: as this, if not as it is.
    Past(Option<Vec<u8>>),
    /// It is applied below them.
    Below,
}

/// A moved commit, and whether nothing is left of one of its patches.
pub(crate) type Moved = (Vec<u8>, bool);

/// Pending commits, taken apart once for all that come in below them. They stand one after the other, the
/// oldest first.
#[derive(Debug)]
pub(crate) struct Crowd<'a> {
    members: Vec<Member<'a>>,
    /// How many confirmed commits have come in while they stayed as they are.
    met: usize,
    /// Those that differ in what passes them, in their order, once that was worth finding out.
    different: Option<Vec<usize>>,
}

/// After so many confirmed commits it is worth finding out which of the pending ones differ.
const OFTEN: usize = 8;

/// With how many others each is compared for that.
const COMPARED: usize = 16;

#[derive(Debug)]
struct Member<'a> {
    form: &'a [u8],
    commit: Commit<'a>,
}

impl<'a> Crowd<'a> {
    /// All of each is done.
    pub(crate) fn new(schema: &Schema, pending: impl Iterator<Item = &'a [u8]>) -> Self {
        let members = pending.map(|form| Member {
            form,
            commit: Commit::parse_own(schema, form),
        });
        Self {
            members: members.collect(),
            met: 0,
            different: None,
        }
    }

    /// Those that have met confirmed commits, each of which could be read.
    pub(crate) fn having_met(
        schema: &Schema,
        pending: impl Iterator<Item = &'a [u8]>,
        confirmed: impl IntoIterator<Item = &'a [u8]>,
    ) -> Self {
        let mut crowd = Self::new(schema, pending);
        let mut are_undone = false;
        for confirmed in confirmed {
            let meeting = crowd.meet(schema, confirmed, are_undone);
            are_undone |= matches!(meeting, Ok(Meeting::Below));
        }
        crowd
    }

    /// A confirmed commit comes in. When the pending ones are undone by now, it is applied below them.
    pub(crate) fn meet(
        &mut self,
        schema: &Schema,
        confirmed: &'a [u8],
        are_undone: bool,
    ) -> Result<Meeting, DecodeError> {
        if self.members.is_empty() {
            return Ok(Meeting::Past(None));
        }
        let theirs = Commit::parse(schema, confirmed)?;
        if !are_undone {
            let mut carried = theirs.clone();
            if self.stay_under(&mut carried) {
                let is_moved = carried != theirs;
                return Ok(Meeting::Past(is_moved.then(|| carried.write_whole())));
            }
        }
        self.carry(theirs);
        Ok(Meeting::Below)
    }

    /// Carries a commit over all of them, if they stay as they are. Those that write to one place, which may be
    /// many, are met once.
    fn stay_under(&mut self, carried: &mut Commit<'a>) -> bool {
        self.met += 1;
        if self.met == OFTEN {
            self.different = Some(self.different());
        }
        match &self.different {
            Some(different) => {
                let mut members = different.iter().map(|&at| &self.members[at]);
                members.all(|own| carried.pass(&own.commit))
            }
            None => self.members.iter().all(|own| carried.pass(&own.commit)),
        }
    }

    /// Those without which it comes to the same what passes them. What one of them moves comes to the next ones
    /// as something else, so only those between two such are compared.
    fn different(&self) -> Vec<usize> {
        let mut different = Vec::new();
        let mut since_moved = 0;
        for (at, own) in self.members.iter().enumerate() {
            if !own.commit.moves_nothing() {
                different.push(at);
                since_moved = different.len();
                continue;
            }
            let first = different.len().saturating_sub(COMPARED).max(since_moved);
            let is_like = |&met: &usize| self.members[met].commit.is_met_like(&own.commit);
            if !different[first..].iter().any(is_like) {
                different.push(at);
            }
        }
        different
    }

    /// Carries all of them over a commit that is ordered before them.
    pub(crate) fn carry(&mut self, mut first: Commit<'a>) {
        (self.met, self.different) = (0, None);
        let mut work = Work::new();
        for own in &mut self.members {
            let (over, under) = std::mem::take(&mut own.commit).cross(first, &mut work);
            (own.commit, first) = (over, under);
        }
    }

    /// What they have come to be.
    pub(crate) fn moved(self) -> Vec<Moved> {
        let members = self.members.into_iter();
        let write = |mut own: Member<'_>| (own.commit.write(own.form), own.commit.has_lost());
        members.map(write).collect()
    }
}
