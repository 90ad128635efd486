//! A confirmed commit meets those that are pending where it arrives.

use super::Commit;
use crate::{schema::Schema, wire::DecodeError};

/// What becomes of a confirmed commit and of pending ones, which were made on the same state.
#[derive(Debug, PartialEq)]
pub(crate) enum Meeting {
    /// The pending ones stay as they are, and it is applied on top of them: as this, if not as it is.
    Past(Option<Vec<u8>>),
    /// It is applied below them, and they come to be these.
    Below(Vec<Vec<u8>>),
}

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
        let mut theirs = Commit::parse(schema, confirmed)?;
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
        let mut moved = Vec::with_capacity(pending.len());
        for (form, _, own) in pending {
            let (over, under) = own.cross(theirs);
            moved.push(over.write(form));
            theirs = under;
        }
        Ok(Self::Below(moved))
    }
}
