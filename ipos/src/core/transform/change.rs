//! What becomes of positions in a list or a text when it is changed.

use std::ops::Range;

use super::sequence::{Content, Sequence, Tie};
use crate::breaks::{Break, broken};

/// What a change of a sequence does to positions in it.
#[derive(Debug)]
pub(super) enum Change<'q> {
    /// A range is replaced by so much.
    Replace(Range<usize>, usize),
    Swap(usize, usize),
    /// For each old position the new one.
    Move(Vec<usize>),
    /// Of so many elements the first ones, so many, go to the end.
    Rotate(usize, usize),
    /// So many elements are put in reverse.
    Reverse(usize),
    /// Lengths of runs, kept and removed in turn.
    Keep(&'q [usize]),
}

impl<'q> Change<'q> {
    pub(super) fn of(sequence: &'q Sequence<'_>) -> Self {
        match *sequence {
            Sequence::Append { at, added } => Self::Replace(at..at, added.length),
            Sequence::Splice {
                at,
                removed,
                inserted,
            } => Self::Replace(at..at.saturating_add(removed), inserted.length),
            Sequence::Swap(a, b) => Self::Swap(a, b),
            Sequence::Permute(ref order) => {
                let mut to = vec![0; order.len()];
                for (place, &from) in order.iter().enumerate() {
                    to[from] = place;
                }
                Self::Move(to)
            }
            Sequence::Rotate(length, middle) => Self::Rotate(length, middle),
            Sequence::Reverse(length) => Self::Reverse(length),
            Sequence::Retain(ref runs) => Self::Keep(runs),
        }
    }

    /// Where an element is now; `None` when it is gone.
    pub(super) fn element(&self, at: usize) -> Option<usize> {
        match self {
            Self::Replace(range, inserted) => {
                if at < range.start {
                    Some(at)
                } else if at < range.end {
                    None
                } else {
                    let short = usize::from(*inserted > 0 && broken(Break::OffByOne));
                    Some((at - range.len()).saturating_add(*inserted - short))
                }
            }
            &Self::Swap(a, b) => Some(if at == a {
                b
            } else if at == b {
                a
            } else {
                at
            }),
            Self::Move(to) => Some(to.get(at).copied().unwrap_or(at)),
            &Self::Rotate(length, middle) => Some(match at {
                _ if at >= length => at,
                _ if at >= middle => at - middle,
                _ => at + (length - middle),
            }),
            &Self::Reverse(length) => Some(if at < length { length - 1 - at } else { at }),
            Self::Keep(runs) => {
                let mut end = 0usize;
                let mut removed = 0usize;
                for (i, &run) in runs.iter().enumerate() {
                    end = end.saturating_add(run);
                    let is_removed = i % 2 == 1;
                    if at < end {
                        return (!is_removed).then(|| at - removed);
                    }
                    removed = removed.saturating_add(if is_removed { run } else { 0 });
                }
                Some(at - removed)
            }
        }
    }

    /// Where the gap before the element `at` is now. With `replaces`, what goes into the gap takes
    /// that element's place.
    pub(super) fn gap(&self, at: usize, replaces: bool, tie: Tie) -> usize {
        match self {
            Self::Swap(..) | Self::Move(_) | Self::Rotate(..) | Self::Reverse(_) => at,
            Self::Replace(range, inserted) => {
                // What a range is replaced by stands where its first element stood: before what was
                // inside the range, and behind what was before that element.
                let is_tie = at == range.start && (range.is_empty() || replaces);
                if at < range.start || (at == range.start && !is_tie) {
                    at
                } else if is_tie && tie == Tie::Before {
                    range.start
                } else if at < range.end || is_tie {
                    range.start.saturating_add(*inserted)
                } else {
                    (at - range.len()).saturating_add(*inserted)
                }
            }
            Self::Keep(runs) => {
                let mut end = 0usize;
                let mut removed = 0usize;
                for (i, &run) in runs.iter().enumerate() {
                    if at <= end {
                        break;
                    }
                    if i % 2 == 1 {
                        removed += run.min(at - end);
                    }
                    end = end.saturating_add(run);
                }
                at - removed
            }
        }
    }

    /// What is left of a range, in runs, in ascending order and none beside the next.
    fn range(&self, range: Range<usize>) -> Vec<Range<usize>> {
        let parts: Vec<Range<usize>> = match self {
            Self::Replace(gone, inserted) => {
                let before = range.start..range.end.min(gone.start);
                let behind = range.start.max(gone.end)..range.end;
                let moved = |at: usize| (at - gone.len()).saturating_add(*inserted);
                if behind.is_empty() {
                    vec![before]
                } else {
                    vec![before, moved(behind.start)..moved(behind.end)]
                }
            }
            &Self::Swap(a, b) => {
                let (from, to) = if range.contains(&a) { (a, b) } else { (b, a) };
                if range.contains(&a) == range.contains(&b) {
                    vec![range]
                } else {
                    vec![
                        range.start..from,
                        from.saturating_add(1)..range.end,
                        to..to.saturating_add(1),
                    ]
                }
            }
            Self::Move(to) => {
                let known = range.start..range.end.min(to.len());
                let beyond = range.start.max(to.len())..range.end;
                known.map(|at| to[at]..to[at] + 1).chain([beyond]).collect()
            }
            &Self::Rotate(length, middle) => {
                let within = |start: usize, end: usize| range.start.max(start)..range.end.min(end);
                let (first, last) = (within(0, middle), within(middle, length));
                // A part without elements may be told by positions in any order.
                let first = if first.is_empty() {
                    0..0
                } else {
                    first.start + (length - middle)..first.end + (length - middle)
                };
                let last = if last.is_empty() {
                    0..0
                } else {
                    last.start - middle..last.end - middle
                };
                vec![first, last, within(length, usize::MAX)]
            }
            &Self::Reverse(length) => {
                let known = range.start..range.end.min(length);
                let beyond = range.start.max(length)..range.end;
                let known = if known.is_empty() {
                    0..0
                } else {
                    length - known.end..length - known.start
                };
                vec![known, beyond]
            }
            Self::Keep(runs) => {
                let mut parts = Vec::new();
                let (mut start, mut removed) = (0usize, 0usize);
                let mut keep = |start: usize, end: usize, removed: usize| {
                    let kept = range.start.max(start)..range.end.min(end);
                    if !kept.is_empty() {
                        parts.push(kept.start - removed..kept.end - removed);
                    }
                };
                for (i, &run) in runs.iter().enumerate() {
                    let end = start.saturating_add(run);
                    if i % 2 == 0 {
                        keep(start, end, removed);
                    } else {
                        removed = removed.saturating_add(run);
                    }
                    start = end;
                }
                keep(start, usize::MAX, removed);
                parts
            }
        };
        join(parts)
    }

    pub(super) fn splice<'a>(
        &self,
        at: usize,
        removed: usize,
        inserted: Content<'a>,
        tie: Tie,
    ) -> Vec<Sequence<'a>> {
        let ranges = self.range(at..at.saturating_add(removed));
        // What is put in stays with the first element that it was put in place of.
        let first = self.element(at).filter(|_| removed > 0);
        let place = first.unwrap_or_else(|| self.gap(at, removed > 0, tie));
        let around = ranges.iter().find(|range| range.contains(&place));
        let place = around.map_or(place, |range| range.start);
        let nothing = Content::none(inserted.unit);
        let mut changes = Vec::with_capacity(ranges.len() + 1);
        // What does nothing has nothing to lose: it stays.
        let mut put = inserted.length == 0 && removed > 0;
        // From the last to the first, so that each finds its place as if it were the only one.
        for range in ranges.into_iter().rev() {
            if !put && place > range.start {
                changes.push(Sequence::Splice {
                    at: place,
                    removed: 0,
                    inserted,
                });
                put = true;
            }
            let content = if !put && place == range.start {
                inserted
            } else {
                nothing
            };
            put |= place == range.start;
            let (at, removed) = (range.start, range.len());
            changes.push(Sequence::Splice {
                at,
                removed,
                inserted: content,
            });
        }
        if !put {
            changes.push(Sequence::Splice {
                at: place,
                removed: 0,
                inserted,
            });
        }
        changes
    }
}

impl Change<'_> {
    /// A new order of all elements, as it is after this change: what is there brings itself in as
    /// it did before, what is new instead of others stands where the first of them would, and what is new
    /// beside them stands where it was put.
    ///
    /// `None` when that is no order any more, as it may be when a peer told positions that never were.
    pub(super) fn order(&self, order: &[usize]) -> Option<Vec<usize>> {
        let mut moved: Vec<usize> = order.iter().filter_map(|&at| self.element(at)).collect();
        if let Self::Replace(range, length) = self {
            let new = range.start..range.start.saturating_add(*length);
            let place = if range.is_empty() {
                range.start.min(moved.len())
            } else {
                let before = order.iter().take_while(|&&at| at != range.start);
                before.filter(|at| !range.contains(at)).count()
            };
            moved.splice(place..place, new);
        }
        let mut seen = vec![false; moved.len()];
        let is_order = moved.iter().all(|&at| {
            seen.get_mut(at)
                .is_some_and(|seen| !std::mem::replace(seen, true))
        });
        is_order.then_some(moved)
    }

    /// Runs to keep and to remove, as they are after this change; `None` when nothing is left to
    /// remove.
    pub(super) fn retain(&self, runs: &[usize]) -> Option<Vec<usize>> {
        let mut removed = Vec::new();
        let mut length = 0;
        for (i, &run) in runs.iter().enumerate() {
            if i % 2 == 1 {
                removed.extend(self.range(length..length.saturating_add(run)));
            }
            length = length.saturating_add(run);
        }
        let length = match self {
            Self::Replace(range, more) => length.saturating_sub(range.len()).saturating_add(*more),
            Self::Keep(runs) => {
                let removed = runs.iter().skip(1).step_by(2);
                removed.fold(length, |length, &run| length.saturating_sub(run))
            }
            Self::Swap(..) | Self::Move(_) | Self::Rotate(..) | Self::Reverse(_) => length,
        };
        let mut moved = Vec::new();
        let mut end = 0usize;
        for range in join(removed) {
            moved.extend([range.start - end, range.len()]);
            end = range.end;
        }
        if moved.is_empty() {
            return None;
        }
        if end < length {
            moved.push(length - end);
        }
        Some(moved)
    }
}

/// Ranges that do not overlap, in ascending order, and none beside the next.
fn join(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.retain(|range| !range.is_empty());
    ranges.sort_unstable_by_key(|range| range.start);
    let mut joined: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match joined.last_mut() {
            Some(last) if last.end == range.start => last.end = range.end,
            _ => joined.push(range),
        }
    }
    joined
}
