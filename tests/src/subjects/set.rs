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
}

macro_rules! sets {
    ($($set:ty, $unordered:literal: [$($bounds:tt)*];)+) => {$(
        impl<$($bounds)*> Subject for $set {
            type Op = SetOp<T>;
            const UNORDERED: bool = $unordered || T::UNORDERED;
            const AS_SERDE: bool = T::AS_SERDE;

            fn values(depth: u32) -> BoxedStrategy<Self> {
                elements(depth).prop_map(Self::from_iter).boxed()
            }

            fn ops(depth: u32) -> BoxedStrategy<SetOp<T>> {
                set_ops(depth)
            }

            fn live(writer: &mut Self::Mut<'_>, op: &SetOp<T>) -> Outcome {
                match op.clone() {
                    SetOp::Set(items) => done(writer.set(Self::from_iter(items))),
                    SetOp::Insert(item) => done(writer.insert(item)),
                    SetOp::Remove(item) => done(writer.remove(&item)),
                    SetOp::Clear => done(writer.clear()),
                    SetOp::Extend(items) => done(writer.extend(items)),
                    SetOp::Retain(most) => done(writer.retain(|item| weight(item) <= most)),
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
                }
            }
        }
    )+};
}

sets! {
    HashSet<T, S>, true: [
        T: Subject + Eq + Hash,
        S: BuildHasher + Default + Clone + Send + Sync + 'static,
    ];
    BTreeSet<T>, false: [T: Subject + Ord];
}

fn elements<T: Subject>(depth: u32) -> BoxedStrategy<Vec<T>> {
    match depth.checked_sub(1) {
        None => Just(vec![]).boxed(),
        Some(inner) => vec(T::values(inner), 0..4).boxed(),
    }
}

fn set_ops<T: Subject>(depth: u32) -> BoxedStrategy<SetOp<T>> {
    let Some(inner) = depth.checked_sub(1) else {
        return Just(SetOp::Clear).boxed();
    };
    let (item, items) = (T::values(inner), elements(depth));
    prop_oneof![
        1 => items.clone().prop_map(SetOp::Set),
        4 => item.clone().prop_map(SetOp::Insert),
        4 => item.prop_map(SetOp::Remove),
        1 => Just(SetOp::Clear),
        1 => items.prop_map(SetOp::Extend),
        1 => (0..8u8).prop_map(SetOp::Retain),
    ]
    .boxed()
}
