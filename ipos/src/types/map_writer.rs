//! The wrapper of `HashMap` and `BTreeMap`.

use std::{
    borrow::Borrow,
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash, RandomState},
    marker::PhantomData,
    ops::Deref,
};

use super::{
    keys::{Many, write_key, write_update},
    map::{self, MapPatch, Mapping},
    map_entry::{Entry, OccupiedEntry},
};
use crate::{
    codec::Native,
    cursor::{Branch, Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming},
    schema::{SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader},
};

/// How the keys and the values of a map are read and written.
pub(super) const NATIVE: (Native, Native) = (Native, Native);

/// The wrapper of a map `M` from `K` to `V`. Methods have the names of the map's own.
///
/// Each records the smallest patch that says it, and none that is larger than the whole.
pub struct MapMut<'a, K, V, M> {
    cursor: Cursor<'a, M>,
    pair: PhantomData<(K, V)>,
}

/// The wrapper of a `HashMap`.
pub type HashMapMut<'a, K, V, S = RandomState> = MapMut<'a, K, V, HashMap<K, V, S>>;

/// The wrapper of a `BTreeMap`.
pub type BTreeMapMut<'a, K, V> = MapMut<'a, K, V, BTreeMap<K, V>>;

impl<K, V, M> Deref for MapMut<'_, K, V, M> {
    type Target = M;
    fn deref(&self) -> &M {
        self.cursor.value()
    }
}

impl<K, V, M: std::fmt::Debug> std::fmt::Debug for MapMut<'_, K, V, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.cursor.fmt(f)
    }
}

impl<K: Shared, V: Shared, M: Mapping<K, V>> MapMut<'_, K, V, M> {
    /// Replaces the whole map.
    pub fn set(&mut self, value: impl Assign<M>) {
        self.replace_by(value.into_value());
    }

    /// Puts a value in under a key, and gives the one that was there.
    pub fn insert(&mut self, key: K, value: V) -> Option<V> {
        let (map, undo) = self
            .cursor
            .record(|out| map::write_insert(out, NATIVE, &key, &value));
        map::insert(map, NATIVE, key, value, undo)
    }

    /// Removes all keys.
    pub fn clear(&mut self) {
        drop(self.drain());
    }

    /// Removes all keys and gives them with their values.
    pub fn drain(&mut self) -> M::IntoIter {
        let all = if self.length() > 0 {
            self.replace_by(M::default())
        } else {
            M::default()
        };
        all.into_iter()
    }

    /// Puts all of `pairs` in.
    pub fn extend(&mut self, pairs: impl IntoIterator<Item = (K, V)>) {
        // Of several values under one key the last one counts.
        let mut inserted = M::default();
        for (key, value) in pairs {
            inserted.put(key, value);
        }
        self.update(&[], inserted);
    }

    /// Keeps only the pairs for which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        let removed = self.pairs().filter(|(key, value)| !keep(key, value));
        let removed: Vec<K> = removed.map(|(key, _)| key.clone()).collect();
        self.update(&removed, M::default());
    }

    /// Calls `change` with each key and the wrapper of its value.
    pub fn for_each_mut(&mut self, mut change: impl FnMut(&K, &mut V::Mut<'_>)) {
        let (map, mut branch) = self.cursor.spot().apart();
        map.visit(|key, value| change(key, &mut writer(branch.lend(), key, value)));
    }

    /// The place of a key: what is there, or where something can be put.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V, M> {
        Entry::new(self.cursor.spot(), key)
    }

    fn replace_by(&mut self, value: M) -> M {
        let (map, undo) = self
            .cursor
            .record(|out| map::write_set(out, NATIVE, &value));
        map::set(map, NATIVE, value, undo)
    }

    /// Removes keys that are there, and puts others in.
    fn update(&mut self, removed: &[K], inserted: M) {
        if removed.is_empty() && inserted.length() == 0 {
            return;
        }
        let (map, undo) = self.cursor.record(|out| {
            let (mut keys, mut pairs) = (Many::default(), Many::default());
            for key in removed {
                keys.add(|out| key.encode(out));
            }
            for (key, value) in inserted.pairs() {
                pairs.add(|out| {
                    key.encode(out);
                    value.encode(out);
                });
            }
            write_update(out, map::KEYS, &keys, &pairs);
        });
        map::update(map, NATIVE, removed, inserted, undo)
            .expect("what is removed is there, and there is something to do");
    }
}

/// The wrapper of the value under a key, given the map's branch.
pub(super) fn writer<'a, K: Shared, V: Shared>(
    branch: Branch<'a>,
    key: &K,
    value: &'a mut V,
) -> V::Mut<'a> {
    let branch = branch.step(|path| write_key(path, Native, map::AT, key));
    V::writer(branch.to(value).into())
}

/// Records that a key was removed, or is about to be.
fn removed<K: Shared, V: Shared>(branch: &mut Branch<'_>, key: &K, value: &V) {
    let mut undo = branch
        .lend()
        .record(|out| write_key(out, Native, map::REMOVE, key));
    undo.note(|out| map::write_insert(out, NATIVE, key, value));
}

impl<K: Shared + Ord, V: Shared> BTreeMapMut<'_, K, V> {
    /// Puts all of `other` in, and empties that.
    pub fn append(&mut self, other: &mut BTreeMap<K, V>) {
        self.extend(std::mem::take(other));
    }

    /// Removes and gives the first key and its value.
    pub fn pop_first(&mut self) -> Option<(K, V)> {
        self.first_entry().map(OccupiedEntry::remove_entry)
    }

    /// Removes and gives the last key and its value.
    pub fn pop_last(&mut self) -> Option<(K, V)> {
        self.last_entry().map(OccupiedEntry::remove_entry)
    }

    /// The place of the first key, if there is one.
    pub fn first_entry(&mut self) -> Option<OccupiedEntry<'_, K, V, BTreeMap<K, V>>> {
        let key = self.first_key_value()?.0.clone();
        Some(OccupiedEntry::new(self.cursor.spot(), key))
    }

    /// The place of the last key, if there is one.
    pub fn last_entry(&mut self) -> Option<OccupiedEntry<'_, K, V, BTreeMap<K, V>>> {
        let key = self.last_key_value()?.0.clone();
        Some(OccupiedEntry::new(self.cursor.spot(), key))
    }

    /// Removes and gives all from a key on.
    pub fn split_off<Q>(&mut self, key: &Q) -> BTreeMap<K, V>
    where
        K: Borrow<Q>,
        Q: Ord + ?Sized,
    {
        let pairs = self.range((std::ops::Bound::Included(key), std::ops::Bound::Unbounded));
        let pairs: BTreeMap<K, V> = pairs
            .map(|(key, value)| (key.clone(), value.clone()))
            .collect();
        let removed: Vec<K> = pairs.keys().cloned().collect();
        self.update(&removed, BTreeMap::new());
        pairs
    }
}

macro_rules! maps {
    ($map:ty, $name:literal, $lookup:path, $($bounds:tt)*) => {
        impl<$($bounds)*> MapMut<'_, K, V, $map> {
            /// The wrapper of the value under a key, if there is one.
            pub fn get_mut<Q>(&mut self, key: &Q) -> Option<V::Mut<'_>>
            where
                K: Borrow<Q>,
                Q: $lookup + ?Sized,
            {
                let (map, branch) = self.cursor.spot().apart();
                let stored = map.get_key_value(key)?.0;
                let branch = branch.step(|path| write_key(path, Native, map::AT, stored));
                Some(V::writer(branch.to(map.get_mut(key)?).into()))
            }

            /// Removes a key, and gives its value.
            pub fn remove<Q>(&mut self, key: &Q) -> Option<V>
            where
                K: Borrow<Q>,
                Q: $lookup + ?Sized,
            {
                self.remove_entry(key).map(|(_, value)| value)
            }

            /// Removes a key, and gives it and its value.
            pub fn remove_entry<Q>(&mut self, key: &Q) -> Option<(K, V)>
            where
                K: Borrow<Q>,
                Q: $lookup + ?Sized,
            {
                let (map, mut branch) = self.cursor.spot().apart();
                let (key, value) = map.remove_entry(key)?;
                removed(&mut branch, &key, &value);
                Some((key, value))
            }
        }

        impl<$($bounds)*> Shared for $map
        where
            Self: serde::Serialize + serde::de::DeserializeOwned,
        {
            type Patch = MapPatch<K, V>;
            type Mut<'a> = MapMut<'a, K, V, Self>;

            fn writer(cursor: Cursor<'_, Self>) -> Self::Mut<'_> {
                MapMut { cursor, pair: PhantomData }
            }
            fn finish(writer: Self::Mut<'_>, finish: Finish) -> Result<()> {
                writer.cursor.finish(finish)
            }
            fn replace(cursor: Cursor<'_, Self>, value: Self) {
                Self::writer(cursor).set(value);
            }
            fn encode(&self, out: &mut Vec<u8>) {
                map::encode(out, NATIVE, self);
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                map::decode(reader, NATIVE)
            }
            fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
                map::apply(self, NATIVE, patch)
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.map::<Self, K, V>($name)
            }
        }
    };
}

/// What a key of a `HashMap` is looked up by.
pub trait HashKey: Eq + Hash {}
impl<Q: Eq + Hash + ?Sized> HashKey for Q {}

maps!(HashMap<K, V, S>, "HashMap", HashKey, K: Shared + Eq + Hash, V: Shared, S: BuildHasher + Default + Clone + Send + Sync + 'static);
maps!(BTreeMap<K, V>, "BTreeMap", Ord, K: Shared + Ord, V: Shared);
