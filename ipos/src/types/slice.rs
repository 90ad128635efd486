//! What lists and arrays have in common: elements at positions, in an order that can be changed.

use std::ops::Range;

use super::list::{self, write_numbers, write_positions};
use crate::{
    codec::Codec,
    patch::{Fault, Incoming, Operation, SET},
    recorder::Inverse,
    wire::{DecodeError, Problem, Reader, put_length},
};

/// What the operations need of a list or an array.
pub trait Slice<T> {
    /// Begins what replaces all by so many elements. They follow.
    fn write_whole_head(out: &mut Vec<u8>, length: usize);
    /// How many elements there are.
    fn length(&self) -> usize;
    /// The element at a position, if there is one.
    fn element(&mut self, at: usize) -> Option<&mut T>;
    /// The elements of a range that is within, one piece after the other.
    fn pieces(&self, range: Range<usize>) -> [&[T]; 2];
    /// Exchanges the elements at two positions that are within.
    fn swap_at(&mut self, a: usize, b: usize);
    /// Moves the first `middle` elements, of at least so many, to the end.
    fn rotate_at(&mut self, middle: usize);

    /// The elements of a range that is within.
    fn range<'a>(&'a self, range: Range<usize>) -> impl Iterator<Item = &'a T>
    where
        T: 'a,
    {
        self.pieces(range).into_iter().flatten()
    }

    /// All elements.
    fn items<'a>(&'a self) -> impl Iterator<Item = &'a T>
    where
        T: 'a,
    {
        self.range(0..self.length())
    }
}

/// Appends the byte forms of elements.
pub(crate) fn encode_pieces<T>(out: &mut Vec<u8>, codec: impl Codec<T>, pieces: [&[T]; 2]) {
    for piece in pieces {
        codec.encode_all(piece, out);
    }
}

/// How many bytes elements take, or `most` if they take more.
pub(crate) fn size_of_items<'a, T: 'a>(
    codec: impl Codec<T>,
    items: impl Iterator<Item = &'a T>,
    most: usize,
) -> usize {
    let mut bytes = Vec::new();
    for item in items {
        codec.encode(item, &mut bytes);
        if bytes.len() >= most {
            return most;
        }
    }
    bytes.len()
}

/// Positions in the order `order`, undone.
fn inverse(order: &[usize]) -> Vec<usize> {
    let mut inverse = vec![0; order.len()];
    for (place, &from) in order.iter().enumerate() {
        inverse[from] = place;
    }
    inverse
}

// The operations proper. Each is within bounds: the wrapper has panicked as the standard type
// does, or `apply` has answered `Gone`, before.

pub(crate) fn swap<T>(
    slice: &mut (impl Slice<T> + ?Sized),
    [a, b]: [usize; 2],
    mut undo: Inverse<'_>,
) {
    undo.note(|out| write_positions(out, list::SWAP, &[a, b]));
    slice.swap_at(a, b);
}

pub(crate) fn permute<T>(
    slice: &mut (impl Slice<T> + ?Sized),
    from: &[usize],
    mut undo: Inverse<'_>,
) {
    undo.note(|out| write_numbers(out, list::PERMUTE, &inverse(from)));
    // Each cycle in turn: what goes to a place is brought there, and what was there waits where that was.
    let mut from = from.to_vec();
    for start in 0..from.len() {
        let mut place = start;
        while from[place] != start {
            let next = std::mem::replace(&mut from[place], place);
            slice.swap_at(place, next);
            place = next;
        }
        from[place] = place;
    }
}

pub(crate) fn rotate<T>(
    slice: &mut (impl Slice<T> + ?Sized),
    middle: usize,
    mut undo: Inverse<'_>,
) {
    let length = slice.length();
    undo.note(|out| write_positions(out, list::ROTATE, &[length, length - middle]));
    slice.rotate_at(middle);
}

pub(crate) fn reverse<T>(slice: &mut (impl Slice<T> + ?Sized), mut undo: Inverse<'_>) {
    let length = slice.length();
    undo.note(|out| write_positions(out, list::REVERSE, &[length]));
    for at in 0..length / 2 {
        slice.swap_at(at, length - 1 - at);
    }
}

/// Applies an incoming operation that changes the order of a list or an array, which is called `name`.
pub(crate) fn apply<T>(
    slice: &mut (impl Slice<T> + ?Sized),
    name: &'static str,
    operation: Operation,
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let length = slice.length();
    let of_all = |told| {
        if told == length {
            Ok(())
        } else {
            Err(Fault::Gone)
        }
    };
    match operation.number {
        list::SWAP => {
            let places = [patch.reader().length()?, patch.reader().length()?];
            if places.iter().any(|&place| place >= length) {
                return Err(Fault::Gone);
            }
            swap(slice, places, patch.inverse(operation));
        }
        list::PERMUTE => {
            let from = permutation(patch.reader())?;
            of_all(from.len())?;
            patch.take_moves(length)?;
            permute(slice, &from, patch.inverse(operation));
        }
        list::ROTATE => {
            let (told, middle) = rotation(patch.reader())?;
            of_all(told)?;
            patch.take_moves(length)?;
            rotate(slice, middle, patch.inverse(operation));
        }
        list::REVERSE => {
            of_all(patch.reader().length()?)?;
            patch.take_moves(length)?;
            reverse(slice, patch.inverse(operation));
        }
        _ => return Err(patch.no_such("operation", name, operation)),
    }
    Ok(())
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

/// A number of elements, and how many of them a rotation moves to the end.
pub(crate) fn rotation(reader: &mut Reader<'_>) -> Result<(usize, usize), DecodeError> {
    let (length, middle) = (reader.length()?, reader.length()?);
    if middle > length {
        return Err(reader.problem(Problem::NotAPermutation));
    }
    Ok((length, middle))
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

impl<T> Slice<T> for [T] {
    fn write_whole_head(out: &mut Vec<u8>, _: usize) {
        put_length(out, SET);
    }
    fn length(&self) -> usize {
        self.len()
    }
    fn element(&mut self, at: usize) -> Option<&mut T> {
        self.get_mut(at)
    }
    fn pieces(&self, range: Range<usize>) -> [&[T]; 2] {
        [&self[range], &[]]
    }
    fn swap_at(&mut self, a: usize, b: usize) {
        self.swap(a, b);
    }
    fn rotate_at(&mut self, middle: usize) {
        self.rotate_left(middle);
    }
}

impl<T, const N: usize> Slice<T> for [T; N] {
    fn write_whole_head(out: &mut Vec<u8>, length: usize) {
        <[T]>::write_whole_head(out, length);
    }
    fn length(&self) -> usize {
        N
    }
    fn element(&mut self, at: usize) -> Option<&mut T> {
        self.get_mut(at)
    }
    fn pieces(&self, range: Range<usize>) -> [&[T]; 2] {
        self.as_slice().pieces(range)
    }
    fn swap_at(&mut self, a: usize, b: usize) {
        self.swap(a, b);
    }
    fn rotate_at(&mut self, middle: usize) {
        self.rotate_left(middle);
    }
}
