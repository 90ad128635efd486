//! `HashSet` and `BTreeSet`: one patch grammar and one wrapper for both.

use std::{
    borrow::Borrow,
    collections::{BTreeSet, HashSet},
    hash::{BuildHasher, Hash, RandomState},
    marker::PhantomData,
    ops::Deref,
};

use serde::{Deserialize, Serialize};

use super::{
    keys::{Many, Numbers, write_key, write_update},
    list,
    map_writer::HashKey,
};
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
    /// Several elements put in.
    InsertAll(Vec<T>),
    /// Several elements removed.
    RemoveAll(Vec<T>),
    /// Both at once. An element that is removed and put in is there then.
    Update {
        /// What was removed.
        removed: Vec<T>,
        /// What was put in.
        inserted: Vec<T>,
    },
}

pub(crate) const INSERT: usize = 1;
pub(crate) const REMOVE: usize = 2;
pub(crate) const INSERT_ALL: usize = 3;
pub(crate) const REMOVE_ALL: usize = 4;
pub(crate) const UPDATE: usize = 5;

/// The operations of a set on elements.
pub(crate) const KEYS: Numbers = Numbers {
    insert: INSERT,
    remove: REMOVE,
    insert_all: INSERT_ALL,
    remove_all: REMOVE_ALL,
    update: UPDATE,
};

patch_forms! {
    impl[T: Shared] Patch for SetPatch<T>, of "set" {
        SET => (Self::Set(items)), [items] [];
        INSERT => (Self::Insert(item)), [item] [];
        REMOVE => (Self::Remove(item)), [item] [];
        INSERT_ALL => (Self::InsertAll(items)), [items] [];
        REMOVE_ALL => (Self::RemoveAll(items)), [items] [];
        UPDATE => (Self::Update { removed, inserted }), [removed inserted] [];
    }
}

/// What the set operations need of a set.
pub trait Elements<T>: Default + Extend<T> + IntoIterator<Item = T> {
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
    /// Removes an element; `false` if it was not there.
    fn drop_element(&mut self, value: &T) -> bool;
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
        self.replace_by(value.into_value());
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
        drop(self.drain());
    }

    /// Removes all elements and gives them.
    pub fn drain(&mut self) -> E::IntoIter {
        let all = if self.length() > 0 {
            self.replace_by(E::default())
        } else {
            E::default()
        };
        all.into_iter()
    }

    /// Puts all of `items` in.
    pub fn extend(&mut self, items: impl IntoIterator<Item = T>) {
        let mut inserted = E::default();
        inserted.extend(items.into_iter().filter(|item| !self.has(item)));
        self.update(&[], inserted);
    }

    /// Keeps only the elements for which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&T) -> bool) {
        let removed = self.elements().filter(|item| !keep(item));
        let removed: Vec<T> = removed.cloned().collect();
        self.update(&removed, E::default());
    }

    fn replace_by(&mut self, value: E) -> E {
        let (set, undo) = self.cursor.record(|out| write_set(out, Native, &value));
        replace(set, Native, value, undo)
    }

    /// Removes elements that are there, and puts others in that are not.
    fn update(&mut self, removed: &[T], inserted: E) {
        if removed.is_empty() && inserted.length() == 0 {
            return;
        }
        let (set, undo) = self.cursor.record(|out| {
            let (mut old, mut new) = (Many::default(), Many::default());
            for item in removed {
                old.add(|out| item.encode(out));
            }
            for item in inserted.elements() {
                new.add(|out| item.encode(out));
            }
            write_update(out, KEYS, &old, &new);
        });
        update(set, Native, removed, inserted, undo)
            .expect("what is removed is there, and there is something to do");
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
    encode(out, codec, set);
}

/// Appends a set's byte form.
pub(crate) fn encode<T>(out: &mut Vec<u8>, codec: impl Codec<T>, set: &impl Elements<T>) {
    put_length(out, set.length());
    for item in set.elements() {
        codec.encode(item, out);
    }
}

/// Reads a set.
pub(crate) fn decode<T, E: Elements<T>>(
    reader: &mut Reader<'_>,
    codec: impl Codec<T>,
) -> Result<E, DecodeError> {
    let mut set = E::default();
    reader.elements(|reader| {
        set.put(codec.decode(reader)?);
        Ok(())
    })?;
    Ok(set)
}

fn replace<T, E: Elements<T>>(
    set: &mut E,
    codec: impl Codec<T>,
    value: E,
    mut undo: Inverse<'_>,
) -> E {
    undo.note(|out| write_set(out, codec, set));
    std::mem::replace(set, value)
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

/// Removes elements, then puts others in; an error when there is nothing to do.
fn update<T, E: Elements<T>>(
    set: &mut E,
    codec: impl Codec<T>,
    removed: &[T],
    inserted: E,
    mut undo: Inverse<'_>,
) -> Result<(), Fault> {
    // What was there, and what was not.
    let (mut old, mut new) = (Many::default(), Many::default());
    for item in removed.iter().filter(|item| set.drop_element(item)) {
        old.add(|out| codec.encode(item, out));
    }
    for item in inserted {
        let is_new = !set.has(&item);
        if is_new {
            new.add(|out| codec.encode(&item, out));
            set.put(item);
        }
    }
    if old.is_empty() && new.is_empty() {
        return Err(Fault::Already);
    }
    undo.note(|out| write_update(out, KEYS, &new, &old));
    Ok(())
}

/// Applies an incoming patch.
pub(crate) fn apply<T, E: Elements<T>>(
    set: &mut E,
    codec: impl Codec<T>,
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let operation = patch.operation()?;
    match operation.number {
        SET => {
            let value = decode(patch.reader(), codec)?;
            replace(set, codec, value, patch.inverse(operation));
        }
        INSERT | REMOVE => {
            let value = patch.reader().nested(|reader| codec.decode(reader))?;
            match (operation.number == INSERT, set.has(&value)) {
                (true, false) => insert(set, codec, value, patch.inverse(operation)),
                (false, true) => remove(set, codec, &value, patch.inverse(operation)),
                _ => return Err(Fault::Already),
            }
        }
        INSERT_ALL | REMOVE_ALL | UPDATE => {
            let removed: Vec<T> = match operation.number {
                INSERT_ALL => Vec::new(),
                _ => list::decode(patch.reader(), codec)?,
            };
            let inserted = match operation.number {
                REMOVE_ALL => E::default(),
                _ => decode(patch.reader(), codec)?,
            };
            update(set, codec, &removed, inserted, patch.inverse(operation))?;
        }
        _ => return Err(patch.no_such("operation", "set", operation)),
    }
    Ok(())
}

impl<T: Shared + Ord> BTreeSetMut<'_, T> {
    /// Puts all of `other` in, and empties that.
    pub fn append(&mut self, other: &mut BTreeSet<T>) {
        self.extend(std::mem::take(other));
    }

    /// Removes and gives the first element.
    pub fn pop_first(&mut self) -> Option<T> {
        let first = self.first()?.clone();
        self.take(&first)
    }

    /// Removes and gives the last element.
    pub fn pop_last(&mut self) -> Option<T> {
        let last = self.last()?.clone();
        self.take(&last)
    }

    /// Removes and gives all elements from a value on.
    pub fn split_off<Q>(&mut self, value: &Q) -> BTreeSet<T>
    where
        T: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        let items = self.range((std::ops::Bound::Included(value), std::ops::Bound::Unbounded));
        let items: Vec<T> = items.cloned().collect();
        self.update(&items, BTreeSet::new());
        items.into_iter().collect()
    }
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
            fn drop_element(&mut self, value: &T) -> bool {
                self.remove(value)
            }
        }

        impl<$($bounds)*> SetMut<'_, T, $set> {
            /// Removes an element; `false` if it was not there.
            pub fn remove<Q>(&mut self, value: &Q) -> bool
            where
                T: Borrow<Q>,
                Q: $lookup + ?Sized,
            {
                self.take(value).is_some()
            }

            /// Removes an element, and gives it.
            pub fn take<Q>(&mut self, value: &Q) -> Option<T>
            where
                T: Borrow<Q>,
                Q: $lookup + ?Sized,
            {
                let (set, mut branch) = self.cursor.spot().apart();
                let taken = set.take(value);
                taken.inspect(|item| removed(&mut branch, item))
            }

            /// Puts an element in, in place of an equal one, and gives that.
            pub fn replace(&mut self, value: T) -> Option<T> {
                if self.has(&value) {
                    // To all others it is the same.
                    return self.cursor.spot().apart().0.replace(value);
                }
                self.insert(value);
                None
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
                encode(out, Native, self);
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                decode(reader, Native)
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
