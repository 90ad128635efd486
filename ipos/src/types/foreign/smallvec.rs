//! `SmallVec`: a list like `Vec`.

use std::{marker::PhantomData, ops::Range};

use serde::{Serialize, de::DeserializeOwned};
use smallvec::{Array, SmallVec};

use crate::{
    codec::Native,
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, SET},
    schema::{SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    types::{
        list::{self, ListPatch, Sequence, write_positions},
        list_writer::{ListMut, lists},
        slice::Slice,
    },
    wire::{DecodeError, Reader},
};

/// The wrapper of a `SmallVec`.
pub type SmallVecMut<'a, A> = ListMut<'a, <A as Array>::Item, SmallVec<A>>;

/// What a `SmallVec` has beside what all lists have.
impl<T: Shared, const N: usize> ListMut<'_, T, SmallVec<[T; N]>>
where
    [T; N]: Array<Item = T>,
{
    /// Appends an element.
    pub fn push(&mut self, value: T) {
        self.push_end(value);
    }

    /// Removes and gives the last element.
    pub fn pop(&mut self) -> Option<T> {
        self.len().checked_sub(1).map(|last| self.take_at(last))
    }

    /// Removes and gives the element at `index`.
    ///
    /// # Panics
    ///
    /// When `index` is out of bounds.
    pub fn remove(&mut self, index: usize) -> T {
        self.check_removal(index);
        self.take_at(index)
    }

    /// Removes and gives the element at `index`; the last one takes its place.
    ///
    /// # Panics
    ///
    /// When `index` is out of bounds.
    pub fn swap_remove(&mut self, index: usize) -> T {
        self.check_removal(index);
        self.take_for_last(index)
    }

    fn check_removal(&self, index: usize) {
        let length = self.len();
        assert!(
            index < length,
            "removal index (is {index}) should be < len (is {length})"
        );
    }

    /// Appends clones of all of `items`.
    pub fn extend_from_slice(&mut self, items: &[T]) {
        self.extend(items.iter().cloned());
    }
}

impl<A: Array> Slice<A::Item> for SmallVec<A> {
    fn write_whole_head(out: &mut Vec<u8>, length: usize) {
        write_positions(out, SET, &[length]);
    }
    fn length(&self) -> usize {
        self.len()
    }
    fn element(&mut self, at: usize) -> Option<&mut A::Item> {
        self.get_mut(at)
    }
    fn pieces(&self, range: Range<usize>) -> [&[A::Item]; 2] {
        [&self[range], &[]]
    }
    fn swap_at(&mut self, a: usize, b: usize) {
        self.swap(a, b);
    }
    fn rotate_at(&mut self, middle: usize) {
        self.rotate_left(middle);
    }
}

impl<A: Array> Sequence<A::Item> for SmallVec<A> {
    fn insert_at(&mut self, at: usize, value: A::Item) {
        self.insert(at, value);
    }
    fn remove_at(&mut self, at: usize) -> A::Item {
        self.remove(at)
    }
    fn splice_at(&mut self, range: Range<usize>, inserted: Vec<A::Item>) -> Vec<A::Item> {
        let rest: Vec<A::Item> = self.drain(range.end..).collect();
        let removed = self.drain(range.start..).collect();
        self.extend(inserted);
        self.extend(rest);
        removed
    }
}

lists! {
    [A: Array<Item: Shared> + Send + Sync + 'static] SmallVec<A>, A::Item, "SmallVec",
        where [Self: Serialize + DeserializeOwned];
}

#[diagnostic::do_not_recommend]
impl<A: Array> Assign<SmallVec<A>> for Vec<A::Item> {
    fn into_value(self) -> SmallVec<A> {
        self.into()
    }
}
