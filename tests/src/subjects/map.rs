//! `HashMap` and `BTreeMap`, with their entries.

use std::{
    collections::{BTreeMap, HashMap},
    hash::{BuildHasher, Hash},
};

use proptest::{collection::vec, prelude::*};

use crate::subject::{Outcome, Subject, Unordered, attempt, done, weight};

#[derive(Clone, Debug)]
pub enum MapOp<K, V, O> {
    Set(Vec<(K, V)>),
    Insert(K, V),
    Remove(K),
    GetMut(K, Box<O>),
    ForEachMut(Box<O>),
    Clear,
    Extend(Vec<(K, V)>),
    /// Keeps the keys and values of at most so much weight.
    Retain(u8),
    EntryKey(K),
    OrInsert(K, V, Box<O>),
    OrInsertWith(K, V, Box<O>),
    OrDefault(K, Box<O>),
    AndModify(K, Box<O>),
    AndModifyOrInsert(K, Box<O>, V, Box<O>),
}

macro_rules! maps {
    ($($map:ty, $unordered:literal: [$($bounds:tt)*];)+) => {$(
        impl<$($bounds)*> Subject for $map {
            type Op = MapOp<K, V, V::Op>;
            const UNORDERED: bool = $unordered || K::UNORDERED || V::UNORDERED;
            const AS_SERDE: bool = K::AS_SERDE && V::AS_SERDE;

            fn values(depth: u32) -> BoxedStrategy<Self> {
                pairs(depth).prop_map(Self::from_iter).boxed()
            }

            fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
                map_ops::<K, V>(depth)
            }

            fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
                match op.clone() {
                    MapOp::Set(pairs) => done(writer.set(Self::from_iter(pairs))),
                    MapOp::Insert(key, value) => done(writer.insert(key, value)),
                    MapOp::Remove(key) => done(writer.remove(&key)),
                    MapOp::GetMut(key, op) => {
                        done(writer.get_mut(&key).map(|mut value| V::live(&mut value, &op)))
                    }
                    MapOp::ForEachMut(op) => {
                        let mut outcomes = vec![];
                        writer.for_each_mut(|key, value| {
                            outcomes.push((key.clone(), attempt(|| V::live(value, &op))));
                        });
                        done(Unordered(outcomes))
                    }
                    MapOp::Clear => done(writer.clear()),
                    MapOp::Extend(pairs) => done(writer.extend(pairs)),
                    MapOp::Retain(most) => done(writer.retain(|key, value| {
                        weight(&(key, value)) <= most
                    })),
                    MapOp::EntryKey(key) => done(writer.entry(key).key().clone()),
                    MapOp::OrInsert(key, value, op) => {
                        V::live(&mut writer.entry(key).or_insert(value), &op)
                    }
                    MapOp::OrInsertWith(key, value, op) => {
                        V::live(&mut writer.entry(key).or_insert_with(|| value), &op)
                    }
                    MapOp::OrDefault(key, op) => V::live(&mut writer.entry(key).or_default(), &op),
                    MapOp::AndModify(key, op) => {
                        let mut outcome = None;
                        let entry = writer.entry(key).and_modify(|value| {
                            outcome = Some(V::live(value, &op));
                        });
                        drop(entry);
                        done(outcome)
                    }
                    MapOp::AndModifyOrInsert(key, op, value, then) => {
                        let mut outcome = None;
                        let entry = writer.entry(key).and_modify(|value| {
                            outcome = Some(V::live(value, &op));
                        });
                        let then = V::live(&mut entry.or_insert(value), &then);
                        done((outcome, then))
                    }
                }
            }

            fn plain(map: &mut Self, op: &Self::Op) -> Outcome {
                match op.clone() {
                    MapOp::Set(pairs) => done(*map = Self::from_iter(pairs)),
                    MapOp::Insert(key, value) => done(map.insert(key, value)),
                    MapOp::Remove(key) => done(map.remove(&key)),
                    MapOp::GetMut(key, op) => {
                        done(map.get_mut(&key).map(|value| V::plain(value, &op)))
                    }
                    MapOp::ForEachMut(op) => {
                        let outcomes = map.iter_mut().map(|(key, value)| {
                            (key.clone(), attempt(|| V::plain(value, &op)))
                        });
                        done(Unordered(outcomes.collect()))
                    }
                    MapOp::Clear => done(map.clear()),
                    MapOp::Extend(pairs) => done(map.extend(pairs)),
                    MapOp::Retain(most) => done(map.retain(|key, value| {
                        weight(&(key, &*value)) <= most
                    })),
                    MapOp::EntryKey(key) => done(key),
                    MapOp::OrInsert(key, value, op) | MapOp::OrInsertWith(key, value, op) => {
                        V::plain(map.entry(key).or_insert(value), &op)
                    }
                    MapOp::OrDefault(key, op) => V::plain(map.entry(key).or_default(), &op),
                    MapOp::AndModify(key, op) => {
                        done(map.get_mut(&key).map(|value| V::plain(value, &op)))
                    }
                    MapOp::AndModifyOrInsert(key, op, value, then) => {
                        let outcome = map.get_mut(&key).map(|value| V::plain(value, &op));
                        let then = V::plain(map.entry(key).or_insert(value), &then);
                        done((outcome, then))
                    }
                }
            }
        }
    )+};
}

maps! {
    HashMap<K, V, S>, true: [
        K: Subject + Eq + Hash,
        V: Subject + Default,
        S: BuildHasher + Default + Clone + Send + Sync + 'static,
    ];
    BTreeMap<K, V>, false: [K: Subject + Ord, V: Subject + Default];
}

fn pairs<K: Subject, V: Subject>(depth: u32) -> BoxedStrategy<Vec<(K, V)>> {
    match depth.checked_sub(1) {
        None => Just(vec![]).boxed(),
        Some(inner) => vec((K::values(inner), V::values(inner)), 0..4).boxed(),
    }
}

fn map_ops<K: Subject, V: Subject>(depth: u32) -> BoxedStrategy<MapOp<K, V, V::Op>> {
    let Some(inner) = depth.checked_sub(1) else {
        return Just(MapOp::Clear).boxed();
    };
    use MapOp::*;
    let (key, value, pairs) = (K::values(inner), V::values(inner), pairs(depth));
    let op = V::ops(inner).prop_map(Box::new).boxed();
    let pair = || (key.clone(), value.clone());
    let inside = || (key.clone(), op.clone());
    let both = || (key.clone(), value.clone(), op.clone());
    prop_oneof![
        1 => pairs.clone().prop_map(Set),
        4 => pair().prop_map(|(key, value)| Insert(key, value)),
        3 => key.clone().prop_map(Remove),
        4 => inside().prop_map(|(key, op)| GetMut(key, op)),
        1 => op.clone().prop_map(ForEachMut),
        1 => Just(Clear),
        1 => pairs.prop_map(Extend),
        1 => (0..8u8).prop_map(Retain),
        1 => key.clone().prop_map(EntryKey),
        2 => both().prop_map(|(key, value, op)| OrInsert(key, value, op)),
        1 => both().prop_map(|(key, value, op)| OrInsertWith(key, value, op)),
        1 => inside().prop_map(|(key, op)| OrDefault(key, op)),
        1 => inside().prop_map(|(key, op)| AndModify(key, op)),
        1 => (both(), op.clone())
            .prop_map(|((key, value, op), then)| AndModifyOrInsert(key, op, value, then)),
    ]
    .boxed()
}
