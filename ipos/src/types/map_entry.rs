//! The place of one key in a map.

use std::{fmt, marker::PhantomData};

use super::{
    keys::write_key,
    map::{self, Mapping},
    map_writer::{NATIVE, writer},
};
use crate::{codec::Native, cursor::Spot, shared::Shared};

/// The place of one key in a map; see [`MapMut::entry`](super::MapMut::entry).
#[derive(Debug)]
pub enum Entry<'a, K, V, M> {
    /// The key is there.
    Occupied(OccupiedEntry<'a, K, V, M>),
    /// The key is not there.
    Vacant(VacantEntry<'a, K, V, M>),
}

/// The place of a key that is there.
pub struct OccupiedEntry<'a, K, V, M>(Place<'a, K, V, M>);

/// The place of a key that is not there.
pub struct VacantEntry<'a, K, V, M>(Place<'a, K, V, M>);

struct Place<'a, K, V, M> {
    spot: Spot<'a, M>,
    key: K,
    value: PhantomData<V>,
}

impl<K: fmt::Debug, V, M> fmt::Debug for OccupiedEntry<'_, K, V, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("OccupiedEntry").field(&self.0.key).finish()
    }
}

impl<K: fmt::Debug, V, M> fmt::Debug for VacantEntry<'_, K, V, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("VacantEntry").field(&self.0.key).finish()
    }
}

impl<'a, K: Shared, V: Shared, M: Mapping<K, V>> Entry<'a, K, V, M> {
    pub(super) fn new(mut spot: Spot<'a, M>, key: K) -> Self {
        let is_there = spot.lend().apart().0.value(&key).is_some();
        let place = Place {
            spot,
            key,
            value: PhantomData,
        };
        if is_there {
            Self::Occupied(OccupiedEntry(place))
        } else {
            Self::Vacant(VacantEntry(place))
        }
    }

    /// The key.
    pub fn key(&self) -> &K {
        match self {
            Self::Occupied(entry) => entry.key(),
            Self::Vacant(entry) => entry.key(),
        }
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
        self.or_insert_with_key(|_| value())
    }

    /// Puts `value(key)` in if there is none, and gives the wrapper of what is there then.
    pub fn or_insert_with_key(self, value: impl FnOnce(&K) -> V) -> V::Mut<'a> {
        match self {
            Self::Occupied(entry) => entry.into_mut(),
            Self::Vacant(entry) => {
                let value = value(entry.key());
                entry.insert(value)
            }
        }
    }

    /// Changes the value that is there, if there is one.
    #[must_use]
    pub fn and_modify(mut self, change: impl FnOnce(&mut V::Mut<'_>)) -> Self {
        if let Self::Occupied(entry) = &mut self {
            change(&mut entry.get_mut());
        }
        self
    }

    /// Puts `value` in, whatever is there, and gives its place.
    pub fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V, M> {
        match self {
            Self::Occupied(mut entry) => {
                entry.insert(value);
                entry
            }
            Self::Vacant(entry) => entry.insert_entry(value),
        }
    }
}

impl<'a, K: Shared, V: Shared, M: Mapping<K, V>> OccupiedEntry<'a, K, V, M> {
    /// The place of a key that is there.
    pub(super) fn new(spot: Spot<'a, M>, key: K) -> Self {
        Self(Place {
            spot,
            key,
            value: PhantomData,
        })
    }

    /// The key.
    pub fn key(&self) -> &K {
        &self.0.key
    }

    /// The value.
    pub fn get(&self) -> &V {
        let value = self.0.spot.value().value(&self.0.key);
        value.expect("the key is there")
    }

    /// The wrapper of the value.
    pub fn get_mut(&mut self) -> V::Mut<'_> {
        let (map, branch) = self.0.spot.lend().apart();
        let value = map.value_mut(&self.0.key).expect("the key is there");
        writer(branch, &self.0.key, value)
    }

    /// The wrapper of the value, which may be kept as long as the map's.
    pub fn into_mut(self) -> V::Mut<'a> {
        let (map, branch) = self.0.spot.apart();
        let value = map.value_mut(&self.0.key).expect("the key is there");
        writer(branch, &self.0.key, value)
    }

    /// Puts another value in, and gives the one that was there.
    pub fn insert(&mut self, value: V) -> V {
        let key = self.0.key.clone();
        let spot = self.0.spot.lend();
        let (map, undo) = spot.record(|out| map::write_insert(out, NATIVE, &key, &value));
        map::insert(map, NATIVE, key, value, undo).expect("the key is there")
    }

    /// Removes the key, and gives its value.
    pub fn remove(self) -> V {
        self.remove_entry().1
    }

    /// Removes the key, and gives it and its value.
    pub fn remove_entry(self) -> (K, V) {
        let Place { spot, key, .. } = self.0;
        let (map, undo) = spot.record(|out| write_key(out, Native, map::REMOVE, &key));
        let value = map::remove(map, NATIVE, &key, undo).expect("the key is there");
        (key, value)
    }
}

impl<'a, K: Shared, V: Shared, M: Mapping<K, V>> VacantEntry<'a, K, V, M> {
    /// The key.
    pub fn key(&self) -> &K {
        &self.0.key
    }

    /// The key itself.
    pub fn into_key(self) -> K {
        self.0.key
    }

    /// Puts a value in, and gives its wrapper.
    pub fn insert(self, value: V) -> V::Mut<'a> {
        self.insert_entry(value).into_mut()
    }

    /// Puts a value in, and gives its place.
    pub fn insert_entry(self, value: V) -> OccupiedEntry<'a, K, V, M> {
        let mut place = self.0;
        let key = place.key.clone();
        let spot = place.spot.lend();
        let (map, undo) = spot.record(|out| map::write_insert(out, NATIVE, &key, &value));
        map::insert(map, NATIVE, key, value, undo);
        OccupiedEntry(place)
    }
}
