//! `HashSet` and `BTreeSet`.

use std::{
    collections::{BTreeSet, HashSet},
    hash::{BuildHasher, Hash},
};

use proptest::{collection::vec, prelude::*};

use crate::subject::{Outcome, Subject, done, weight};

#[derive(Clone, Debug)]
pub enum SetOp<T> {
    Set(Vec<T>),
    Insert(T),
    Remove(T),
    Clear,
    Extend(Vec<T>),
    /// Keeps the elements of at most so much weight.
    Retain(u8),
    Take(T),
    Replace(T),
    Drain,
    /// Of a `BTreeSet` only.
    Ordered(OrderedOp<T>),
}

#[derive(Clone, Debug)]
pub enum OrderedOp<T> {
    Append(Vec<T>),
    PopFirst,
    PopLast,
    SplitOff(T),
}

macro_rules! sets {
    ($($set:ty, $unordered:literal, $live_ordered:expr, $plain_ordered:expr; [$($bounds:tt)*];)+) => {$(
        impl<$($bounds)*> Subject for $set {
            type Op = SetOp<T>;
            const UNORDERED: bool = $unordered || T::UNORDERED;
            const AS_SERDE: bool = T::AS_SERDE;

            fn values(depth: u32) -> BoxedStrategy<Self> {
                elements(depth).prop_map(Self::from_iter).boxed()
            }

            fn ops(depth: u32) -> BoxedStrategy<SetOp<T>> {
                set_ops(depth, !$unordered)
            }

            fn live(writer: &mut Self::Mut<'_>, op: &SetOp<T>) -> Outcome {
                match op.clone() {
                    SetOp::Set(items) => done(writer.set(Self::from_iter(items))),
                    SetOp::Insert(item) => done(writer.insert(item)),
                    SetOp::Remove(item) => done(writer.remove(&item)),
                    SetOp::Clear => done(writer.clear()),
                    SetOp::Extend(items) => done(writer.extend(items)),
                    SetOp::Retain(most) => done(writer.retain(|item| weight(item) <= most)),
                    SetOp::Take(item) => done(writer.take(&item)),
                    SetOp::Replace(item) => done(writer.replace(item)),
                    SetOp::Drain => done(Self::from_iter(writer.drain())),
                    SetOp::Ordered(op) => $live_ordered(writer, op),
                }
            }

            fn plain(set: &mut Self, op: &SetOp<T>) -> Outcome {
                match op.clone() {
                    SetOp::Set(items) => done(*set = Self::from_iter(items)),
                    SetOp::Insert(item) => done(set.insert(item)),
                    SetOp::Remove(item) => done(set.remove(&item)),
                    SetOp::Clear => done(set.clear()),
                    SetOp::Extend(items) => done(set.extend(items)),
                    SetOp::Retain(most) => done(set.retain(|item| weight(item) <= most)),
                    SetOp::Take(item) => done(set.take(&item)),
                    SetOp::Replace(item) => done(set.replace(item)),
                    SetOp::Drain => done(std::mem::take(set)),
                    SetOp::Ordered(op) => $plain_ordered(set, op),
                }
            }
        }
    )+};
}

sets! {
    HashSet<T, S>, true, |_, _| unreachable!("it has no order"), |_, _| unreachable!("it has no order"); [
        T: Subject + Eq + Hash,
        S: BuildHasher + Default + Clone + Send + Sync + 'static,
    ];
    BTreeSet<T>, false, live_ordered, plain_ordered; [T: Subject + Ord];
}

fn live_ordered<T: Subject + Ord>(
    writer: &mut ipos::BTreeSetMut<'_, T>,
    op: OrderedOp<T>,
) -> Outcome {
    match op {
        OrderedOp::Append(items) => {
            let mut items = BTreeSet::from_iter(items);
            writer.append(&mut items);
            done(items)
        }
        OrderedOp::PopFirst => done(writer.pop_first()),
        OrderedOp::PopLast => done(writer.pop_last()),
        OrderedOp::SplitOff(item) => done(writer.split_off(&item)),
    }
}

fn plain_ordered<T: Subject + Ord>(set: &mut BTreeSet<T>, op: OrderedOp<T>) -> Outcome {
    match op {
        OrderedOp::Append(items) => {
            let mut items = BTreeSet::from_iter(items);
            set.append(&mut items);
            done(items)
        }
        OrderedOp::PopFirst => done(set.pop_first()),
        OrderedOp::PopLast => done(set.pop_last()),
        OrderedOp::SplitOff(item) => done(set.split_off(&item)),
    }
}

fn elements<T: Subject>(depth: u32) -> BoxedStrategy<Vec<T>> {
    match depth.checked_sub(1) {
        None => Just(vec![]).boxed(),
        Some(inner) => vec(T::values(inner), 0..4).boxed(),
    }
}

fn set_ops<T: Subject>(depth: u32, is_ordered: bool) -> BoxedStrategy<SetOp<T>> {
    let Some(inner) = depth.checked_sub(1) else {
        return Just(SetOp::Clear).boxed();
    };
    let (item, items) = (T::values(inner), elements(depth));
    let ordered = prop_oneof![
        items.clone().prop_map(OrderedOp::Append),
        Just(OrderedOp::PopFirst),
        Just(OrderedOp::PopLast),
        item.clone().prop_map(OrderedOp::SplitOff),
    ]
    .prop_map(SetOp::Ordered)
    .boxed();
    // What has no order is given more instead.
    let more = item.clone().prop_map(SetOp::Insert).boxed();
    let ordered = if is_ordered { ordered } else { more };
    prop_oneof![
        5 => ordered,
        1 => items.clone().prop_map(SetOp::Set),
        4 => item.clone().prop_map(SetOp::Insert),
        4 => item.clone().prop_map(SetOp::Remove),
        1 => item.clone().prop_map(SetOp::Take),
        1 => item.prop_map(SetOp::Replace),
        1 => Just(SetOp::Drain),
        1 => Just(SetOp::Clear),
        3 => items.prop_map(SetOp::Extend),
        3 => (0..8u8).prop_map(SetOp::Retain),
    ]
    .boxed()
}
