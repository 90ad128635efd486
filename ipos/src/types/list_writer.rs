//! The wrapper of `Vec` and `VecDeque`, and what lists have that grow and shrink.

use std::{
    collections::VecDeque,
    marker::PhantomData,
    ops::{Deref, Range, RangeBounds},
};

use super::{
    list::{self, FORMS, ListPatch, Sequence},
    retain::{runs, write_retain},
    slice::size_of_items,
    splice::Head,
};
use crate::{
    codec::Native,
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, SET},
    schema::{SchemaBuilder, TypeRef},
    shared::Shared,
    wire::{DecodeError, Reader},
};

/// The wrapper of a list or an array `L` of `T`. Methods have the names and the panics of its own.
///
/// Each records the smallest patch that says it, and none that is larger than the whole.
pub struct ListMut<'a, T, L> {
    pub(super) cursor: Cursor<'a, L>,
    pub(super) element: PhantomData<T>,
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

impl<T: Shared, L: Sequence<T> + Shared> ListMut<'_, T, L> {
    /// Inserts an element before `index`.
    ///
    /// # Panics
    ///
    /// When `index` is past the end.
    pub fn insert(&mut self, index: usize, value: T) {
        let length = self.length();
        assert!(
            index <= length,
            "insertion index (is {index}) should be <= len (is {length})"
        );
        if index == length {
            // What is meant is the end, wherever others move it to.
            return self.push_end(value);
        }
        let (list, undo) = self
            .cursor
            .record(|out| list::write_element(out, Native, list::INSERT, index, &value));
        list::insert(list, index, value, undo);
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
        let end = self.length();
        self.replace(end..end, items.into_iter().collect());
    }

    /// Appends all of `other`, and empties that.
    pub fn append(&mut self, other: &mut L) {
        self.extend(std::mem::take(other));
    }

    /// Makes the list `length` elements long: cuts it, or appends clones of `value`.
    pub fn resize(&mut self, length: usize, value: T) {
        match length.checked_sub(self.length()) {
            Some(more) => self.extend(std::iter::repeat_n(value, more)),
            None => self.truncate(length),
        }
    }

    /// Makes the list `length` elements long: cuts it, or appends what `value` gives.
    pub fn resize_with(&mut self, length: usize, value: impl FnMut() -> T) {
        match length.checked_sub(self.length()) {
            Some(more) => self.extend(std::iter::repeat_with(value).take(more)),
            None => self.truncate(length),
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
        self.replace(range, items.into_iter().collect()).into_iter()
    }

    /// Removes a range and gives what was there. Unlike the standard `drain`, it removes at once.
    ///
    /// # Panics
    ///
    /// When the range is not within the list.
    pub fn drain(&mut self, range: impl RangeBounds<usize>) -> std::vec::IntoIter<T> {
        self.splice(range, [])
    }

    /// Removes and gives the elements from `at` on.
    ///
    /// # Panics
    ///
    /// When `at` is past the end.
    pub fn split_off(&mut self, at: usize) -> L {
        let length = self.length();
        assert!(
            at <= length,
            "`at` split index (is {at}) should be <= len (is {length})"
        );
        self.replace(at..length, Vec::new()).into()
    }

    /// Keeps only the elements for which `keep` says so.
    pub fn retain(&mut self, keep: impl FnMut(&T) -> bool) {
        let runs = runs(self.items().map(keep));
        self.keep(&runs);
    }

    /// Calls `keep` with the wrapper of each element in turn, and keeps only those for which it says so.
    pub fn retain_mut(&mut self, mut keep: impl FnMut(&mut T::Mut<'_>) -> bool) {
        let kept: Vec<bool> = (0..self.length())
            .map(|index| keep(&mut self.at(index)))
            .collect();
        self.keep(&runs(kept.into_iter()));
    }

    /// Removes elements that are equal to the one before.
    pub fn dedup(&mut self)
    where
        T: PartialEq,
    {
        self.dedup_by(|item, before| item == before);
    }

    /// Removes elements that have the same key as the one before.
    pub fn dedup_by_key<K: PartialEq>(&mut self, mut key: impl FnMut(&T) -> K) {
        self.dedup_by(|item, before| key(item) == key(before));
    }

    /// Removes elements for which `is_same` says that they are as the one before, which comes second.
    pub fn dedup_by(&mut self, mut is_same: impl FnMut(&T, &T) -> bool) {
        let mut last: Option<&T> = None;
        let runs = runs(self.items().map(|item| {
            let keep = last.is_none_or(|last| !is_same(item, last));
            if keep {
                last = Some(item);
            }
            keep
        }));
        self.keep(&runs);
    }

    /// Keeps the even ones of runs that are all of the list.
    fn keep(&mut self, runs: &[usize]) {
        match *runs {
            [_] => {}
            [kept, removed] | [kept, removed, _] => {
                self.replace(kept..kept + removed, Vec::new());
            }
            _ => {
                let (list, undo) = self.cursor.record(|out| write_retain(out, runs));
                list::retain(list, Native, runs, undo);
            }
        }
    }

    /// Replaces a range and gives what was there, in no more bytes than the whole takes.
    pub(super) fn replace(&mut self, range: Range<usize>, items: Vec<T>) -> Vec<T> {
        if range.is_empty() && items.is_empty() {
            return items;
        }
        if self.is_splice_beyond_whole(&range, &items) {
            let mut new = (**self).clone();
            let removed = new.splice_at(range, items);
            self.set(new);
            return removed;
        }
        let head = self.head(&range, &items);
        let (list, undo) = self.cursor.record(|out| {
            head.write(out, FORMS);
            T::encode_all(&items, out);
        });
        list::splice(list, Native, range, items, undo)
    }

    fn head(&self, range: &Range<usize>, items: &[T]) -> Head {
        Head::of(self.length(), range.start, range.len(), items.len())
    }

    /// Whether it takes more bytes to tell a splice than the whole list, before and after.
    fn is_splice_beyond_whole(&self, range: &Range<usize>, items: &[T]) -> bool {
        let length = self.length();
        let head = self.head(range, items).size(FORMS);
        // What is put in stands in the new list as well, what is removed stands in the old one.
        let kept = self.range(0..range.start);
        let kept = size_of_items(Native, kept.chain(self.range(range.end..length)), head);
        let whole = |length: usize| {
            let mut out = Vec::new();
            list::write_positions(&mut out, SET, &[length]);
            out.len() + kept
        };
        if head <= whole(length - range.len() + items.len()) {
            return false;
        }
        let removed = size_of_items(Native, self.range(range.clone()), usize::MAX);
        let inserted = size_of_items(Native, items.iter(), usize::MAX);
        head + inserted > whole(length) + removed
    }

    pub(super) fn push_end(&mut self, value: T) {
        let at = self.length();
        let (list, undo) = self
            .cursor
            .record(|out| list::write_element(out, Native, list::PUSH, at, &value));
        list::insert(list, at, value, undo);
    }

    pub(super) fn take_at(&mut self, index: usize) -> T {
        let (list, undo) = self
            .cursor
            .record(|out| list::write_positions(out, list::REMOVE, &[index]));
        list::remove(list, Native, index, undo)
    }

    /// Removes and gives the element at `index`; the last one takes its place.
    pub(super) fn take_for_last(&mut self, index: usize) -> T {
        let last = self.length() - 1;
        if index + 1 >= last {
            return self.take_at(index);
        }
        self.swap(index, last);
        self.take_at(last)
    }

    /// Removes and gives the last element if `predicate` says so of its wrapper.
    pub(super) fn pop_end_if(
        &mut self,
        predicate: impl FnOnce(&mut T::Mut<'_>) -> bool,
    ) -> Option<T> {
        let last = self.length().checked_sub(1)?;
        let is_taken = predicate(&mut self.at(last));
        is_taken.then(|| self.take_at(last))
    }
}

/// `Shared` for kinds of lists: of which elements, and by which name.
macro_rules! lists {
    ($([$($generics:tt)*] $list:ty, $item:ty, $name:literal $(, where [$($bounds:tt)*])?;)*) => {$(
        impl<$($generics)*> Shared for $list
        $(where $($bounds)*)?
        {
            const IS_KEY: bool = <$item as Shared>::IS_KEY;
            type Patch = ListPatch<$item>;
            type Mut<'a> = ListMut<'a, $item, Self>;

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
                list::encode(out, Native, self);
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                list::decode(reader, Native)
            }
            fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
                list::apply(self, Native, patch)
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.list::<Self, $item>($name)
            }
        }
    )*};
}
#[cfg(feature = "smallvec")]
pub(super) use lists;

lists! {
    [T: Shared] Vec<T>, T, "Vec";
    [T: Shared] VecDeque<T>, T, "VecDeque";
}
