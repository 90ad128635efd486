//! A confirmed commit meets those that are pending where it arrives.

use super::Commit;
use crate::{schema::Schema, wire::DecodeError};

/// What becomes of a confirmed commit and of pending ones, which were made on the same state.
#[derive(Debug, PartialEq)]
pub(crate) enum Meeting {
    /// The pending ones stay as they are, and it is applied on top of them: as this, if not as it is.
    Past(Option<Vec<u8>>),
    /// It is applied below them, and they come to be these.
    Below(Vec<Moved>),
}

/// A moved commit, and whether nothing is left of one of its patches.
pub(crate) type Moved = (Vec<u8>, bool);

impl Meeting {
    /// The pending commits stand one after the other, the oldest first; each with whether all of it
    /// could be done.
    pub(crate) fn of<'a>(
        schema: &Schema,
        confirmed: &[u8],
        pending: impl ExactSizeIterator<Item = (&'a [u8], bool)>,
    ) -> Result<Self, DecodeError> {
        if pending.len() == 0 {
            return Ok(Self::Past(None));
        }
        let theirs = Commit::parse(schema, confirmed)?;
        let pending: Vec<_> = pending
            .map(|(form, is_whole)| (form, is_whole, Commit::parse_own(schema, form)))
            .collect();
        let mut carried = theirs.clone();
        let stay = pending.iter().all(|(_, is_whole, own)| {
            if *is_whole {
                carried.pass(own)
            } else {
                // What could not be done has moved nothing, and must not come to be possible.
                own.is_apart_from(&carried)
            }
        });
        if stay {
            let is_moved = carried != theirs;
            return Ok(Self::Past(is_moved.then(|| carried.write_whole())));
        }
        let pending = pending.into_iter().map(|(form, _, own)| (form, own));
        Ok(Self::Below(carried_over(pending, theirs)))
    }
}

/// What the pending commits, which stand one after the other, are when `first` is ordered before them.
pub(crate) fn carried<'a>(
    schema: &Schema,
    pending: impl Iterator<Item = &'a [u8]>,
    first: &'a [u8],
) -> Vec<Moved> {
    let pending = pending.map(|form| (form, Commit::parse_own(schema, form)));
    carried_over(pending, Commit::parse_own(schema, first))
}

fn carried_over<'a>(
    pending: impl Iterator<Item = (&'a [u8], Commit<'a>)>,
    mut first: Commit<'a>,
) -> Vec<Moved> {
    let moved = pending.map(|(form, own)| {
        let (over, under) = own.cross(std::mem::take(&mut first));
        first = under;
        (over.write(form), over.has_lost())
    });
    moved.collect()
}
