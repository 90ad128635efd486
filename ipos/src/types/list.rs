//! `Vec` and `VecDeque`: one patch grammar for both.

use std::{collections::VecDeque, ops::Range};

use serde::{Deserialize, Serialize};

use super::slice::{self, Slice, encode_pieces};
use crate::{
    codec::Codec,
    patch::{Fault, Incoming, SET, patch_forms},
    recorder::Inverse,
    shared::Shared,
    wire::{DecodeError, Reader, put_length},
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
    /// Elements appended at the end of a list that was empty.
    First(Vec<T>),
    /// Elements inserted before a position.
    InsertAll(usize, Vec<T>),
    /// A run of elements removed: where it starts, and how many.
    RemoveAll(usize, usize),
    /// All elements, of which there are so many, moved to the front by so many places; what does not
    /// fit there comes to the end.
    Rotate(usize, usize),
    /// All elements, of which there are so many, in reverse.
    Reverse(usize),
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
pub(crate) const FIRST: usize = 10;
pub(crate) const INSERT_ALL: usize = 11;
pub(crate) const REMOVE_ALL: usize = 12;
pub(crate) const ROTATE: usize = 13;
pub(crate) const REVERSE: usize = 14;

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
        FIRST => (Self::First(items)), [items] [];
        INSERT_ALL => (Self::InsertAll(at, items)), [at items] [];
        REMOVE_ALL => (Self::RemoveAll(at, length)), [at length] [];
        ROTATE => (Self::Rotate(length, places)), [length places] [];
        REVERSE => (Self::Reverse(length)), [length] [];
    }
}

/// What the list operations need of a list, beside the operations of a slice.
pub trait Sequence<T>:
    Slice<T> + Default + From<Vec<T>> + Extend<T> + IntoIterator<Item = T>
{
    /// Appends an element.
    fn push_last(&mut self, value: T);
    /// Inserts before a position that is within the list or its end.
    fn insert_at(&mut self, at: usize, value: T);
    /// Removes from a position that is within the list.
    fn remove_at(&mut self, at: usize) -> T;
    /// Replaces a range that is within the list, and gives what was there.
    fn splice_at(&mut self, range: Range<usize>, inserted: Vec<T>) -> Vec<T>;
}

/// `Slice` for a list.
macro_rules! slices {
    ($($list:ident: $pieces:path),*) => {$(
        impl<T> Slice<T> for $list<T> {
            fn write_whole_head(out: &mut Vec<u8>, length: usize) {
                write_positions(out, SET, &[length]);
            }
            fn length(&self) -> usize {
                self.len()
            }
            fn element(&mut self, at: usize) -> Option<&mut T> {
                self.get_mut(at)
            }
            fn pieces(&self, range: Range<usize>) -> [&[T]; 2] {
                $pieces(self, range)
            }
            fn swap_at(&mut self, a: usize, b: usize) {
                self.swap(a, b);
            }
            fn rotate_at(&mut self, middle: usize) {
                self.rotate_left(middle);
            }
        }
    )*};
}

slices!(Vec: pieces_of_vec, VecDeque: pieces_of_deque);

fn pieces_of_vec<T>(list: &[T], range: Range<usize>) -> [&[T]; 2] {
    [&list[range], &[]]
}

fn pieces_of_deque<T>(list: &VecDeque<T>, range: Range<usize>) -> [&[T]; 2] {
    let (front, back) = list.as_slices();
    let split = front.len();
    [
        &front[range.start.min(split)..range.end.min(split)],
        &back[range.start.max(split) - split..range.end.max(split) - split],
    ]
}

impl<T> Sequence<T> for Vec<T> {
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
}

impl<T> Sequence<T> for VecDeque<T> {
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
}

/// Appends a list's byte form.
pub(crate) fn encode<T>(out: &mut Vec<u8>, codec: impl Codec<T>, list: &impl Slice<T>) {
    put_length(out, list.length());
    encode_pieces(out, codec, list.pieces(0..list.length()));
}

/// Reads a list.
pub(crate) fn decode<T, L: From<Vec<T>>>(
    reader: &mut Reader<'_>,
    codec: impl Codec<T>,
) -> Result<L, DecodeError> {
    let length = reader.length()?;
    let items = reader.nested(|reader| codec.decode_all(length, reader))?;
    Ok(L::from(items))
}

pub(crate) fn write_set<T>(out: &mut Vec<u8>, codec: impl Codec<T>, list: &impl Slice<T>) {
    put_length(out, SET);
    encode(out, codec, list);
}

/// Begins what adds so many elements at the end, which is at `end`. The elements follow.
pub(crate) fn write_append(out: &mut Vec<u8>, end: usize, added: usize) {
    match (end, added) {
        (_, 1) => write_positions(out, PUSH, &[end]),
        (0, _) => write_positions(out, FIRST, &[added]),
        _ => write_positions(out, EXTEND, &[end, added]),
    }
}

/// Begins what replaces so many elements by others. Those follow.
pub(crate) fn write_splice(out: &mut Vec<u8>, at: usize, removed: usize, inserted: usize) {
    match (removed, inserted) {
        (0, 1) => write_positions(out, INSERT, &[at]),
        (1, 0) => write_positions(out, REMOVE, &[at]),
        (0, _) => write_positions(out, INSERT_ALL, &[at, inserted]),
        (_, 0) => write_positions(out, REMOVE_ALL, &[at, removed]),
        _ => write_positions(out, SPLICE, &[at, removed, inserted]),
    }
}

pub(crate) fn write_element<T>(
    out: &mut Vec<u8>,
    codec: impl Codec<T>,
    operation: usize,
    position: usize,
    value: &T,
) {
    write_positions(out, operation, &[position]);
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

pub(crate) fn set<T, L: Slice<T>>(
    list: &mut L,
    codec: impl Codec<T>,
    value: L,
    mut undo: Inverse<'_>,
) {
    undo.note(|out| write_set(out, codec, list));
    *list = value;
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
    undo.note(|out| write_element(out, codec, INSERT, at, &value));
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
    undo.note(|out| {
        write_splice(out, at, length, removed.len());
        codec.encode_all(&removed, out);
    });
    removed
}

pub(crate) fn retain<T, L: Sequence<T>>(
    list: &mut L,
    codec: impl Codec<T>,
    runs: &[usize],
    mut undo: Inverse<'_>,
) {
    undo.note(|out| {
        let (span, removed) = removed_span(runs);
        write_splice(out, span.start, span.len() - removed, span.len());
        encode_pieces(out, codec, list.pieces(span));
    });
    keep(list, runs);
}

/// Keeps the even ones of runs that are all of the list.
pub(crate) fn keep<T, L: Sequence<T>>(list: &mut L, runs: &[usize]) {
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
pub(crate) fn apply<T, L: Sequence<T>>(
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
        EXTEND | FIRST => {
            let end = match operation.number {
                FIRST => 0,
                _ => patch.reader().length()?,
            };
            patch.check_end(end, length);
            let inserted = decode(patch.reader(), codec)?;
            let end = length..length;
            splice(list, codec, end, inserted, patch.inverse(operation));
        }
        INSERT => {
            let at = patch.reader().length()?;
            let value = patch.reader().nested(|reader| codec.decode(reader))?;
            let at = within(at, length + 1)?;
            insert(list, at, value, patch.inverse(operation));
        }
        REMOVE => {
            let at = within(patch.reader().length()?, length)?;
            remove(list, codec, at, patch.inverse(operation));
        }
        SPLICE | INSERT_ALL | REMOVE_ALL => {
            let at = patch.reader().length()?;
            let removed = match operation.number {
                INSERT_ALL => 0,
                _ => patch.reader().length()?,
            };
            let inserted = match operation.number {
                REMOVE_ALL => Vec::new(),
                _ => decode(patch.reader(), codec)?,
            };
            let end = at.checked_add(removed).ok_or(Fault::Gone)?;
            within(end, length + 1)?;
            splice(list, codec, at..end, inserted, patch.inverse(operation));
        }
        RETAIN => {
            let runs = slice::numbers(patch.reader())?;
            if runs
                .iter()
                .try_fold(0usize, |sum, &run| sum.checked_add(run))
                != Some(length)
            {
                return Err(Fault::Gone);
            }
            retain(list, codec, &runs, patch.inverse(operation));
        }
        _ => slice::apply(list, "list", operation, patch)?,
    }
    Ok(())
}
