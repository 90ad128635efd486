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
pub(crate) struct Crowd<'a>(Vec<Member<'a>>);

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
        Self(members.collect())
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
        if self.0.is_empty() {
            return Ok(Meeting::Past(None));
        }
        let theirs = Commit::parse(schema, confirmed)?;
        if !are_undone {
            let mut carried = theirs.clone();
            let stay = self.0.iter().all(|own| carried.pass(&own.commit));
            if stay {
                let is_moved = carried != theirs;
                return Ok(Meeting::Past(is_moved.then(|| carried.write_whole())));
            }
        }
        self.carry(theirs);
        Ok(Meeting::Below)
    }

    /// Carries all of them over a commit that is ordered before them.
    pub(crate) fn carry(&mut self, mut first: Commit<'a>) {
        let mut work = Work::new();
        for own in &mut self.0 {
            let (over, under) = std::mem::take(&mut own.commit).cross(first, &mut work);
            (own.commit, first) = (over, under);
        }
    }

    /// What they have come to be.
    pub(crate) fn moved(self) -> Vec<Moved> {
        let members = self.0.into_iter();
        let write = |mut own: Member<'_>| (own.commit.write(own.form), own.commit.has_lost());
        members.map(write).collect()
    }
}
