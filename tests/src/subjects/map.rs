//! `HashMap` and `BTreeMap`, with their entries.

use std::{
    collections::{BTreeMap, HashMap, btree_map, hash_map},
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
    RemoveEntry(K),
    Drain,
    InsertEntry(K, V, Box<O>),
    /// On the entry of a key, there or not.
    Entry(K, EntryOp<V, O>),
    /// Of a `BTreeMap` only.
    Ordered(OrderedOp<K, V, O>),
}

#[derive(Clone, Debug)]
pub enum EntryOp<V, O> {
    /// Changes the value, or puts one in.
    InsertOrChange(V, Box<O>),
    /// Replaces the value, or puts one in.
    InsertOrReplace(V),
    /// Removes the key, or gives it back.
    Remove,
}

#[derive(Clone, Debug)]
pub enum OrderedOp<K, V, O> {
    Append(Vec<(K, V)>),
    PopFirst,
    PopLast,
    SplitOff(K),
    FirstEntry(EntryOp<V, O>),
    LastEntry(EntryOp<V, O>),
}

/// Does to an entry that is there or not the same on a wrapper and on the plain map.
macro_rules! on_occupied {
    ($entry:expr, $op:expr, |$value:ident, $inner:ident| $change:expr) => {{
        let mut entry = $entry;
        match $op {
            EntryOp::InsertOrChange(_, $inner) => {
                let first = {
                    let $value = entry.get_mut();
                    attempt(|| $change)
                };
                let seen = (entry.key().clone(), entry.get().clone());
                let $value = entry.into_mut();
                done((first, seen, attempt(|| $change)))
            }
            EntryOp::InsertOrReplace(value) => done(entry.insert(value)),
            EntryOp::Remove => done(entry.remove_entry()),
        }
    }};
}

macro_rules! on_entry {
    ($entries:ident, $entry:expr, $op:expr, |$value:ident, $inner:ident| $change:expr) => {
        match $entry {
            $entries::Occupied(entry) => {
                on_occupied!(entry, $op, |$value, $inner| $change)
            }
            $entries::Vacant(entry) => match $op {
                EntryOp::InsertOrChange(value, $inner) => {
                    let $value = entry.insert(value);
                    $change
                }
                EntryOp::InsertOrReplace(value) => {
                    let key = entry.key().clone();
                    let _there = entry.insert(value);
                    done(key)
                }
                EntryOp::Remove => done(entry.into_key()),
            },
        }
    };
}

macro_rules! maps {
    ($($map:ty, $entries:path, $unordered:literal, $live_ordered:expr, $plain_ordered:expr; [$($bounds:tt)*];)+) => {$(
        impl<$($bounds)*> Subject for $map {
            type Op = MapOp<K, V, V::Op>;
            const UNORDERED: bool = $unordered || K::UNORDERED || V::UNORDERED;
            const AS_SERDE: bool = K::AS_SERDE && V::AS_SERDE;

            fn values(depth: u32) -> BoxedStrategy<Self> {
                pairs(depth).prop_map(Self::from_iter).boxed()
            }

            fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
                map_ops::<K, V>(depth, !$unordered)
            }

            fn reaches_in(op: &Self::Op) -> bool {
                !matches!(
                    op,
                    MapOp::Set(_)
                        | MapOp::Insert(..)
                        | MapOp::Remove(_)
                        | MapOp::Clear
                        | MapOp::Extend(_)
                        | MapOp::Retain(_)
                        | MapOp::RemoveEntry(_)
                        | MapOp::Drain
                        | MapOp::Ordered(
                            OrderedOp::Append(_)
                                | OrderedOp::PopFirst
                                | OrderedOp::PopLast
                                | OrderedOp::SplitOff(_)
                        )
                )
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
                    MapOp::RemoveEntry(key) => done(writer.remove_entry(&key)),
                    MapOp::Drain => done(Self::from_iter(writer.drain())),
                    MapOp::InsertEntry(key, value, op) => {
                        V::live(&mut writer.entry(key).insert_entry(value).into_mut(), &op)
                    }
                    MapOp::Entry(key, op) => {
                        use ipos::Entry as Entries;
                        let entry = writer.entry(key);
                        on_entry!(Entries, entry, op, |value, op| V::live(&mut { value }, &op))
                    }
                    MapOp::Ordered(op) => $live_ordered(writer, op),
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
                    MapOp::RemoveEntry(key) => done(map.remove_entry(&key)),
                    MapOp::Drain => done(std::mem::take(map)),
                    MapOp::InsertEntry(key, value, op) => {
                        map.insert(key.clone(), value);
                        V::plain(map.get_mut(&key).expect("it was put in"), &op)
                    }
                    MapOp::Entry(key, op) => {
                        use $entries as Entries;
                        on_entry!(Entries, map.entry(key), op, |value, op| V::plain(value, &op))
                    }
                    MapOp::Ordered(op) => $plain_ordered(map, op),
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
    HashMap<K, V, S>, hash_map::Entry, true, |_, _| unreachable!("it has no order"), |_, _| unreachable!("it has no order"); [
        K: Subject + Eq + Hash,
        V: Subject + Default,
        S: BuildHasher + Default + Clone + Send + Sync + 'static,
    ];
    BTreeMap<K, V>, btree_map::Entry, false, live_ordered, plain_ordered; [K: Subject + Ord, V: Subject + Default];
}

fn live_ordered<K: Subject + Ord, V: Subject>(
    writer: &mut ipos::BTreeMapMut<'_, K, V>,
    op: OrderedOp<K, V, V::Op>,
) -> Outcome {
    let on_entry = |entry: Option<ipos::OccupiedEntry<'_, K, V, BTreeMap<K, V>>>, op| {
        done(entry.map(|entry| on_occupied!(entry, op, |value, op| V::live(&mut { value }, &op))))
    };
    match op {
        OrderedOp::Append(pairs) => {
            let mut pairs = BTreeMap::from_iter(pairs);
            writer.append(&mut pairs);
            done(pairs)
        }
        OrderedOp::PopFirst => done(writer.pop_first()),
        OrderedOp::PopLast => done(writer.pop_last()),
        OrderedOp::SplitOff(key) => done(writer.split_off(&key)),
        OrderedOp::FirstEntry(op) => on_entry(writer.first_entry(), op),
        OrderedOp::LastEntry(op) => on_entry(writer.last_entry(), op),
    }
}

fn plain_ordered<K: Subject + Ord, V: Subject>(
    map: &mut BTreeMap<K, V>,
    op: OrderedOp<K, V, V::Op>,
) -> Outcome {
    let on_entry = |entry: Option<btree_map::OccupiedEntry<'_, K, V>>, op| {
        done(entry.map(|entry| on_occupied!(entry, op, |value, op| V::plain(value, &op))))
    };
    match op {
        OrderedOp::Append(pairs) => {
            let mut pairs = BTreeMap::from_iter(pairs);
            map.append(&mut pairs);
            done(pairs)
        }
        OrderedOp::PopFirst => done(map.pop_first()),
        OrderedOp::PopLast => done(map.pop_last()),
        OrderedOp::SplitOff(key) => done(map.split_off(&key)),
        OrderedOp::FirstEntry(op) => on_entry(map.first_entry(), op),
        OrderedOp::LastEntry(op) => on_entry(map.last_entry(), op),
    }
}

fn pairs<K: Subject, V: Subject>(depth: u32) -> BoxedStrategy<Vec<(K, V)>> {
    match depth.checked_sub(1) {
        None => Just(vec![]).boxed(),
        Some(inner) => vec((K::values(inner), V::values(inner)), 0..4).boxed(),
    }
}

fn map_ops<K: Subject, V: Subject>(
    depth: u32,
    is_ordered: bool,
) -> BoxedStrategy<MapOp<K, V, V::Op>> {
    let Some(inner) = depth.checked_sub(1) else {
        return Just(MapOp::Clear).boxed();
    };
    use MapOp::*;
    let (key, value, pairs) = (K::values(inner), V::values(inner), pairs(depth));
    let op = V::ops(inner).prop_map(Box::new).boxed();
    let pair = || (key.clone(), value.clone());
    let inside = || (key.clone(), op.clone());
    let both = || (key.clone(), value.clone(), op.clone());
    let entry = prop_oneof![
        (value.clone(), op.clone()).prop_map(|(value, op)| EntryOp::InsertOrChange(value, op)),
        value.clone().prop_map(EntryOp::InsertOrReplace),
        Just(EntryOp::Remove),
    ]
    .boxed();
    // What has no order is given more instead.
    let more = pair().prop_map(|(key, value)| Insert(key, value)).boxed();
    let ordered = prop_oneof![
        pairs.clone().prop_map(OrderedOp::Append),
        Just(OrderedOp::PopFirst),
        Just(OrderedOp::PopLast),
        key.clone().prop_map(OrderedOp::SplitOff),
        entry.clone().prop_map(OrderedOp::FirstEntry),
        entry.clone().prop_map(OrderedOp::LastEntry),
    ]
    .prop_map(Ordered)
    .boxed();
    let ordered = if is_ordered { ordered } else { more };
    prop_oneof![
        5 => ordered,
        3 => (key.clone(), entry).prop_map(|(key, op)| Entry(key, op)),
        1 => key.clone().prop_map(RemoveEntry),
        1 => Just(Drain),
        1 => both().prop_map(|(key, value, op)| InsertEntry(key, value, op)),
        1 => pairs.clone().prop_map(Set),
        4 => pair().prop_map(|(key, value)| Insert(key, value)),
        3 => key.clone().prop_map(Remove),
        4 => inside().prop_map(|(key, op)| GetMut(key, op)),
        1 => op.clone().prop_map(ForEachMut),
        1 => Just(Clear),
        3 => pairs.prop_map(Extend),
        3 => (0..8u8).prop_map(Retain),
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
