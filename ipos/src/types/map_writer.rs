//! The wrapper of `HashMap` and `BTreeMap`.

use std::{
    borrow::Borrow,
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash},
    marker::PhantomData,
    ops::Deref,
};

use super::map::{self, MapPatch, Mapping};
use crate::{
    codec::Native,
    cursor::{Cursor, Finish, Spot},
    error::Result,
    patch::{Fault, Incoming},
    schema::{SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader},
};

/// How the keys and the values of a map are read and written.
const NATIVE: (Native, Native) = (Native, Native);

/// The wrapper of a map `M` from `K` to `V`. Methods have the names of the map's own.
pub struct MapMut<'a, K, V, M> {
    cursor: Cursor<'a, M>,
    pair: PhantomData<(K, V)>,
}

/// The wrapper of a `HashMap`.
pub type HashMapMut<'a, K, V, S> = MapMut<'a, K, V, HashMap<K, V, S>>;

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
        let value = value.into_value();
        let (map, undo) = self
            .cursor
            .record(|out| map::write_set(out, NATIVE, &value));
        map::set(map, NATIVE, value, undo);
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
        if self.length() > 0 {
            self.set(M::default());
        }
    }

    /// Puts all of `pairs` in.
    pub fn extend(&mut self, pairs: impl IntoIterator<Item = (K, V)>) {
        for (key, value) in pairs {
            self.insert(key, value);
        }
    }

    /// Keeps only the pairs for which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(&K, &V) -> bool) {
        let pairs = self.pairs().filter(|(key, value)| !keep(key, value));
        let removed: Vec<K> = pairs.map(|(key, _)| key.clone()).collect();
        for key in &removed {
            self.take(key);
        }
    }

    /// Calls `change` with each key and the wrapper of its value.
    pub fn for_each_mut(&mut self, mut change: impl FnMut(&K, &mut V::Mut<'_>)) {
        let keys: Vec<K> = self.pairs().map(|(key, _)| key.clone()).collect();
        for key in &keys {
            change(key, &mut self.at(key));
        }
    }

    /// The place of a key, for putting a value in only when there is none.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V, M> {
        Entry {
            spot: self.cursor.spot(),
            key,
            value: PhantomData,
        }
    }

    /// The wrapper of the value under a key that is there.
    fn at(&mut self, key: &K) -> V::Mut<'_> {
        at(self.cursor.spot(), key)
    }

    /// Removes a key that is there.
    fn take(&mut self, key: &K) -> Option<V> {
        let (map, undo) = self
            .cursor
            .record(|out| map::write_key(out, Native, map::REMOVE, key));
        map::remove(map, NATIVE, key, undo)
    }
}

fn at<'a, K: Shared, V: Shared, M: Mapping<K, V>>(spot: Spot<'a, M>, key: &K) -> V::Mut<'a> {
    let value = spot.step(
        |path| map::write_key(path, Native, map::AT, key),
        |map| {
            map.value_mut(key)
                .expect("callers pass a key that is there")
        },
    );
    V::writer(value.into())
}

/// The place of one key in a map; see [`MapMut::entry`].
pub struct Entry<'a, K, V, M> {
    spot: Spot<'a, M>,
    key: K,
    value: PhantomData<V>,
}

impl<K: std::fmt::Debug, V, M> std::fmt::Debug for Entry<'_, K, V, M> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Entry").field(&self.key).finish()
    }
}

impl<'a, K: Shared, V: Shared, M: Mapping<K, V>> Entry<'a, K, V, M> {
    /// The key.
    pub fn key(&self) -> &K {
        &self.key
    }

    /// Puts `value` in if there is none, and gives the wrapper of what is there then.
    pub fn or_insert(self, value: V) -> V::Mut<'a> {
        self.or_insert_with(|| value)
    }

    /// Puts the default value in if there is none, and gives the wrapper of what is there then.
    pub fn or_default(self) -> V::Mut<'a>
    where
        V: Default,
    {
        self.or_insert_with(V::default)
    }

    /// Puts `value()` in if there is none, and gives the wrapper of what is there then.
    pub fn or_insert_with(mut self, value: impl FnOnce() -> V) -> V::Mut<'a> {
        if self.spot.value().value(&self.key).is_none() {
            let value = value();
            let (map, undo) = self
                .spot
                .lend()
                .record(|out| map::write_insert(out, NATIVE, &self.key, &value));
            map::insert(map, NATIVE, self.key.clone(), value, undo);
        }
        at(self.spot, &self.key)
    }

    /// Changes the value that is there, if there is one.
    #[must_use]
    pub fn and_modify(mut self, change: impl FnOnce(&mut V::Mut<'_>)) -> Self {
        if self.spot.value().value(&self.key).is_some() {
            change(&mut at(self.spot.lend(), &self.key));
        }
        self
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
                let key = self.get_key_value(key)?.0.clone();
                Some(self.at(&key))
            }

            /// Removes a key, and gives its value.
            pub fn remove<Q>(&mut self, key: &Q) -> Option<V>
            where
                K: Borrow<Q>,
                Q: $lookup + ?Sized,
            {
                let key = self.get_key_value(key)?.0.clone();
                self.take(&key)
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
