//! What lists and arrays have in common.

use proptest::{collection::vec, prelude::*};

use crate::subject::{Outcome, Subject, done, positions, weight};

/// Sorts and keys go by weight: many elements are equal then.
#[derive(Clone, Debug)]
pub enum SliceOp<T> {
    Swap(usize, usize),
    RotateLeft(usize),
    RotateRight(usize),
    Reverse,
    Fill(T),
    FillWith(Vec<T>),
    CloneFromSlice(Vec<T>),
    SortBy,
    SortByKey,
    SortByCachedKey,
    SortUnstableBy,
    SortUnstableByKey,
}

/// Does an operation on a wrapper.
macro_rules! live_slice {
    ($writer:ident, $op:expr) => {
        match $op {
            SliceOp::Swap(a, b) => done($writer.swap(a, b)),
            SliceOp::RotateLeft(places) => done($writer.rotate_left(places)),
            SliceOp::RotateRight(places) => done($writer.rotate_right(places)),
            SliceOp::Reverse => done($writer.reverse()),
            SliceOp::Fill(item) => done($writer.fill(item)),
            SliceOp::FillWith(items) => {
                let mut items = items.into_iter().cycle();
                done($writer.fill_with(|| items.next().expect("it has no end")))
            }
            SliceOp::CloneFromSlice(items) => done($writer.clone_from_slice(&items)),
            SliceOp::SortBy => done($writer.sort_by(|a, b| weight(a).cmp(&weight(b)))),
            SliceOp::SortByKey => done($writer.sort_by_key(|item| weight(item))),
            SliceOp::SortByCachedKey => done($writer.sort_by_cached_key(|item| weight(item))),
            SliceOp::SortUnstableBy => {
                done($writer.sort_unstable_by(|a, b| weight(a).cmp(&weight(b))))
            }
            SliceOp::SortUnstableByKey => done($writer.sort_unstable_by_key(|item| weight(item))),
        }
    };
}
pub(super) use live_slice;

/// Does an operation on a slice. Where the order of equal elements is anyone's choice, they stay.
pub(super) fn plain_slice<T: Subject>(slice: &mut [T], op: SliceOp<T>) -> Outcome {
    done(match op {
        SliceOp::Swap(a, b) => slice.swap(a, b),
        SliceOp::RotateLeft(places) => slice.rotate_left(places),
        SliceOp::RotateRight(places) => slice.rotate_right(places),
        SliceOp::Reverse => slice.reverse(),
        SliceOp::Fill(item) => slice.fill(item),
        SliceOp::FillWith(items) => {
            let mut items = items.into_iter().cycle();
            slice.fill_with(|| items.next().expect("it has no end"));
        }
        SliceOp::CloneFromSlice(items) => slice.clone_from_slice(&items),
        SliceOp::SortBy
        | SliceOp::SortByKey
        | SliceOp::SortByCachedKey
        | SliceOp::SortUnstableBy
        | SliceOp::SortUnstableByKey => slice.sort_by_key(|item| weight(item)),
    })
}

pub(super) fn slice_ops<T: Subject>(
    item: BoxedStrategy<T>,
    items: BoxedStrategy<Vec<T>>,
) -> BoxedStrategy<SliceOp<T>> {
    use SliceOp::*;
    prop_oneof![
        2 => (positions(), positions()).prop_map(|(a, b)| Swap(a, b)),
        2 => positions().prop_map(RotateLeft),
        2 => positions().prop_map(RotateRight),
        2 => Just(Reverse),
        1 => item.clone().prop_map(Fill),
        1 => vec(item, 1..4).prop_map(FillWith),
        1 => items.prop_map(CloneFromSlice),
        1 => Just(SortBy),
        1 => Just(SortByKey),
        1 => Just(SortByCachedKey),
        1 => Just(SortUnstableBy),
        1 => Just(SortUnstableByKey),
    ]
    .boxed()
}
