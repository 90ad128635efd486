//! `HashMap` and `BTreeMap`: one patch grammar for both, with keys of any shared type.

use std::{
    collections::{BTreeMap, HashMap, btree_map::Entry as TreeEntry, hash_map::Entry as HashEntry},
    hash::{BuildHasher, Hash},
};

use serde::{Deserialize, Serialize};

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
}

pub(crate) const INSERT: usize = 1;
pub(crate) const REMOVE: usize = 2;
pub(crate) const AT: usize = 3;

patch_forms! {
    impl[K: Shared, V: Shared] Patch for MapPatch<K, V>, of "map" {
        SET => (Self::Set(pairs)), [pairs] [];
        INSERT => (Self::Insert(key, value)), [key value] [];
        REMOVE => (Self::Remove(key)), [key] [];
        AT => (Self::At(key, patch)), [key] [patch];
    }
}

/// What the map operations need of a map.
pub trait Mapping<K, V>: Default {
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
    /// The value under a key; `value` is put in first when there is one.
    fn put_into(&mut self, key: K, value: Option<V>) -> Option<&mut V>;
    /// Removes a key, and gives its value.
    fn take(&mut self, key: &K) -> Option<V>;
    /// Keeps only the pairs for which `keep` says so.
    fn keep(&mut self, keep: impl FnMut(&K, &V) -> bool);
    /// Goes over all pairs.
    fn visit(&mut self, visit: impl FnMut(&K, &mut V));
}

macro_rules! mapping {
    ($map:ty, $entry:ident, $($bounds:tt)*) => {
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
            fn put_into(&mut self, key: K, value: Option<V>) -> Option<&mut V> {
                match (self.entry(key), value) {
                    ($entry::Occupied(there), None) => Some(there.into_mut()),
                    ($entry::Occupied(there), Some(value)) => {
                        let there = there.into_mut();
                        *there = value;
                        Some(there)
                    }
                    ($entry::Vacant(_), None) => None,
                    ($entry::Vacant(place), Some(value)) => Some(place.insert(value)),
                }
            }
            fn take(&mut self, key: &K) -> Option<V> {
                self.remove(key)
            }
            fn keep(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
                self.retain(|key, value| keep(key, value));
            }
            fn visit(&mut self, mut visit: impl FnMut(&K, &mut V)) {
                for (key, value) in self {
                    visit(key, value);
                }
            }
        }
    };
}

mapping!(HashMap<K, V, S>, HashEntry, K: Eq + Hash, V, S: BuildHasher + Default);
mapping!(BTreeMap<K, V>, TreeEntry, K: Ord, V);

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

/// An operation on a key, of a map or of a set.
pub(crate) fn write_key<K>(out: &mut Vec<u8>, keys: impl Codec<K>, operation: usize, key: &K) {
    put_length(out, operation);
    keys.encode(key, out);
}

pub(crate) fn set<K, V, M: Mapping<K, V>>(
    map: &mut M,
    codecs: (impl Codec<K>, impl Codec<V>),
    value: M,
    mut undo: Inverse<'_>,
) {
    undo.note(|out| write_set(out, codecs, map));
    *map = value;
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

/// Applies an incoming patch.
pub(crate) fn apply<K, V>(
    map: &mut impl Mapping<K, V>,
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
            remove(map, codecs, &key, patch.inverse(operation)).ok_or(Fault::Gone)?;
        }
        AT => {
            let key = patch.reader().nested(|reader| keys.decode(reader))?;
            let value = map.value_mut(&key).ok_or(Fault::Gone)?;
            patch.nested(|patch| values.apply(value, patch))?;
        }
        _ => return Err(patch.no_such("operation", "map", operation)),
    }
    Ok(())
}
