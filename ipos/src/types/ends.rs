//! What the wrappers of `Vec` and `VecDeque` have each for itself.

use std::ops::RangeBounds;

use super::{
    list_writer::{VecDequeMut, VecMut},
    resolve,
};
use crate::shared::Shared;

impl<T: Shared> VecMut<'_, T> {
    /// Appends an element.
    pub fn push(&mut self, value: T) {
        self.push_end(value);
    }

    /// Removes and gives the last element.
    pub fn pop(&mut self) -> Option<T> {
        self.len().checked_sub(1).map(|last| self.take_at(last))
    }

    /// Removes and gives the last element if `predicate` says so of its wrapper.
    pub fn pop_if(&mut self, predicate: impl FnOnce(&mut T::Mut<'_>) -> bool) -> Option<T> {
        self.pop_end_if(predicate)
    }

    /// Removes and gives the element at `index`.
    ///
    /// # Panics
    ///
    /// When `index` is out of bounds.
    pub fn remove(&mut self, index: usize) -> T {
        self.check_removal(index, "removal");
        self.take_at(index)
    }

    /// Removes and gives the element at `index`; the last one takes its place.
    ///
    /// # Panics
    ///
    /// When `index` is out of bounds.
    pub fn swap_remove(&mut self, index: usize) -> T {
        self.check_removal(index, "swap_remove");
        self.take_for_last(index)
    }

    fn check_removal(&self, index: usize, what: &str) {
        let length = self.len();
        assert!(
            index < length,
            "{what} index (is {index}) should be < len (is {length})"
        );
    }

    /// Appends clones of all of `items`.
    pub fn extend_from_slice(&mut self, items: &[T]) {
        self.extend(items.iter().cloned());
    }

    /// Appends clones of the elements of a range.
    ///
    /// # Panics
    ///
    /// When the range is not within the list.
    pub fn extend_from_within(&mut self, range: impl RangeBounds<usize>) {
        let range = resolve(&range, self.len());
        let items = self[range].to_vec();
        self.extend(items);
    }

    /// Copies the elements of a range over those from `to` on.
    ///
    /// # Panics
    ///
    /// When either is not within the list.
    pub fn copy_within(&mut self, range: impl RangeBounds<usize>, to: usize)
    where
        T: Copy,
    {
        let items = self[resolve(&range, self.len())].to_vec();
        let rest = self.len() - items.len();
        assert!(to <= rest, "dest is out of bounds");
        self.replace(to..to + items.len(), items);
    }
}

impl<T: Shared> VecDequeMut<'_, T> {
    /// Appends an element at the back.
    pub fn push_back(&mut self, value: T) {
        self.push_end(value);
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

    /// Removes and gives the last element if `predicate` says so of its wrapper.
    pub fn pop_back_if(&mut self, predicate: impl FnOnce(&mut T::Mut<'_>) -> bool) -> Option<T> {
        self.pop_end_if(predicate)
    }

    /// Removes and gives the first element if `predicate` says so of its wrapper.
    pub fn pop_front_if(&mut self, predicate: impl FnOnce(&mut T::Mut<'_>) -> bool) -> Option<T> {
        let is_taken = predicate(&mut self.first_mut()?);
        is_taken.then(|| self.take_at(0))
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

    /// Removes and gives the element at `index`, if there is one; the first one takes its place.
    pub fn swap_remove_front(&mut self, index: usize) -> Option<T> {
        match index {
            _ if index >= self.len() => None,
            0 | 1 => Some(self.take_at(index)),
            _ => {
                self.swap(index, 0);
                Some(self.take_at(0))
            }
        }
    }

    /// Removes and gives the element at `index`, if there is one; the last one takes its place.
    pub fn swap_remove_back(&mut self, index: usize) -> Option<T> {
        (index < self.len()).then(|| self.take_for_last(index))
    }
}
