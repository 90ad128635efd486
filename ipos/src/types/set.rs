//! `HashSet` and `BTreeSet`: one patch grammar and one wrapper for both.

use std::{
    borrow::Borrow,
    collections::{BTreeSet, HashSet},
    hash::{BuildHasher, Hash, RandomState},
    marker::PhantomData,
    ops::Deref,
};

use serde::{Deserialize, Serialize};

use super::{list, map::write_key, map_writer::HashKey};
use crate::{
    codec::{Codec, Native},
    cursor::{Branch, Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, SET, patch_forms},
    recorder::Inverse,
    schema::{SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader, put_length},
};

/// A change to a set.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum SetPatch<T: Shared> {
    /// The new set, as its elements.
    Set(Vec<T>),
    /// An element put in.
    Insert(T),
    /// An element removed.
    Remove(T),
}

pub(crate) const INSERT: usize = 1;
pub(crate) const REMOVE: usize = 2;

patch_forms! {
    impl[T: Shared] Patch for SetPatch<T>, of "set" {
        SET => (Self::Set(items)), [items] [];
        INSERT => (Self::Insert(item)), [item] [];
        REMOVE => (Self::Remove(item)), [item] [];
    }
}

/// What the set operations need of a set.
pub trait Elements<T>: Default + Extend<T> {
    /// How many elements there are.
    fn length(&self) -> usize;
    /// All elements.
    fn elements<'a>(&'a self) -> impl Iterator<Item = &'a T>
    where
        T: 'a;
    /// Whether an element is there.
    fn has(&self, value: &T) -> bool;
    /// Puts an element in; `false` if it was there.
    fn put(&mut self, value: T) -> bool;
    /// Removes an element that is there.
    fn drop_element(&mut self, value: &T);
    /// Keeps only the elements for which `keep` says so.
    fn keep(&mut self, keep: impl FnMut(&T) -> bool);
}

/// The wrapper of a set `E` of `T`. Methods have the names of the set's own.
pub struct SetMut<'a, T, E> {
    cursor: Cursor<'a, E>,
    element: PhantomData<T>,
}

/// The wrapper of a `HashSet`.
pub type HashSetMut<'a, T, S = RandomState> = SetMut<'a, T, HashSet<T, S>>;

/// The wrapper of a `BTreeSet`.
pub type BTreeSetMut<'a, T> = SetMut<'a, T, BTreeSet<T>>;

impl<T, E> Deref for SetMut<'_, T, E> {
    type Target = E;
    fn deref(&self) -> &E {
        self.cursor.value()
    }
}

impl<T, E: std::fmt::Debug> std::fmt::Debug for SetMut<'_, T, E> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cursor.fmt(f)
    }
}

impl<T: Shared, E: Elements<T>> SetMut<'_, T, E> {
    /// Replaces the whole set.
    pub fn set(&mut self, value: impl Assign<E>) {
        let value = value.into_value();
        let (set, undo) = self.cursor.record(|out| write_set(out, Native, &value));
        replace(set, Native, value, undo);
    }

    /// Puts an element in; `false` if it was there.
    pub fn insert(&mut self, value: T) -> bool {
        if self.has(&value) {
            return false;
        }
        let (set, undo) = self
            .cursor
            .record(|out| write_key(out, Native, INSERT, &value));
        insert(set, Native, value, undo);
        true
    }

    /// Removes all elements.
    pub fn clear(&mut self) {
        if self.length() > 0 {
            self.set(E::default());
        }
    }

    /// Puts all of `items` in.
    pub fn extend(&mut self, items: impl IntoIterator<Item = T>) {
        for item in items {
            self.insert(item);
        }
    }

    /// Keeps only the elements for which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        let (set, mut branch) = self.cursor.spot().apart();
        set.keep(|item| {
            let kept = keep(item);
            if !kept {
                removed(&mut branch, item);
            }
            kept
        });
    }
}

/// Records that an element was removed, or is about to be.
fn removed<T: Shared>(branch: &mut Branch<'_>, item: &T) {
    let mut undo = branch
        .lend()
        .record(|out| write_key(out, Native, REMOVE, item));
    undo.note(|out| write_key(out, Native, INSERT, item));
}

fn write_set<T>(out: &mut Vec<u8>, codec: impl Codec<T>, set: &impl Elements<T>) {
    put_length(out, SET);
    list::encode(out, codec, set.length(), set.elements());
}

fn replace<T, E: Elements<T>>(set: &mut E, codec: impl Codec<T>, value: E, mut undo: Inverse<'_>) {
    undo.note(|out| write_set(out, codec, set));
    *set = value;
}

/// Puts in an element that is not there.
fn insert<T>(set: &mut impl Elements<T>, codec: impl Codec<T>, value: T, mut undo: Inverse<'_>) {
    undo.note(|out| write_key(out, codec, REMOVE, &value));
    set.put(value);
}

/// Removes an element that is there.
fn remove<T>(set: &mut impl Elements<T>, codec: impl Codec<T>, value: &T, mut undo: Inverse<'_>) {
    undo.note(|out| write_key(out, codec, INSERT, value));
    set.drop_element(value);
}

/// Applies an incoming patch.
pub(crate) fn apply<T>(
    set: &mut impl Elements<T>,
    codec: impl Codec<T>,
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let operation = patch.operation()?;
    match operation.number {
        SET => {
            let value = list::decode(patch.reader(), codec)?;
            replace(set, codec, value, patch.inverse(operation));
        }
        INSERT | REMOVE => {
            let value = patch.reader().nested(|reader| codec.decode(reader))?;
            match (operation.number == INSERT, set.has(&value)) {
                (true, false) => insert(set, codec, value, patch.inverse(operation)),
                (false, true) => remove(set, codec, &value, patch.inverse(operation)),
                // Another process has done the same already.
                _ => return Err(Fault::Gone),
            }
        }
        _ => return Err(patch.no_such("operation", "set", operation)),
    }
    Ok(())
}

macro_rules! sets {
    ($set:ty, $name:literal, $lookup:path, [$($elements:tt)*], $($bounds:tt)*) => {
        impl<$($elements)*> Elements<T> for $set {
            fn length(&self) -> usize {
                self.len()
            }
            fn elements<'a>(&'a self) -> impl Iterator<Item = &'a T>
            where
                T: 'a,
            {
                self.iter()
            }
            fn has(&self, value: &T) -> bool {
                self.contains(value)
            }
            fn put(&mut self, value: T) -> bool {
                self.insert(value)
            }
            fn drop_element(&mut self, value: &T) {
                self.remove(value);
            }
            fn keep(&mut self, keep: impl FnMut(&T) -> bool) {
                self.retain(keep);
            }
        }

        impl<$($bounds)*> SetMut<'_, T, $set> {
            /// Removes an element; `false` if it was not there.
            pub fn remove<Q>(&mut self, value: &Q) -> bool
            where
                T: Borrow<Q>,
                Q: $lookup + ?Sized,
            {
                let (set, mut branch) = self.cursor.spot().apart();
                let taken = set.take(value);
                taken.inspect(|item| removed(&mut branch, item)).is_some()
            }
        }

        impl<$($bounds)*> Shared for $set
        where
            Self: serde::Serialize + serde::de::DeserializeOwned,
        {
            type Patch = SetPatch<T>;
            type Mut<'a> = SetMut<'a, T, Self>;

            fn writer(cursor: Cursor<'_, Self>) -> Self::Mut<'_> {
                SetMut { cursor, element: PhantomData }
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
                apply(self, Native, patch)
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.set::<Self, T>($name)
            }
        }
    };
}

sets!(HashSet<T, S>, "HashSet", HashKey, [T: Eq + Hash, S: BuildHasher + Default], T: Shared + Eq + Hash, S: BuildHasher + Default + Clone + Send + Sync + 'static);
sets!(BTreeSet<T>, "BTreeSet", Ord, [T: Ord], T: Shared + Ord);
