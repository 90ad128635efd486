//! `Vec` and `VecDeque`: one patch grammar for both.

use std::{collections::VecDeque, ops::Range};

use serde::{Deserialize, Serialize};

use super::{
    retain::{Told, removed_span, write_retain},
    slice::{self, Slice, encode_pieces},
    splice::{Forms, Head},
};
use crate::{
    codec::{Codec, Native},
    patch::{Fault, Incoming, Operation, Patch, SET},
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
/// `RETAIN`, told by a bit for each element.
pub(crate) const SELECT: usize = 15;

/// The forms of a change at one place.
pub(crate) const FORMS: Forms = Forms {
    push: Some(PUSH),
    extend: EXTEND,
    first: FIRST,
    insert: Some(INSERT),
    insert_all: INSERT_ALL,
    remove: Some(REMOVE),
    remove_all: REMOVE_ALL,
    splice: SPLICE,
};

impl<T: Shared> Patch for ListPatch<T> {
    fn encode(&self, out: &mut Vec<u8>) {
        let (head, items): (Head, &[T]) = match self {
            Self::Set(items) => {
                write_positions(out, SET, &[items.len()]);
                return T::encode_all(items, out);
            }
            Self::At(at, patch) => {
                write_positions(out, AT, &[*at]);
                return patch.encode(out);
            }
            Self::Swap(a, b) => return write_positions(out, SWAP, &[*a, *b]),
            Self::Permute(order) => return write_numbers(out, PERMUTE, order),
            Self::Rotate(length, places) => {
                return write_positions(out, ROTATE, &[*length, *places]);
            }
            Self::Reverse(length) => return write_positions(out, REVERSE, &[*length]),
            Self::Retain(runs) => return write_retain(out, runs),
            Self::Push(end, item) => (
                Head::Append {
                    end: *end,
                    added: 1,
                },
                std::slice::from_ref(item),
            ),
            Self::Extend(end, items) => (
                Head::Append {
                    end: *end,
                    added: items.len(),
                },
                items,
            ),
            Self::Insert(at, item) => (splice_head(*at, 0, 1), std::slice::from_ref(item)),
            Self::Remove(at) => (splice_head(*at, 1, 0), &[]),
            Self::Splice {
                at,
                removed,
                inserted,
            } => (splice_head(*at, *removed, inserted.len()), inserted),
        };
        head.write(out, FORMS);
        T::encode_all(items, out);
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let number = reader.length()?;
        if let Some(head) = Head::read(number, FORMS, reader)? {
            let mut items = decode_items(head.inserted(), reader, Native)?;
            return Ok(match (head, items.pop()) {
                (Head::Append { end, .. }, Some(item)) if items.is_empty() => Self::Push(end, item),
                (Head::Append { end, .. }, last) => {
                    items.extend(last);
                    Self::Extend(end, items)
                }
                (Head::Splice { at, removed: 0, .. }, Some(item)) if items.is_empty() => {
                    Self::Insert(at, item)
                }
                (Head::Splice { at, removed: 1, .. }, None) => Self::Remove(at),
                (Head::Splice { at, removed, .. }, last) => {
                    items.extend(last);
                    Self::Splice {
                        at,
                        removed,
                        inserted: items,
                    }
                }
            });
        }
        match number {
            SET => decode(reader, Native).map(Self::Set),
            AT => {
                let at = reader.length()?;
                let patch = reader.nested(T::Patch::decode)?;
                Ok(Self::At(at, Box::new(patch)))
            }
            SWAP => Ok(Self::Swap(reader.length()?, reader.length()?)),
            PERMUTE => slice::permutation(reader).map(Self::Permute),
            ROTATE => slice::rotation(reader).map(|(length, places)| Self::Rotate(length, places)),
            REVERSE => reader.length().map(Self::Reverse),
            RETAIN | SELECT => Ok(Self::Retain(Told::read(number, reader)?.into_runs())),
            _ => Err(reader.no_such("operation", "list", number)),
        }
    }
}

/// A range that is replaced by so many elements.
pub(crate) fn splice_head(at: usize, removed: usize, inserted: usize) -> Head {
    Head::Splice {
        at,
        removed,
        inserted,
    }
}

/// What the list operations need of a list, beside the operations of a slice.
pub trait Sequence<T>:
    Slice<T> + Default + From<Vec<T>> + Extend<T> + IntoIterator<Item = T>
{
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
    decode_items(length, reader, codec).map(L::from)
}

/// Reads so many elements.
fn decode_items<T>(
    length: usize,
    reader: &mut Reader<'_>,
    codec: impl Codec<T>,
) -> Result<Vec<T>, DecodeError> {
    reader.nested(|reader| codec.decode_all(length, reader))
}

pub(crate) fn write_set<T>(out: &mut Vec<u8>, codec: impl Codec<T>, list: &impl Slice<T>) {
    put_length(out, SET);
    encode(out, codec, list);
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

#[inline]
pub(crate) fn write_positions(out: &mut Vec<u8>, operation: usize, positions: &[usize]) {
    put_length(out, operation);
    for &position in positions {
        put_length(out, position);
    }
}

/// `PERMUTE` or `RETAIN`: an operation on a list of positions or lengths.
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
        splice_head(at, length, removed.len()).write(out, FORMS);
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
        splice_head(span.start, span.len() - removed, span.len()).write(out, FORMS);
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

/// Applies an incoming patch.
#[inline]
pub(crate) fn apply<T, L: Sequence<T>>(
    list: &mut L,
    codec: impl Codec<T>,
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let operation = patch.operation()?;
    // Most patches go on into an element.
    if operation.number == AT {
        let at = patch.reader().length()?;
        let element = list.element(at).ok_or(Fault::Gone)?;
        return patch.nested(|patch| codec.apply(element, patch));
    }
    apply_to_all(list, codec, operation, patch)
}

/// Applies a patch of the list itself.
#[inline(never)]
fn apply_to_all<T, L: Sequence<T>>(
    list: &mut L,
    codec: impl Codec<T>,
    operation: Operation,
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let length = list.length();
    if let Some(head) = Head::read(operation.number, FORMS, patch.reader())? {
        let range = match head {
            // Where the end was is for moving others over it. Here it is where it is.
            Head::Append { end, .. } => {
                patch.check_end(end, length);
                length..length
            }
            Head::Splice { at, removed, .. } => at..at.saturating_add(removed),
        };
        let mut items = decode_items(head.inserted(), patch.reader(), codec)?;
        if range.end > length {
            return Err(Fault::Gone);
        }
        let undo = patch.inverse(operation);
        match (range.len(), items.len()) {
            (0, 1) => {
                let item = items.pop().expect("there is one");
                insert(list, range.start, item, undo);
            }
            (1, 0) => drop(remove(list, codec, range.start, undo)),
            _ => drop(splice(list, codec, range, items, undo)),
        }
        return Ok(());
    }
    match operation.number {
        SET => {
            let value = decode(patch.reader(), codec)?;
            set(list, codec, value, patch.inverse(operation));
        }
        RETAIN | SELECT => {
            let told = Told::read(operation.number, patch.reader())?;
            if told.length() != Some(length) {
                return Err(Fault::Gone);
            }
            patch.take_moves(length)?;
            retain(list, codec, &told.into_runs(), patch.inverse(operation));
        }
        _ => slice::apply(list, "list", operation, patch)?,
    }
    Ok(())
}
