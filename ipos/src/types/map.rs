//! `HashMap` and `BTreeMap`: one patch grammar for both, with keys of any shared type.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash},
};

use serde::{Deserialize, Serialize};

use super::{
    keys::{Many, Numbers, write_key, write_update},
    list,
};
use crate::{
    codec::Codec,
    patch::{Fault, Incoming, SET, patch_forms},
    recorder::Inverse,
    shared::Shared,
    wire::{DecodeError, Reader, put_length},
};

/// A change to a map.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum MapPatch<K: Shared, V: Shared> {
    /// The new map, as pairs of key and value.
    Set(Vec<(K, V)>),
    /// A value put in under a key, in place of the one that was there.
    Insert(K, V),
    /// A key removed, with its value.
    Remove(K),
    /// A change inside the value under a key.
    At(K, Box<V::Patch>),
    /// Values put in under several keys.
    InsertAll(Vec<(K, V)>),
    /// Several keys removed, with their values.
    RemoveAll(Vec<K>),
    /// Both at once. A key that is removed and put in has the new value then.
    Update {
        /// The keys that were removed.
        removed: Vec<K>,
        /// What was put in.
        inserted: Vec<(K, V)>,
    },
}

pub(crate) const INSERT: usize = 1;
pub(crate) const REMOVE: usize = 2;
pub(crate) const AT: usize = 3;
pub(crate) const INSERT_ALL: usize = 4;
pub(crate) const REMOVE_ALL: usize = 5;
pub(crate) const UPDATE: usize = 6;

/// The operations of a map on keys.
pub(crate) const KEYS: Numbers = Numbers {
    insert: INSERT,
    remove: REMOVE,
    insert_all: INSERT_ALL,
    remove_all: REMOVE_ALL,
    update: UPDATE,
};

patch_forms! {
    impl[K: Shared, V: Shared] Patch for MapPatch<K, V>, of "map" {
        SET => (Self::Set(pairs)), [pairs] [];
        INSERT => (Self::Insert(key, value)), [key value] [];
        REMOVE => (Self::Remove(key)), [key] [];
        AT => (Self::At(key, patch)), [key] [patch];
        INSERT_ALL => (Self::InsertAll(pairs)), [pairs] [];
        REMOVE_ALL => (Self::RemoveAll(keys)), [keys] [];
        UPDATE => (Self::Update { removed, inserted }), [removed inserted] [];
    }
}

/// What the map operations need of a map.
pub trait Mapping<K, V>: Default + IntoIterator<Item = (K, V)> {
    /// How many keys there are.
    fn length(&self) -> usize;
    /// All pairs.
    fn pairs<'a>(&'a self) -> impl Iterator<Item = (&'a K, &'a V)>
    where
        K: 'a,
        V: 'a;
    /// The value under a key.
    fn value(&self, key: &K) -> Option<&V>;
    /// The value under a key.
    fn value_mut(&mut self, key: &K) -> Option<&mut V>;
    /// Puts a value in, and gives the one that was there.
    fn put(&mut self, key: K, value: V) -> Option<V>;
    /// Removes a key, and gives its value.
    fn take(&mut self, key: &K) -> Option<V>;
    /// Goes over all pairs.
    fn visit(&mut self, visit: impl FnMut(&K, &mut V));
}

macro_rules! mapping {
    ($map:ty, $($bounds:tt)*) => {
        impl<$($bounds)*> Mapping<K, V> for $map {
            fn length(&self) -> usize {
                self.len()
            }
            fn pairs<'a>(&'a self) -> impl Iterator<Item = (&'a K, &'a V)>
            where
                K: 'a,
                V: 'a,
            {
                self.iter()
            }
            fn value(&self, key: &K) -> Option<&V> {
                self.get(key)
            }
            fn value_mut(&mut self, key: &K) -> Option<&mut V> {
                self.get_mut(key)
            }
            fn put(&mut self, key: K, value: V) -> Option<V> {
                self.insert(key, value)
            }
            fn take(&mut self, key: &K) -> Option<V> {
                self.remove(key)
            }
            fn visit(&mut self, mut visit: impl FnMut(&K, &mut V)) {
                for (key, value) in self {
                    visit(key, value);
                }
            }
        }
    };
}

mapping!(HashMap<K, V, S>, K: Eq + Hash, V, S: BuildHasher + Default);
mapping!(BTreeMap<K, V>, K: Ord, V);

/// Appends a map's byte form.
pub(crate) fn encode<K, V>(
    out: &mut Vec<u8>,
    (keys, values): (impl Codec<K>, impl Codec<V>),
    map: &impl Mapping<K, V>,
) {
    put_length(out, map.length());
    for (key, value) in map.pairs() {
        keys.encode(key, out);
        values.encode(value, out);
    }
}

/// Reads a map.
pub(crate) fn decode<K, V, M: Mapping<K, V>>(
    reader: &mut Reader<'_>,
    (keys, values): (impl Codec<K>, impl Codec<V>),
) -> Result<M, DecodeError> {
    let mut map = M::default();
    reader.elements(|reader| {
        map.put(keys.decode(reader)?, values.decode(reader)?);
        Ok(())
    })?;
    Ok(map)
}

pub(crate) fn write_set<K, V>(
    out: &mut Vec<u8>,
    codecs: (impl Codec<K>, impl Codec<V>),
    map: &impl Mapping<K, V>,
) {
    put_length(out, SET);
    encode(out, codecs, map);
}

pub(crate) fn write_insert<K, V>(
    out: &mut Vec<u8>,
    (keys, values): (impl Codec<K>, impl Codec<V>),
    key: &K,
    value: &V,
) {
    write_key(out, keys, INSERT, key);
    values.encode(value, out);
}

pub(crate) fn set<K, V, M: Mapping<K, V>>(
    map: &mut M,
    codecs: (impl Codec<K>, impl Codec<V>),
    value: M,
    mut undo: Inverse<'_>,
) -> M {
    undo.note(|out| write_set(out, codecs, map));
    std::mem::replace(map, value)
}

pub(crate) fn insert<K, V, M: Mapping<K, V>>(
    map: &mut M,
    codecs: (impl Codec<K>, impl Codec<V>),
    key: K,
    value: V,
    mut undo: Inverse<'_>,
) -> Option<V> {
    undo.note(|out| match map.value(&key) {
        Some(old) => write_insert(out, codecs, &key, old),
        None => write_key(out, codecs.0, REMOVE, &key),
    });
    map.put(key, value)
}

/// Removes a key; does nothing when it is not there.
pub(crate) fn remove<K, V, M: Mapping<K, V>>(
    map: &mut M,
    codecs: (impl Codec<K>, impl Codec<V>),
    key: &K,
    mut undo: Inverse<'_>,
) -> Option<V> {
    let old = map.take(key)?;
    undo.note(|out| write_insert(out, codecs, key, &old));
    Some(old)
}

/// Removes keys, then puts others in. Does nothing when there is nothing to do.
pub(crate) fn update<K, V, M: Mapping<K, V>>(
    map: &mut M,
    (keys, values): (impl Codec<K>, impl Codec<V>),
    removed: &[K],
    inserted: M,
    mut undo: Inverse<'_>,
) -> Result<(), Fault> {
    // What was there, and what was not.
    let (mut old, mut new) = (Many::default(), Many::default());
    let mut note = |key: &K, value: Option<&V>| match value {
        Some(value) => old.add(|out| {
            keys.encode(key, out);
            values.encode(value, out);
        }),
        None => new.add(|out| keys.encode(key, out)),
    };
    let mut is_gone = inserted.length() == 0;
    for key in removed {
        if let Some(value) = map.take(key) {
            note(key, Some(&value));
            is_gone = false;
        }
    }
    if is_gone {
        return Err(Fault::Already);
    }
    for (key, value) in inserted {
        note(&key, map.value(&key));
        map.put(key, value);
    }
    undo.note(|out| write_update(out, KEYS, &new, &old));
    Ok(())
}

/// Applies an incoming patch.
pub(crate) fn apply<K, V, M: Mapping<K, V>>(
    map: &mut M,
    codecs: (impl Codec<K>, impl Codec<V>),
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let (keys, values) = codecs;
    let operation = patch.operation()?;
    match operation.number {
        SET => {
            let value = decode(patch.reader(), codecs)?;
            set(map, codecs, value, patch.inverse(operation));
        }
        INSERT => {
            let (key, value) = patch
                .reader()
                .nested(|reader| Ok((keys.decode(reader)?, values.decode(reader)?)))?;
            insert(map, codecs, key, value, patch.inverse(operation));
        }
        REMOVE => {
            let key = patch.reader().nested(|reader| keys.decode(reader))?;
            remove(map, codecs, &key, patch.inverse(operation)).ok_or(Fault::Already)?;
        }
        AT => {
            let key = patch.reader().nested(|reader| keys.decode(reader))?;
            let value = map.value_mut(&key).ok_or(Fault::Gone)?;
            patch.nested(|patch| values.apply(value, patch))?;
        }
        INSERT_ALL | REMOVE_ALL | UPDATE => {
            let removed: Vec<K> = match operation.number {
                INSERT_ALL => Vec::new(),
                _ => list::decode(patch.reader(), keys)?,
            };
            let inserted = match operation.number {
                REMOVE_ALL => M::default(),
                _ => decode(patch.reader(), codecs)?,
            };
            update(map, codecs, &removed, inserted, patch.inverse(operation))?;
        }
        _ => return Err(patch.no_such("operation", "map", operation)),
    }
    Ok(())
}
