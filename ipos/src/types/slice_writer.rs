//! What the wrappers of lists and arrays have in common: elements in place, and their order.

use std::cmp::Ordering;

use super::{
    leaf,
    list::{self, write_numbers, write_positions},
    list_writer::ListMut,
    slice::{self, Slice, size_of_items},
};
use crate::{
    codec::Native,
    patch::SET,
    shared::{Assign, Shared},
};

impl<T: Shared, L: Slice<T>> ListMut<'_, T, L> {
    /// The wrapper of the element at `index`.
    ///
    /// # Panics
    ///
    /// When `index` is out of bounds.
    pub fn at(&mut self, index: usize) -> T::Mut<'_> {
        self.check(index);
        T::writer(self.cursor.step(
            |path| write_positions(path, list::AT, &[index]),
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

    /// Exchanges two elements.
    ///
    /// # Panics
    ///
    /// When one of the positions is out of bounds.
    pub fn swap(&mut self, a: usize, b: usize) {
        self.check(a);
        self.check(b);
        if a != b && Self::HAS_ORDER {
            let (list, undo) = self
                .cursor
                .record(|out| write_positions(out, list::SWAP, &[a, b]));
            slice::swap(list, [a, b], undo);
        }
    }

    /// Moves all elements by `middle` places to the front; the first ones come to the end.
    ///
    /// # Panics
    ///
    /// When `middle` is past the end.
    pub fn rotate_left(&mut self, middle: usize) {
        let length = self.length();
        assert!(
            middle <= length,
            "rotation by {middle} of {length} elements"
        );
        if middle > 0 && middle < length && Self::HAS_ORDER {
            let (list, undo) = self
                .cursor
                .record(|out| write_positions(out, list::ROTATE, &[length, middle]));
            slice::rotate(list, middle, undo);
        }
    }

    /// Moves all elements by `places` to the end; the last ones come to the front.
    ///
    /// # Panics
    ///
    /// When `places` is more than there are elements.
    pub fn rotate_right(&mut self, places: usize) {
        let length = self.length();
        assert!(
            places <= length,
            "rotation by {places} of {length} elements"
        );
        self.rotate_left(length - places);
    }

    /// Reverses the order of all elements.
    pub fn reverse(&mut self) {
        let length = self.length();
        if length > 1 && Self::HAS_ORDER {
            let (list, undo) = self
                .cursor
                .record(|out| write_positions(out, list::REVERSE, &[length]));
            slice::reverse(list, undo);
        }
    }

    /// Whether the order of the elements can be told: those without any content are all the same.
    const HAS_ORDER: bool = size_of::<T>() > 0;

    /// Whether an operation takes more bytes than the whole, whose size it does not change much.
    pub(super) fn is_beyond_whole(&self, operation: impl FnOnce(&mut Vec<u8>)) -> bool {
        let mut bytes = Vec::new();
        operation(&mut bytes);
        let most = bytes.len();
        bytes.clear();
        L::write_whole_head(&mut bytes, self.length());
        bytes.len() + size_of_items(Native, self.items(), most) < most
    }

    fn check(&self, index: usize) {
        let length = self.length();
        assert!(
            index < length,
            "index out of bounds: the len is {length} but the index is {index}"
        );
    }
}

/// Sorting and the like: told as a new order, or as the whole if that takes less.
impl<T: Shared, L: Slice<T> + Shared> ListMut<'_, T, L> {
    /// Replaces the whole.
    pub fn set(&mut self, value: impl Assign<L>) {
        let value = value.into_value();
        let (list, undo) = self
            .cursor
            .record(|out| leaf::write(out, SET, Native, &value));
        leaf::replace(list, Native, value, undo);
    }

    /// Sorts, keeping the order of equal elements.
    pub fn sort(&mut self)
    where
        T: Ord,
    {
        self.sort_by(T::cmp);
    }

    /// Sorts, keeping the order of equal elements.
    pub fn sort_by(&mut self, mut compare: impl FnMut(&T, &T) -> Ordering) {
        self.arrange(|items, order| order.sort_by(|&a, &b| compare(items[a], items[b])));
    }

    /// Sorts by a key of each element, keeping the order of equal ones.
    pub fn sort_by_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.arrange(|items, order| order.sort_by_key(|&at| key(items[at])));
    }

    /// Sorts by a key of each element, which is asked for once, keeping the order of equal ones.
    pub fn sort_by_cached_key<K: Ord>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.arrange(|items, order| order.sort_by_cached_key(|&at| key(items[at])));
    }

    /// Sorts, with equal elements in any order.
    pub fn sort_unstable(&mut self)
    where
        T: Ord,
    {
        self.sort_unstable_by(T::cmp);
    }

    /// Sorts, with equal elements in any order.
    pub fn sort_unstable_by(&mut self, compare: impl FnMut(&T, &T) -> Ordering) {
        // What stays where it is need not be told.
        self.sort_by(compare);
    }

    /// Sorts by a key of each element, with equal ones in any order.
    pub fn sort_unstable_by_key<K: Ord>(&mut self, key: impl FnMut(&T) -> K) {
        self.sort_by_key(key);
    }

    /// Replaces each element by a clone of `value`.
    pub fn fill(&mut self, value: T) {
        self.fill_with(move || value.clone());
    }

    /// Replaces each element by what `value` gives.
    pub fn fill_with(&mut self, mut value: impl FnMut() -> T) {
        self.change_whole(|list| {
            for at in 0..list.length() {
                *list.element(at).expect("it is within") = value();
            }
        });
    }

    /// Replaces the elements by clones of others.
    ///
    /// # Panics
    ///
    /// When there are not as many.
    pub fn clone_from_slice(&mut self, items: &[T]) {
        let length = self.length();
        assert!(
            length == items.len(),
            "destination and source slices have different lengths"
        );
        let mut items = items.iter().cloned();
        self.fill_with(|| items.next().expect("there are as many"));
    }

    pub(super) fn change_whole(&mut self, change: impl FnOnce(&mut L)) {
        if self.length() > 0 {
            let mut new = (**self).clone();
            change(&mut new);
            self.set(new);
        }
    }

    fn arrange(&mut self, sort: impl FnOnce(&[&T], &mut [usize])) {
        let items: Vec<&T> = self.items().collect();
        let mut order: Vec<usize> = (0..items.len()).collect();
        sort(&items, &mut order);
        if order.is_sorted() || !Self::HAS_ORDER {
            return;
        }
        if self.is_beyond_whole(|out| write_numbers(out, list::PERMUTE, &order)) {
            let new = order.iter().map(|&at| items[at].clone());
            let mut new = new.collect::<Vec<T>>().into_iter();
            return self.fill_with(|| new.next().expect("there are as many"));
        }
        let (list, undo) = self
            .cursor
            .record(|out| write_numbers(out, list::PERMUTE, &order));
        slice::permute(list, &order, undo);
    }
}
