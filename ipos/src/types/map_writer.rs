//! The wrapper of `HashMap` and `BTreeMap`.

use std::{
    borrow::Borrow,
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash, RandomState},
    marker::PhantomData,
    ops::Deref,
};

use super::map::{self, MapPatch, Mapping};
use crate::{
    codec::Native,
    cursor::{Branch, Cursor, Finish, Spot},
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
        let (map, mut branch) = self.cursor.spot().apart();
        map.keep(|key, value| {
            let kept = keep(key, value);
            if !kept {
                removed(&mut branch, key, value);
            }
            kept
        });
    }

    /// Calls `change` with each key and the wrapper of its value.
    pub fn for_each_mut(&mut self, mut change: impl FnMut(&K, &mut V::Mut<'_>)) {
        let (map, mut branch) = self.cursor.spot().apart();
        map.visit(|key, value| change(key, &mut writer(branch.lend(), key, value)));
    }

    /// The place of a key, for putting a value in only when there is none.
    pub fn entry(&mut self, key: K) -> Entry<'_, K, V, M> {
        Entry {
            spot: self.cursor.spot(),
            key,
            value: PhantomData,
        }
    }
}

/// The wrapper of the value under a key, given the map's branch.
fn writer<'a, K: Shared, V: Shared>(branch: Branch<'a>, key: &K, value: &'a mut V) -> V::Mut<'a> {
    let branch = branch.step(|path| map::write_key(path, Native, map::AT, key));
    V::writer(branch.to(value).into())
}

/// Records that a key was removed, or is about to be.
fn removed<K: Shared, V: Shared>(branch: &mut Branch<'_>, key: &K, value: &V) {
    let mut undo = branch
        .lend()
        .record(|out| map::write_key(out, Native, map::REMOVE, key));
    undo.note(|out| map::write_insert(out, NATIVE, key, value));
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
    pub fn or_insert_with(self, value: impl FnOnce() -> V) -> V::Mut<'a> {
        let (map, mut branch) = self.spot.apart();
        let value = map.value(&self.key).is_none().then(value);
        if let Some(value) = &value {
            let insert = |out: &mut Vec<u8>| map::write_insert(out, NATIVE, &self.key, value);
            let mut undo = branch.lend().record(insert);
            undo.note(|out| map::write_key(out, Native, map::REMOVE, &self.key));
        }
        let branch = branch.step(|path| map::write_key(path, Native, map::AT, &self.key));
        let value = map
            .put_into(self.key, value)
            .expect("it was there, or has been put in");
        V::writer(branch.to(value).into())
    }

    /// Changes the value that is there, if there is one.
    #[must_use]
    pub fn and_modify(mut self, change: impl FnOnce(&mut V::Mut<'_>)) -> Self {
        let (map, branch) = self.spot.lend().apart();
        if let Some(value) = map.value_mut(&self.key) {
            change(&mut writer(branch, &self.key, value));
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
                let (map, branch) = self.cursor.spot().apart();
                let stored = map.get_key_value(key)?.0;
                let branch = branch.step(|path| map::write_key(path, Native, map::AT, stored));
                Some(V::writer(branch.to(map.get_mut(key)?).into()))
            }

            /// Removes a key, and gives its value.
            pub fn remove<Q>(&mut self, key: &Q) -> Option<V>
            where
                K: Borrow<Q>,
                Q: $lookup + ?Sized,
            {
                let (map, mut branch) = self.cursor.spot().apart();
                let (key, value) = map.remove_entry(key)?;
                removed(&mut branch, &key, &value);
                Some(value)
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
