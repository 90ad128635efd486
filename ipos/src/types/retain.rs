//! Elements of a list that are removed in many places: runs that are kept and removed, in turn.

use std::ops::Range;

use super::{
    list::{RETAIN, SELECT, write_numbers, write_positions},
    slice,
};
use crate::wire::{DecodeError, Reader};

/// The lengths of runs of elements that are kept and removed, in turn.
pub(crate) fn runs(kept: impl Iterator<Item = bool>) -> Vec<usize> {
    let mut runs = vec![0];
    for keep in kept {
        let is_removing = runs.len() % 2 == 0;
        if keep == is_removing {
            runs.push(0);
        }
        *runs.last_mut().expect("there is always a run") += 1;
    }
    runs
}

/// Appends the shorter one of two forms: the lengths of the runs, or a bit for each element.
pub(crate) fn write_retain(out: &mut Vec<u8>, runs: &[usize]) {
    let start = out.len();
    write_numbers(out, RETAIN, runs);
    let length = runs
        .iter()
        .fold(0usize, |sum, &run| sum.saturating_add(run));
    let mut head = Vec::new();
    write_positions(&mut head, SELECT, &[length]);
    if head.len().saturating_add(length.div_ceil(8)) < out.len() - start {
        out.truncate(start);
        out.extend(head);
        let kept = runs.iter().enumerate();
        let kept = kept.flat_map(|(i, &run)| std::iter::repeat_n(i % 2 == 0, run));
        let bits = out.len();
        out.resize(bits + length.div_ceil(8), 0);
        for (at, kept) in kept.enumerate() {
            out[bits + at / 8] |= u8::from(kept) << (at % 8);
        }
    }
}

/// What is kept and removed, as it was told. A bit takes much less than a run.
#[derive(Clone, Debug)]
pub(crate) enum Told<'a> {
    Runs(Vec<usize>),
    /// A bit for each of so many elements.
    Bits(usize, &'a [u8]),
}

impl<'a> Told<'a> {
    /// Reads the rest of either form.
    pub(crate) fn read(operation: usize, reader: &mut Reader<'a>) -> Result<Self, DecodeError> {
        if operation == RETAIN {
            return slice::numbers(reader).map(Self::Runs);
        }
        let length = reader.length()?;
        let bits = reader.bytes(length.div_ceil(8))?;
        Ok(Self::Bits(length, bits))
    }

    /// Of how many elements it is; `None` when no list has so many.
    pub(crate) fn length(&self) -> Option<usize> {
        match self {
            Self::Runs(runs) => runs
                .iter()
                .try_fold(0usize, |sum, &run| sum.checked_add(run)),
            Self::Bits(length, _) => Some(*length),
        }
    }

    /// The lengths of the runs.
    pub(crate) fn into_runs(self) -> Vec<usize> {
        match self {
            Self::Runs(runs) => runs,
            Self::Bits(length, bits) => {
                runs((0..length).map(|at| bits[at / 8] >> (at % 8) & 1 == 1))
            }
        }
    }
}

/// What `RETAIN` removes: from the first element to the last, and how many of those in between.
/// Its inverse puts back all of them, and touches nothing before or behind them.
pub(crate) fn removed_span(runs: &[usize]) -> (Range<usize>, usize) {
    let (mut span, mut removed) = (0..0, 0usize);
    let mut at = 0usize;
    for (i, &run) in runs.iter().enumerate() {
        let end = at.saturating_add(run);
        if i % 2 == 1 && run > 0 {
            span = if removed == 0 {
                at..end
            } else {
                span.start..end
            };
            removed = removed.saturating_add(run);
        }
        at = end;
    }
    (span, removed)
}
