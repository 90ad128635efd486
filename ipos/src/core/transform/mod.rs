//! Moving patches over others that were ordered before them, so that they do what they were meant
//! to: an edit lands on its element though others have inserted or removed before it, and an edit
//! of something that is gone becomes nothing.
//!
//! Patches are taken apart by their schema; what they put in stays bytes. Nothing here can make
//! replicas differ: it decides what the host confirms, and guesses that while a commit is pending.

mod change;
mod patch;
mod sequence;

#[cfg(test)]
mod tests;

use patch::Patch;
use sequence::Tie;

use crate::{
    breaks::{Break, broken},
    schema::Schema,
    wire::{DecodeError, Reader},
};

/// A commit's patches, taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Commit<'a>(Vec<Patch<'a>>);

/// The most work that one commit is moved over another for, in pairs of patches or positions.
const MOST_WORK: usize = 1 << 20;

/// How many bytes a moved commit may have, if it is not the original that is larger.
const LARGEST_MOVED: usize = 64 * 1024;

impl<'a> Commit<'a> {
    fn weight(&self) -> usize {
        self.0.iter().map(Patch::weight).sum()
    }

    /// Takes a commit apart that may come from a peer.
    pub(crate) fn parse(schema: &Schema, patches: &'a [u8]) -> Result<Self, DecodeError> {
        patch::parse(schema, Reader::new(patches)).map(Self)
    }

    /// Takes a commit apart that was moved before. If it cannot be read any more, as when a peer told
    /// positions that never were, nothing is left of it.
    pub(crate) fn parse_own(schema: &Schema, patches: &'a [u8]) -> Self {
        Self(patch::parse(schema, Reader::of_own(patches)).unwrap_or_default())
    }

    /// Puts the patches together again; `original` when they have become too large to be sent.
    pub(crate) fn write(&self, original: &[u8]) -> Vec<u8> {
        let most = original.len().max(LARGEST_MOVED);
        let mut out = Vec::with_capacity(original.len());
        for patch in &self.0 {
            patch.write(&mut out);
            if out.len() > most {
                return original.to_vec();
            }
        }
        out
    }

    /// Whether the order in which this and another commit are applied makes no difference, and
    /// neither changes where the other leads.
    pub(crate) fn is_apart_from(&self, other: &Commit<'_>) -> bool {
        self.0
            .iter()
            .all(|mine| other.0.iter().all(|theirs| mine.is_apart_from(theirs)))
    }

    /// Carries this commit over `earlier`, which was made on the same state and is ordered before
    /// it; and carries `earlier` over this one, for what was made on top of this.
    pub(crate) fn cross(self, earlier: Commit<'a>) -> (Commit<'a>, Commit<'a>) {
        // Moving is for the sake of meaning. What would take too long is left where it is.
        if self.weight().saturating_mul(earlier.weight()) > MOST_WORK {
            return (self, earlier);
        }
        let (mine, theirs) = cross(self.0, earlier.0);
        (Commit(mine), Commit(theirs))
    }
}

/// `later` as it is after `earlier`, and `earlier` as it is after `later`. The patches of each list
/// stand one after the other, and every pair meets once: each as it is by then.
fn cross<'a>(
    later: Vec<Patch<'a>>,
    mut earlier: Vec<Patch<'a>>,
) -> (Vec<Patch<'a>>, Vec<Patch<'a>>) {
    match (&later[..], &earlier[..]) {
        ([], _) | (_, []) => (later, earlier),
        ([mine], [theirs]) => {
            let ties = if broken(Break::ReversedTie) {
                (Tie::Before, Tie::After)
            } else {
                (Tie::After, Tie::Before)
            };
            (mine.over(theirs, ties.0), theirs.over(mine, ties.1))
        }
        ([_], _) => {
            let mut moving = later;
            let mut rest = Vec::with_capacity(earlier.len());
            for theirs in earlier {
                let (over, under) = cross(moving, vec![theirs]);
                moving = over;
                rest.extend(under);
            }
            (moving, rest)
        }
        _ => {
            let mut passed = Vec::with_capacity(later.len());
            for patch in later {
                let (over, under) = cross(vec![patch], earlier);
                passed.extend(over);
                earlier = under;
            }
            (passed, earlier)
        }
    }
}
