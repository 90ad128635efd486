//! Moving patches over others that were ordered before them, so that they do what they were meant
//! to: an edit lands on its element though others have inserted or removed before it, and an edit
//! of something that is gone becomes nothing.
//!
//! Patches are taken apart by their schema; what they put in stays bytes. Nothing here can make
//! replicas differ: it decides what the host confirms, and guesses that while a commit is pending.

mod acts;
mod change;
mod keys;
mod meeting;
mod patch;
mod sequence;
mod spot;

#[cfg(test)]
mod tests;

pub(crate) use acts::{Piece, common_start, pieces, without_marks};
pub(crate) use meeting::{Crowd, Meeting, Moved};
pub(crate) use patch::{Edit, Patch, Step};
pub(crate) use sequence::Sequence;
pub(crate) use spot::Spot;

use sequence::Tie;

use crate::{
    breaks::{Break, broken},
    schema::Schema,
    wire::{DecodeError, Reader},
};

/// A commit's patches, taken apart.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Commit<'a> {
    patches: Vec<Patch<'a>>,
    has_lost: bool,
}

/// How much may still be done to move commits, in pairs of patches or positions. Moving is for the sake of
/// meaning: what would take too long is left where it is.
#[derive(Debug)]
pub(crate) struct Work {
    pairs: usize,
    /// How many keys may still be looked at to find what is apart.
    keys: usize,
}

impl Work {
    /// The most weight of two commits that cannot become many patches.
    const OF_SMALL: usize = 16;

    /// The most pairs that are done at once.
    const PAIRS: usize = 1 << 21;

    /// As much as is done at once.
    pub(crate) fn new() -> Self {
        Self {
            pairs: Self::PAIRS,
            keys: 1 << 24,
        }
    }

    /// Whether something was left where it is.
    pub(crate) fn is_spent(&self) -> bool {
        self.pairs == 0
    }

    /// Takes away what it takes to carry two patches over each other; `false` when that is not there.
    fn take(&mut self, mine: &Patch<'_>, theirs: &Patch<'_>) -> bool {
        let pair = mine.weight().saturating_mul(theirs.weight());
        self.pairs = self.pairs.saturating_sub(pair);
        self.pairs > 0
    }

    /// Takes away what it takes to find whether two patches are apart, and finds it. When that is not there,
    /// nothing is left.
    fn are_apart(&mut self, mine: &Patch<'_>, theirs: &Patch<'_>) -> bool {
        if let Some(left) = self.keys.checked_sub(mine.keys_beside(theirs)) {
            self.keys = left;
            mine.is_apart_from(theirs)
        } else {
            self.pairs = 0;
            false
        }
    }
}

/// How many bytes a moved commit may have, if it is not the original that is larger.
const LARGEST_MOVED: usize = 64 * 1024;

impl<'a> Commit<'a> {
    #[cfg(test)]
    pub(crate) fn patches(&self) -> &[Patch<'a>] {
        &self.patches
    }

    fn weight(&self) -> usize {
        let weights = self.patches.iter().map(Patch::weight);
        weights.fold(0, usize::saturating_add)
    }

    /// Takes a commit apart that may come from a peer.
    pub(crate) fn parse(schema: &Schema, patches: &'a [u8]) -> Result<Self, DecodeError> {
        Ok(Self {
            patches: patch::parse(schema, Reader::new(patches))?,
            has_lost: false,
        })
    }

    /// Takes a commit apart that was moved before. If it cannot be read any more, as when a peer told
    /// positions that never were, nothing is left of it.
    pub(crate) fn parse_own(schema: &Schema, patches: &'a [u8]) -> Self {
        let parsed = patch::parse(schema, Reader::of_own(patches));
        Self {
            has_lost: parsed.is_err(),
            patches: parsed.unwrap_or_default(),
        }
    }

    /// Whether nothing is left of one of its patches since it was taken apart.
    pub(crate) fn has_lost(&self) -> bool {
        self.has_lost
    }

    /// Puts the patches together again; `original` when they have become too large to be sent.
    pub(crate) fn write(&mut self, original: &[u8]) -> Vec<u8> {
        let most = original.len().max(LARGEST_MOVED);
        let mut out = Vec::with_capacity(original.len());
        for patch in &self.patches {
            patch.write(&mut out);
            if out.len() > most {
                self.has_lost = true;
                return original.to_vec();
            }
        }
        out
    }

    /// Puts the patches together again, however large they have become.
    pub(crate) fn write_whole(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.patches.iter().for_each(|patch| patch.write(&mut out));
        out
    }

    /// Whether the order in which this and another commit are applied makes no difference, and
    /// neither changes where the other leads.
    #[cfg(test)]
    pub(crate) fn is_apart_from(&self, other: &Commit<'_>) -> bool {
        let mut others = other.patches.iter();
        others.all(|theirs| self.patches.iter().all(|mine| mine.is_apart_from(theirs)))
    }

    /// Carries this commit over a `pending` one that was made on the same state and that stays as it
    /// is, with what takes it back, whether this one is applied before it or on top of it. `false` if
    /// it does not stay so; then this is carried over a part of it.
    pub(crate) fn pass(&mut self, pending: &Commit<'_>) -> bool {
        self.weight().saturating_mul(pending.weight()) <= Work::PAIRS
            && self.patches.iter_mut().all(|patch| {
                let mut pending = pending.patches.iter();
                pending.all(|pending| patch.pass(pending))
            })
    }

    /// Whether what passes it stays as it is: it only sets and adds.
    fn moves_nothing(&self) -> bool {
        self.patches.iter().all(Patch::moves_nothing)
    }

    /// Whether the same passes this one and another one that moves nothing.
    fn is_met_like(&self, other: &Commit<'_>) -> bool {
        let pairs = || self.patches.iter().zip(&other.patches);
        self.patches.len() == other.patches.len()
            && pairs().all(|(mine, theirs)| mine.is_met_like(theirs))
    }

    /// Carries this commit over `earlier`, which was made on the same state and is ordered before
    /// it; and carries `earlier` over this one, for what was made on top of this. When there is not so much
    /// `work` left, both stay as they are, and count as if something of them was lost.
    pub(crate) fn cross(self, earlier: Commit<'a>, work: &mut Work) -> (Commit<'a>, Commit<'a>) {
        // Few patches cannot become many.
        let is_small = self.weight().saturating_add(earlier.weight()) <= Work::OF_SMALL;
        if is_small && work.pairs >= Work::OF_SMALL.pow(3) {
            return self.cross_within(earlier, work);
        }
        let lost = |commit| Commit {
            has_lost: true,
            ..commit
        };
        if work.is_spent() {
            return (lost(self), lost(earlier));
        }
        let unmoved = (lost(self.clone()), lost(earlier.clone()));
        let crossed = self.cross_within(earlier, work);
        if work.pairs > 0 { crossed } else { unmoved }
    }

    fn cross_within(self, earlier: Commit<'a>, work: &mut Work) -> (Commit<'a>, Commit<'a>) {
        let before = [self.origins(), earlier.origins()];
        let (mine, theirs) = cross(self.patches, earlier.patches, work);
        let mut crossed = [(mine, self.has_lost), (theirs, earlier.has_lost)]
            .map(|(patches, has_lost)| Commit { patches, has_lost });
        for (commit, before) in crossed.iter_mut().zip(before) {
            commit.has_lost |= commit.origins() < before;
        }
        crossed.into()
    }

    /// The patches that no action has written.
    pub(crate) fn plain_patches(&self) -> impl Iterator<Item = &Patch<'a>> {
        acts::lasting(&self.patches).filter(|patch| patch.mark().is_none())
    }

    /// Of how many of the patches that were taken apart something is left. What one was split into
    /// stays together.
    fn origins(&self) -> usize {
        let mut last = None;
        acts::lasting(&self.patches)
            .filter(|patch| last.replace(patch.origin) != Some(patch.origin))
            .count()
    }
}

/// What a commit is behind another one that was made on the same state.
pub(crate) fn carry_over(
    schema: &Schema,
    later: &[u8],
    earlier: &[u8],
) -> Result<Vec<u8>, DecodeError> {
    let (commit, other) = (
        Commit::parse(schema, later)?,
        Commit::parse(schema, earlier)?,
    );
    let (mut over, _) = commit.cross(other, &mut Work::new());
    Ok(over.write(later))
}

/// The patches of a commit that leave nothing behind, and the others.
pub(crate) fn split_events(schema: &Schema, patches: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let (mut events, mut others) = (Vec::new(), Vec::new());
    for patch in Commit::parse_own(schema, patches).patches {
        let is_event = matches!(patch.edit, Edit::Emit(_));
        patch.write(if is_event { &mut events } else { &mut others });
    }
    (events, others)
}

/// Appends a patch that adds to the end of a list or text, as if it had told that the end was at `end`.
pub(crate) fn write_with_end(schema: &Schema, patch: &[u8], end: usize, out: &mut Vec<u8>) {
    for mut patch in Commit::parse_own(schema, patch).patches {
        if let Edit::Sequence(Sequence::Append { at, .. }) = &mut patch.edit {
            *at = end;
        }
        patch.write(out);
    }
}

/// `later` as it is after `earlier`, and `earlier` as it is after `later`. The patches of each list
/// stand one after the other, and every pair meets once: each as it is by then.
fn cross<'a>(
    later: Vec<Patch<'a>>,
    mut earlier: Vec<Patch<'a>>,
    work: &mut Work,
) -> (Vec<Patch<'a>>, Vec<Patch<'a>>) {
    match (&later[..], &earlier[..]) {
        ([], _) | (_, []) => (later, earlier),
        _ if work.is_spent() => (later, earlier),
        ([mine], [theirs]) if work.are_apart(mine, theirs) => (later, earlier),
        ([mine], [theirs]) if work.take(mine, theirs) => {
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
                let (over, under) = cross(moving, vec![theirs], work);
                moving = over;
                rest.extend(under);
            }
            (moving, rest)
        }
        _ => {
            let mut passed = Vec::with_capacity(later.len());
            for patch in later {
                let (over, under) = cross(vec![patch], earlier, work);
                passed.extend(over);
                earlier = under;
            }
            (passed, earlier)
        }
    }
}
