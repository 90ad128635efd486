//! `Vec` and `VecDeque`: one patch grammar for both.

use std::{collections::VecDeque, ops::Range};

use serde::{Deserialize, Serialize};

use crate::{
    codec::Codec,
    patch::{Fault, Incoming, SET, patch_forms},
    recorder::Inverse,
    shared::Shared,
    wire::{DecodeError, Problem, Reader, put_length},
};

/// A change to a list. Positions count elements from 0.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum ListPatch<T: Shared> {
    /// The new list.
    Set(Vec<T>),
    /// A change inside the element at a position.
    At(usize, Box<T::Patch>),
    /// An element appended at the end, which was at a position.
    Push(usize, T),
    /// Elements appended at the end, which was at a position.
    Extend(usize, Vec<T>),
    /// An element inserted before a position.
    Insert(usize, T),
    /// The element at a position removed.
    Remove(usize),
    /// A run of elements replaced.
    Splice {
        /// Where the run starts.
        at: usize,
        /// How many elements were removed there.
        removed: usize,
        /// What was put in their place.
        inserted: Vec<T>,
    },
    /// Two elements exchanged.
    Swap(usize, usize),
    /// A new order: for each place the position of the element that goes there.
    Permute(Vec<usize>),
    /// Elements removed in many places: the lengths of runs that were kept, removed, kept, and so
    /// on, over the whole list.
    Retain(Vec<usize>),
}

pub(crate) const AT: usize = 1;
pub(crate) const PUSH: usize = 2;
pub(crate) const EXTEND: usize = 3;
pub(crate) const INSERT: usize = 4;
pub(crate) const REMOVE: usize = 5;
pub(crate) const SPLICE: usize = 6;
pub(crate) const SWAP: usize = 7;
pub(crate) const PERMUTE: usize = 8;
pub(crate) const RETAIN: usize = 9;

patch_forms! {
    impl[T: Shared] Patch for ListPatch<T>, of "list" {
        SET => (Self::Set(items)), [items] [];
        AT => (Self::At(at, patch)), [at] [patch];
        PUSH => (Self::Push(end, value)), [end value] [];
        EXTEND => (Self::Extend(end, items)), [end items] [];
        INSERT => (Self::Insert(at, value)), [at value] [];
        REMOVE => (Self::Remove(at)), [at] [];
        SPLICE => (Self::Splice { at, removed, inserted }), [at removed inserted] [];
        SWAP => (Self::Swap(a, b)), [a b] [];
        PERMUTE => (Self::Permute(order)), [order] [];
        RETAIN => (Self::Retain(runs)), [runs] [];
    }
}

/// What the list operations need of a list.
pub trait Sequence<T>: FromIterator<T> + Extend<T> + IntoIterator<Item = T> {
    /// How many elements there are.
    fn length(&self) -> usize;
    /// The element at a position, if there is one.
    fn element(&mut self, at: usize) -> Option<&mut T>;
    /// The elements of a range that is within the list.
    fn range<'a>(&'a self, range: Range<usize>) -> impl Iterator<Item = &'a T>
    where
        T: 'a;
    /// Appends an element.
    fn push_last(&mut self, value: T);
    /// Inserts before a position that is within the list or its end.
    fn insert_at(&mut self, at: usize, value: T);
    /// Removes from a position that is within the list.
    fn remove_at(&mut self, at: usize) -> T;
    /// Replaces a range that is within the list, and gives what was there.
    fn splice_at(&mut self, range: Range<usize>, inserted: Vec<T>) -> Vec<T>;
    /// Exchanges the elements at two positions that are within the list.
    fn swap_at(&mut self, a: usize, b: usize);
}

impl<T> Sequence<T> for Vec<T> {
    fn length(&self) -> usize {
        self.len()
    }
    fn element(&mut self, at: usize) -> Option<&mut T> {
        self.get_mut(at)
    }
    fn range<'a>(&'a self, range: Range<usize>) -> impl Iterator<Item = &'a T>
    where
        T: 'a,
    {
        self[range].iter()
    }
    fn push_last(&mut self, value: T) {
        self.push(value);
    }
    fn insert_at(&mut self, at: usize, value: T) {
        self.insert(at, value);
    }
    fn remove_at(&mut self, at: usize) -> T {
        self.remove(at)
    }
    fn splice_at(&mut self, range: Range<usize>, inserted: Vec<T>) -> Vec<T> {
        self.splice(range, inserted).collect()
    }
    fn swap_at(&mut self, a: usize, b: usize) {
        self.swap(a, b);
    }
}

impl<T> Sequence<T> for VecDeque<T> {
    fn length(&self) -> usize {
        self.len()
    }
    fn element(&mut self, at: usize) -> Option<&mut T> {
        self.get_mut(at)
    }
    fn range<'a>(&'a self, range: Range<usize>) -> impl Iterator<Item = &'a T>
    where
        T: 'a,
    {
        VecDeque::range(self, range)
    }
    fn push_last(&mut self, value: T) {
        self.push_back(value);
    }
    fn insert_at(&mut self, at: usize, value: T) {
        self.insert(at, value);
    }
    fn remove_at(&mut self, at: usize) -> T {
        self.remove(at).expect("the position is within the list")
    }
    fn splice_at(&mut self, range: Range<usize>, inserted: Vec<T>) -> Vec<T> {
        let mut rest = self.split_off(range.end);
        let removed = self.split_off(range.start);
        self.extend(inserted);
        self.append(&mut rest);
        removed.into()
    }
    fn swap_at(&mut self, a: usize, b: usize) {
        self.swap(a, b);
    }
}

/// Appends a list's byte form.
pub(crate) fn encode<'a, T: 'a>(
    out: &mut Vec<u8>,
    codec: impl Codec<T>,
    length: usize,
    items: impl Iterator<Item = &'a T>,
) {
    put_length(out, length);
    for item in items {
        codec.encode(item, out);
    }
}

/// Reads a list, or a set, or the like.
pub(crate) fn decode<T, L: Default + Extend<T>>(
    reader: &mut Reader<'_>,
    codec: impl Codec<T>,
) -> Result<L, DecodeError> {
    let mut list = L::default();
    reader.elements(|reader| {
        list.extend([codec.decode(reader)?]);
        Ok(())
    })?;
    Ok(list)
}

pub(crate) fn write_set<T>(out: &mut Vec<u8>, codec: impl Codec<T>, list: &impl Sequence<T>) {
    put_length(out, SET);
    encode(out, codec, list.length(), list.range(0..list.length()));
}

pub(crate) fn write_splice<'a, T: 'a>(
    out: &mut Vec<u8>,
    codec: impl Codec<T>,
    at: usize,
    removed: usize,
    inserted: impl ExactSizeIterator<Item = &'a T>,
) {
    write_positions(out, SPLICE, &[at, removed]);
    encode(out, codec, inserted.len(), inserted);
}

pub(crate) fn write_element<T>(
    out: &mut Vec<u8>,
    codec: impl Codec<T>,
    operation: usize,
    positions: &[usize],
    value: &T,
) {
    write_positions(out, operation, positions);
    codec.encode(value, out);
}

pub(crate) fn write_positions(out: &mut Vec<u8>, operation: usize, positions: &[usize]) {
    put_length(out, operation);
    for &position in positions {
        put_length(out, position);
    }
}

/// `PERMUTE` and `RETAIN`: an operation on a list of positions or lengths.
pub(crate) fn write_numbers(out: &mut Vec<u8>, operation: usize, numbers: &[usize]) {
    put_length(out, operation);
    put_length(out, numbers.len());
    for &number in numbers {
        put_length(out, number);
    }
}

// The operations proper. Each is within bounds: the wrapper has panicked as the standard type
// does, or `apply` has answered `Gone`, before.

pub(crate) fn set<T, L: Sequence<T>>(
    list: &mut L,
    codec: impl Codec<T>,
    value: L,
    mut undo: Inverse<'_>,
) -> L {
    undo.note(|out| write_set(out, codec, list));
    std::mem::replace(list, value)
}

pub(crate) fn push<T, L: Sequence<T>>(list: &mut L, value: T, mut undo: Inverse<'_>) {
    undo.note(|out| write_positions(out, REMOVE, &[list.length()]));
    list.push_last(value);
}

pub(crate) fn insert<T, L: Sequence<T>>(list: &mut L, at: usize, value: T, mut undo: Inverse<'_>) {
    undo.note(|out| write_positions(out, REMOVE, &[at]));
    list.insert_at(at, value);
}

pub(crate) fn remove<T, L: Sequence<T>>(
    list: &mut L,
    codec: impl Codec<T>,
    at: usize,
    mut undo: Inverse<'_>,
) -> T {
    let value = list.remove_at(at);
    undo.note(|out| write_element(out, codec, INSERT, &[at], &value));
    value
}

pub(crate) fn splice<T, L: Sequence<T>>(
    list: &mut L,
    codec: impl Codec<T>,
    range: Range<usize>,
    inserted: Vec<T>,
    mut undo: Inverse<'_>,
) -> Vec<T> {
    let (at, length) = (range.start, inserted.len());
    let removed = list.splice_at(range, inserted);
    undo.note(|out| write_splice(out, codec, at, length, removed.iter()));
    removed
}

pub(crate) fn swap<T, L: Sequence<T>>(list: &mut L, a: usize, b: usize, mut undo: Inverse<'_>) {
    undo.note(|out| write_positions(out, SWAP, &[a, b]));
    list.swap_at(a, b);
}

pub(crate) fn permute<T, L: Sequence<T> + Default>(
    list: &mut L,
    order: &[usize],
    mut undo: Inverse<'_>,
) {
    undo.note(|out| {
        write_numbers(out, PERMUTE, &inverse(order));
    });
    let mut old: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    *list = order
        .iter()
        .map(|&from| {
            old[from]
                .take()
                .expect("a permutation names each position once")
        })
        .collect();
}

/// The order that takes an order back.
pub(crate) fn inverse(order: &[usize]) -> Vec<usize> {
    let mut inverse = vec![0; order.len()];
    for (place, &from) in order.iter().enumerate() {
        inverse[from] = place;
    }
    inverse
}

pub(crate) fn retain<T, L: Sequence<T> + Default>(
    list: &mut L,
    codec: impl Codec<T>,
    runs: &[usize],
    mut undo: Inverse<'_>,
) {
    undo.note(|out| {
        let (span, removed) = removed_span(runs);
        write_positions(out, SPLICE, &[span.start, span.len() - removed]);
        encode(out, codec, span.len(), list.range(span));
    });
    let mut rest = std::mem::take(list).into_iter();
    for (i, &run) in runs.iter().enumerate() {
        let run = rest.by_ref().take(run);
        if i % 2 == 0 {
            list.extend(run);
        } else {
            run.for_each(drop);
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

/// Applies an incoming patch.
pub(crate) fn apply<T, L: Sequence<T> + Default>(
    list: &mut L,
    codec: impl Codec<T>,
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let operation = patch.operation()?;
    let length = list.length();
    let within = |at: usize, end: usize| if at < end { Ok(at) } else { Err(Fault::Gone) };
    match operation.number {
        SET => {
            let value = decode(patch.reader(), codec)?;
            set(list, codec, value, patch.inverse(operation));
        }
        AT => {
            let at = patch.reader().length()?;
            let element = list.element(at).ok_or(Fault::Gone)?;
            patch.nested(|patch| codec.apply(element, patch))?;
        }
        PUSH => {
            // Where the end was is for moving others over it. Here it is where it is.
            let end = patch.reader().length()?;
            patch.check_end(end, length);
            let value = patch.reader().nested(|reader| codec.decode(reader))?;
            push(list, value, patch.inverse(operation));
        }
        EXTEND => {
            let end = patch.reader().length()?;
            patch.check_end(end, length);
            let inserted = decode(patch.reader(), codec)?;
            splice(
                list,
                codec,
                length..length,
                inserted,
                patch.inverse(operation),
            );
        }
        INSERT => {
            let at = patch.reader().length()?;
            let value = patch.reader().nested(|reader| codec.decode(reader))?;
            insert(
                list,
                within(at, length + 1)?,
                value,
                patch.inverse(operation),
            );
        }
        REMOVE => {
            let at = patch.reader().length()?;
            remove(list, codec, within(at, length)?, patch.inverse(operation));
        }
        SPLICE => {
            let at = patch.reader().length()?;
            let removed = patch.reader().length()?;
            let inserted = decode(patch.reader(), codec)?;
            let end = at.checked_add(removed).ok_or(Fault::Gone)?;
            within(end, length + 1)?;
            splice(list, codec, at..end, inserted, patch.inverse(operation));
        }
        SWAP => {
            let a = patch.reader().length()?;
            let b = patch.reader().length()?;
            swap(
                list,
                within(a, length)?,
                within(b, length)?,
                patch.inverse(operation),
            );
        }
        PERMUTE => {
            let order = permutation(patch.reader())?;
            if order.len() != length {
                return Err(Fault::Gone);
            }
            permute(list, &order, patch.inverse(operation));
        }
        RETAIN => {
            let runs = numbers(patch.reader())?;
            if runs
                .iter()
                .try_fold(0usize, |sum, &run| sum.checked_add(run))
                != Some(length)
            {
                return Err(Fault::Gone);
            }
            retain(list, codec, &runs, patch.inverse(operation));
        }
        _ => return Err(patch.no_such("operation", "list", operation)),
    }
    Ok(())
}

/// Positions or lengths.
pub(crate) fn numbers(reader: &mut Reader<'_>) -> Result<Vec<usize>, DecodeError> {
    let mut numbers = Vec::new();
    reader.elements(|reader| {
        numbers.push(reader.length()?);
        Ok(())
    })?;
    Ok(numbers)
}

/// Positions that name each of `0..n` once.
pub(crate) fn permutation(reader: &mut Reader<'_>) -> Result<Vec<usize>, DecodeError> {
    let order = numbers(reader)?;
    let mut seen = vec![false; order.len()];
    for &from in &order {
        match seen.get_mut(from) {
            Some(seen) if !*seen => *seen = true,
            _ => return Err(reader.problem(Problem::NotAPermutation)),
        }
    }
    Ok(order)
}
