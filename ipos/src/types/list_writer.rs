//! The wrapper of `Vec` and `VecDeque`.

use std::{
    cmp::Ordering,
    collections::VecDeque,
    marker::PhantomData,
    ops::{Deref, Range, RangeBounds},
};

use super::list::{self, ListPatch, Sequence};
use crate::{
    codec::Native,
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming},
    schema::{SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader},
};

/// The wrapper of a list `L` of `T`. Methods have the names and the panics of the list's own.
pub struct ListMut<'a, T, L> {
    cursor: Cursor<'a, L>,
    element: PhantomData<T>,
}

/// The wrapper of a `Vec`.
pub type VecMut<'a, T> = ListMut<'a, T, Vec<T>>;

/// The wrapper of a `VecDeque`.
pub type VecDequeMut<'a, T> = ListMut<'a, T, VecDeque<T>>;

impl<T, L> Deref for ListMut<'_, T, L> {
    type Target = L;
    fn deref(&self) -> &L {
        self.cursor.value()
    }
}

impl<T, L: std::fmt::Debug> std::fmt::Debug for ListMut<'_, T, L> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cursor.fmt(f)
    }
}

impl<T: Shared, L: Sequence<T> + Default> ListMut<'_, T, L> {
    /// Replaces the whole list.
    pub fn set(&mut self, value: impl Assign<L>) {
        let value = value.into_value();
        let (list, undo) = self
            .cursor
            .record(|out| list::write_set(out, Native, &value));
        list::set(list, Native, value, undo);
    }

    /// The wrapper of the element at `index`.
    ///
    /// # Panics
    ///
    /// When `index` is out of bounds.
    pub fn at(&mut self, index: usize) -> T::Mut<'_> {
        self.check(index, "index");
        T::writer(self.cursor.step(
            |path| list::write_positions(path, list::AT, &[index]),
            |list| list.element(index).expect("the index was just checked"),
        ))
    }

    /// The wrapper of the element at `index`, if there is one.
    pub fn get_mut(&mut self, index: usize) -> Option<T::Mut<'_>> {
        (index < self.length()).then(|| self.at(index))
    }

    /// The wrapper of the first element, if there is one.
    pub fn first_mut(&mut self) -> Option<T::Mut<'_>> {
        self.get_mut(0)
    }

    /// The wrapper of the last element, if there is one.
    pub fn last_mut(&mut self) -> Option<T::Mut<'_>> {
        self.length().checked_sub(1).map(|last| self.at(last))
    }

    /// Calls `change` with the wrapper of each element in turn.
    pub fn for_each_mut(&mut self, mut change: impl FnMut(&mut T::Mut<'_>)) {
        for index in 0..self.length() {
            change(&mut self.at(index));
        }
    }

    /// Inserts an element before `index`.
    ///
    /// # Panics
    ///
    /// When `index` is past the end.
    pub fn insert(&mut self, index: usize, value: T) {
        assert!(
            index <= self.length(),
            "insertion index (is {index}) should be <= len (is {})",
            self.length()
        );
        if index == self.length() {
            // What is meant is the end, wherever others move it to.
            return self.append(value);
        }
        let (list, undo) = self
            .cursor
            .record(|out| list::write_element(out, Native, list::INSERT, &[index], &value));
        list::insert(list, index, value, undo);
    }

    /// Exchanges two elements.
    ///
    /// # Panics
    ///
    /// When one of the positions is out of bounds.
    pub fn swap(&mut self, a: usize, b: usize) {
        self.check(a, "swap index");
        self.check(b, "swap index");
        let (list, undo) = self
            .cursor
            .record(|out| list::write_positions(out, list::SWAP, &[a, b]));
        list::swap(list, a, b, undo);
    }

    /// Cuts the list to `length` elements, if it is longer.
    pub fn truncate(&mut self, length: usize) {
        if length < self.length() {
            self.replace(length..self.length(), Vec::new());
        }
    }

    /// Removes all elements.
    pub fn clear(&mut self) {
        self.truncate(0);
    }

    /// Appends all of `items`.
    pub fn extend(&mut self, items: impl IntoIterator<Item = T>) {
        let items: Vec<T> = items.into_iter().collect();
        if !items.is_empty() {
            let end = self.length();
            self.replace(end..end, items);
        }
    }

    /// Replaces a range and gives what was there.
    ///
    /// # Panics
    ///
    /// When the range is not within the list.
    pub fn splice(
        &mut self,
        range: impl RangeBounds<usize>,
        items: impl IntoIterator<Item = T>,
    ) -> std::vec::IntoIter<T> {
        let range = super::resolve(&range, self.length());
        let items: Vec<T> = items.into_iter().collect();
        if range.is_empty() && items.is_empty() {
            return items.into_iter();
        }
        self.replace(range, items).into_iter()
    }

    /// Removes a range and gives what was there. Unlike the standard `drain`, it removes at once.
    ///
    /// # Panics
    ///
    /// When the range is not within the list.
    pub fn drain(&mut self, range: impl RangeBounds<usize>) -> std::vec::IntoIter<T> {
        self.splice(range, [])
    }

    /// Keeps only the elements for which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        // Lengths of runs, the even ones kept and the odd ones removed.
        let mut runs = vec![0];
        for item in self.range(0..self.length()) {
            let removed_now = runs.len() % 2 == 0;
            if keep(item) == removed_now {
                runs.push(0);
            }
            *runs.last_mut().expect("there is always a run") += 1;
        }
        if runs.len() > 1 {
            let (list, undo) = self
                .cursor
                .record(|out| list::write_numbers(out, list::RETAIN, &runs));
            list::retain(list, Native, &runs, undo);
        }
    }

    /// Sorts, keeping the order of equal elements.
    pub fn sort_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        let items: Vec<&T> = self.range(0..self.length()).collect();
        let mut order: Vec<usize> = (0..items.len()).collect();
        order.sort_by(|&a, &b| compare(items[a], items[b]));
        if !order.is_sorted() {
            let (list, undo) = self
                .cursor
                .record(|out| list::write_numbers(out, list::PERMUTE, &order));
            list::permute(list, &order, undo);
        }
    }

    fn replace(&mut self, range: Range<usize>, items: Vec<T>) -> Vec<T> {
        let (at, removed) = (range.start, range.len());
        let is_at_end = removed == 0 && at == self.length();
        let (list, undo) = self.cursor.record(|out| {
            if is_at_end {
                list::write_positions(out, list::EXTEND, &[at]);
                list::encode(out, Native, items.len(), items.iter());
            } else {
                list::write_splice(out, Native, at, removed, items.iter());
            }
        });
        list::splice(list, Native, range, items, undo)
    }

    fn append(&mut self, value: T) {
        let at = self.length();
        let (list, undo) = self
            .cursor
            .record(|out| list::write_element(out, Native, list::PUSH, &[at], &value));
        list::push(list, value, undo);
    }

    fn take_at(&mut self, index: usize) -> T {
        let (list, undo) = self
            .cursor
            .record(|out| list::write_positions(out, list::REMOVE, &[index]));
        list::remove(list, Native, index, undo)
    }

    fn check(&self, index: usize, what: &str) {
        let length = self.length();
        assert!(
            index < length,
            "{what} out of bounds: the len is {length} but the index is {index}"
        );
    }
}

impl<T: Shared> VecMut<'_, T> {
    /// Appends an element.
    pub fn push(&mut self, value: T) {
        self.append(value);
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
        self.check(index, "removal index");
        self.take_at(index)
    }

    /// Removes and gives the element at `index`; the last one takes its place.
    ///
    /// # Panics
    ///
    /// When `index` is out of bounds.
    pub fn swap_remove(&mut self, index: usize) -> T {
        self.check(index, "swap_remove index");
        let last = self.len() - 1;
        if index != last {
            self.swap(index, last);
        }
        self.take_at(last)
    }
}

impl<T: Shared> VecDequeMut<'_, T> {
    /// Appends an element at the back.
    pub fn push_back(&mut self, value: T) {
        self.append(value);
    }

    /// Inserts an element at the front.
    pub fn push_front(&mut self, value: T) {
        self.insert(0, value);
    }

    /// Removes and gives the last element.
    pub fn pop_back(&mut self) -> Option<T> {
        self.len().checked_sub(1).map(|last| self.take_at(last))
    }

    /// Removes and gives the first element.
    pub fn pop_front(&mut self) -> Option<T> {
        self.remove(0)
    }

    /// The wrapper of the first element, if there is one.
    pub fn front_mut(&mut self) -> Option<T::Mut<'_>> {
        self.first_mut()
    }

    /// The wrapper of the last element, if there is one.
    pub fn back_mut(&mut self) -> Option<T::Mut<'_>> {
        self.last_mut()
    }

    /// Removes and gives the element at `index`, if there is one.
    pub fn remove(&mut self, index: usize) -> Option<T> {
        (index < self.len()).then(|| self.take_at(index))
    }
}

macro_rules! lists {
    ($($list:ident),*) => {$(
        impl<T: Shared> Shared for $list<T> {
            type Patch = ListPatch<T>;
            type Mut<'a> = ListMut<'a, T, Self>;

            fn writer(cursor: Cursor<'_, Self>) -> Self::Mut<'_> {
                ListMut { cursor, element: PhantomData }
            }
            fn finish(writer: Self::Mut<'_>, finish: Finish) -> Result<()> {
                writer.cursor.finish(finish)
            }
            fn replace(cursor: Cursor<'_, Self>, value: Self) {
                Self::writer(cursor).set(value);
            }
            fn encode(&self, out: &mut Vec<u8>) {
                list::encode(out, Native, self.len(), self.iter());
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                list::decode(reader, Native)
            }
            fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
                list::apply(self, Native, patch)
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.list::<Self, T>(stringify!($list))
            }
        }
    )*};
}

lists!(Vec, VecDeque);
