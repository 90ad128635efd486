//! Arrays.

use ipos::Shared;
use proptest::{array::uniform, collection::vec, prelude::*};

use super::slice::{SliceOp, live_slice, plain_slice, slice_ops};
use crate::subject::{Outcome, Subject, attempt, done, positions, weight};

#[derive(Clone, Debug)]
pub enum ArrayOp<A, T, O> {
    Set(A),
    At(usize, Box<O>),
    GetMut(usize, Box<O>),
    FirstMut(Box<O>),
    LastMut(Box<O>),
    ForEachMut(Box<O>),
    Slice(SliceOp<T>),
}

impl<T: Subject, const N: usize> Subject for [T; N]
where
    for<'a> Self: Shared<Mut<'a> = ipos::ArrayMut<'a, T, N>>,
{
    type Op = ArrayOp<Self, T, T::Op>;
    const UNORDERED: bool = T::UNORDERED;
    const AS_SERDE: bool = T::AS_SERDE;

    fn values(depth: u32) -> BoxedStrategy<Self> {
        uniform(T::values(depth.saturating_sub(1))).boxed()
    }

    fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
        use ArrayOp::*;
        let inner = depth.saturating_sub(1);
        let (item, op) = (T::values(inner), T::ops(inner).prop_map(Box::new).boxed());
        let items = vec(T::values(inner), N..=N + 1).boxed();
        prop_oneof![
            1 => Self::values(depth).prop_map(Set),
            2 => (positions(), op.clone()).prop_map(|(at, op)| At(at, op)),
            1 => (positions(), op.clone()).prop_map(|(at, op)| GetMut(at, op)),
            1 => op.clone().prop_map(FirstMut),
            1 => op.clone().prop_map(LastMut),
            1 => op.prop_map(ForEachMut),
            6 => slice_ops(item, items).prop_map(Slice),
        ]
        .boxed()
    }

    fn reaches_in(op: &Self::Op) -> bool {
        !matches!(op, ArrayOp::Set(_) | ArrayOp::Slice(_))
    }

    fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
        match op.clone() {
            ArrayOp::Set(items) => done(writer.set(items)),
            ArrayOp::At(at, op) => T::live(&mut writer.at(at), &op),
            ArrayOp::GetMut(at, op) => {
                done(writer.get_mut(at).map(|mut item| T::live(&mut item, &op)))
            }
            ArrayOp::FirstMut(op) => {
                done(writer.first_mut().map(|mut item| T::live(&mut item, &op)))
            }
            ArrayOp::LastMut(op) => done(writer.last_mut().map(|mut item| T::live(&mut item, &op))),
            ArrayOp::ForEachMut(op) => {
                let mut outcomes = vec![];
                writer.for_each_mut(|item| outcomes.push(attempt(|| T::live(item, &op))));
                done(outcomes)
            }
            ArrayOp::Slice(op) => live_slice!(writer, op),
        }
    }

    fn plain(array: &mut Self, op: &Self::Op) -> Outcome {
        match op.clone() {
            ArrayOp::Set(items) => done(*array = items),
            ArrayOp::At(at, op) => T::plain(&mut array[at], &op),
            ArrayOp::GetMut(at, op) => done(array.get_mut(at).map(|item| T::plain(item, &op))),
            ArrayOp::FirstMut(op) => done(array.first_mut().map(|item| T::plain(item, &op))),
            ArrayOp::LastMut(op) => done(array.last_mut().map(|item| T::plain(item, &op))),
            ArrayOp::ForEachMut(op) => {
                let outcomes = array.iter_mut().map(|item| attempt(|| T::plain(item, &op)));
                done(outcomes.collect::<Vec<_>>())
            }
            ArrayOp::Slice(op) => plain_slice(array, op),
        }
    }
}
