//! `Vec` and `VecDeque`.

use std::collections::VecDeque;

use proptest::{collection::vec, prelude::*};

use super::slice::{SliceOp, live_slice, plain_slice, slice_ops};
use crate::subject::{Bounds, Outcome, Subject, attempt, bounds, done, positions, weight};

#[derive(Clone, Debug)]
pub enum ListOp<T, O> {
    Set(Vec<T>),
    At(usize, Box<O>),
    GetMut(usize, Box<O>),
    FirstMut(Box<O>),
    LastMut(Box<O>),
    ForEachMut(Box<O>),
    /// Changes each element, and keeps those of at most so much weight.
    RetainMut(Box<O>, u8),
    Slice(SliceOp<T>),
    Insert(usize, T),
    Truncate(usize),
    Clear,
    Extend(Vec<T>),
    Splice(Bounds, Vec<T>),
    Drain(Bounds),
    /// Keeps the elements of at most so much weight.
    Retain(u8),
    Append(Vec<T>),
    Resize(usize, T),
    ResizeWith(usize, T),
    SplitOff(usize),
    Dedup,
    /// By weight.
    DedupBy,
    /// By weight.
    DedupByKey,
    /// Changes the element at one end, and removes it if that says so.
    PopIf(Side, Box<O>, bool),
    /// What only this kind of list has, or has otherwise.
    End(EndOp<T>),
}

/// An end of a list; a `Vec` has one.
#[derive(Clone, Copy, Debug)]
pub enum Side {
    First,
    Last,
}

#[derive(Clone, Debug)]
pub enum EndOp<T> {
    Push(T),
    Pop,
    Remove(usize),
    /// Of a `VecDeque` only.
    PushFront(T),
    /// Of a `VecDeque` only.
    PopFront,
    /// Of a `Vec` only.
    SwapRemove(usize),
    /// Of a `Vec` only.
    ExtendFromSlice(Vec<T>),
    /// Of a `Vec` only.
    ExtendFromWithin(Bounds),
    /// Of a `VecDeque` only.
    SwapRemoveFront(usize),
    /// Of a `VecDeque` only.
    SwapRemoveBack(usize),
}

macro_rules! lists {
    ($($list:ident, $ends:ident, $live_end:ident, $pop_if:ident, $plain_slice:expr;)+) => {$(
        impl<T: Subject> Subject for $list<T> {
            type Op = ListOp<T, T::Op>;
            const UNORDERED: bool = T::UNORDERED;
            const AS_SERDE: bool = T::AS_SERDE;

            fn values(depth: u32) -> BoxedStrategy<Self> {
                elements(depth).prop_map(Self::from).boxed()
            }

            fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
                list_ops::<T>(depth, $ends, stringify!($list) == "VecDeque")
            }

            fn reaches_in(op: &Self::Op) -> bool {
                matches!(
                    op,
                    ListOp::At(..)
                        | ListOp::GetMut(..)
                        | ListOp::FirstMut(_)
                        | ListOp::LastMut(_)
                        | ListOp::ForEachMut(_)
                        | ListOp::RetainMut(..)
                        | ListOp::PopIf(..)
                )
            }

            fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
                match op.clone() {
                    ListOp::Set(items) => done(writer.set(Self::from(items))),
                    ListOp::At(at, op) => T::live(&mut writer.at(at), &op),
                    ListOp::GetMut(at, op) => {
                        done(writer.get_mut(at).map(|mut item| T::live(&mut item, &op)))
                    }
                    ListOp::FirstMut(op) => {
                        done(writer.first_mut().map(|mut item| T::live(&mut item, &op)))
                    }
                    ListOp::LastMut(op) => {
                        done(writer.last_mut().map(|mut item| T::live(&mut item, &op)))
                    }
                    ListOp::ForEachMut(op) => {
                        let mut outcomes = vec![];
                        writer.for_each_mut(|item| {
                            outcomes.push(attempt(|| T::live(item, &op)));
                        });
                        done(outcomes)
                    }
                    ListOp::RetainMut(op, most) => {
                        let mut outcomes = vec![];
                        writer.retain_mut(|item| {
                            let outcome = attempt(|| T::live(item, &op));
                            let keep = weight(&format!("{outcome:?}")) <= most;
                            outcomes.push(outcome);
                            keep
                        });
                        done(outcomes)
                    }
                    ListOp::PopIf(side, op, taken) => {
                        let mut outcome = None;
                        let popped = $pop_if(writer, side, |item: &mut T::Mut<'_>| {
                            outcome = Some(attempt(|| T::live(item, &op)));
                            taken
                        });
                        done((popped, outcome))
                    }
                    ListOp::Slice(op) => live_slice!(writer, op),
                    ListOp::Append(items) => {
                        let mut items = Self::from(items);
                        writer.append(&mut items);
                        done(items)
                    }
                    ListOp::Resize(length, item) => done(writer.resize(length, item)),
                    ListOp::ResizeWith(length, item) => {
                        done(writer.resize_with(length, || item.clone()))
                    }
                    ListOp::SplitOff(at) => done(writer.split_off(at)),
                    ListOp::Dedup => done(writer.dedup()),
                    ListOp::DedupBy => done(writer.dedup_by(|a, b| weight(a) == weight(b))),
                    ListOp::DedupByKey => done(writer.dedup_by_key(|item| weight(item))),
                    ListOp::Insert(at, item) => done(writer.insert(at, item)),
                    ListOp::Truncate(length) => done(writer.truncate(length)),
                    ListOp::Clear => done(writer.clear()),
                    ListOp::Extend(items) => done(writer.extend(items)),
                    ListOp::Splice(range, items) => {
                        done(writer.splice(range, items).collect::<Vec<_>>())
                    }
                    ListOp::Drain(range) => done(writer.drain(range).collect::<Vec<_>>()),
                    ListOp::Retain(most) => done(writer.retain(|item| weight(item) <= most)),
                    ListOp::End(op) => $live_end(writer, op),
                }
            }

            fn plain(list: &mut Self, op: &Self::Op) -> Outcome {
                match op.clone() {
                    ListOp::Set(items) => done(*list = Self::from(items)),
                    ListOp::At(at, op) => T::plain(&mut list[at], &op),
                    ListOp::GetMut(at, op) => done(list.get_mut(at).map(|item| T::plain(item, &op))),
                    ListOp::FirstMut(op) => {
                        done(list.iter_mut().next().map(|item| T::plain(item, &op)))
                    }
                    ListOp::LastMut(op) => {
                        done(list.iter_mut().next_back().map(|item| T::plain(item, &op)))
                    }
                    ListOp::ForEachMut(op) => done(
                        list.iter_mut()
                            .map(|item| attempt(|| T::plain(item, &op)))
                            .collect::<Vec<_>>(),
                    ),
                    ListOp::RetainMut(op, most) => {
                        let mut outcomes = vec![];
                        list.retain_mut(|item| {
                            let outcome = attempt(|| T::plain(item, &op));
                            let keep = weight(&format!("{outcome:?}")) <= most;
                            outcomes.push(outcome);
                            keep
                        });
                        done(outcomes)
                    }
                    ListOp::PopIf(side, op, taken) => as_vec(list, |list| {
                        let at = match side {
                            Side::First => 0,
                            Side::Last => list.len().wrapping_sub(1),
                        };
                        let item = list.get_mut(at);
                        let outcome = item.map(|item| attempt(|| T::plain(item, &op)));
                        let popped = (taken && outcome.is_some()).then(|| list.remove(at));
                        done((popped, outcome))
                    }),
                    ListOp::Slice(op) => plain_slice($plain_slice(list), op),
                    ListOp::Append(items) => {
                        let mut items = Self::from(items);
                        list.append(&mut items);
                        done(items)
                    }
                    ListOp::Resize(length, item) | ListOp::ResizeWith(length, item) => {
                        done(list.resize(length, item))
                    }
                    ListOp::SplitOff(at) => done(list.split_off(at)),
                    ListOp::Dedup => as_vec(list, |list| done(list.dedup())),
                    ListOp::DedupBy | ListOp::DedupByKey => {
                        as_vec(list, |list| done(list.dedup_by_key(|item| weight(item))))
                    }
                    ListOp::Insert(at, item) => done(list.insert(at, item)),
                    ListOp::Truncate(length) => done(list.truncate(length)),
                    ListOp::Clear => done(list.clear()),
                    ListOp::Extend(items) => done(list.extend(items)),
                    ListOp::Splice(range, items) => as_vec(list, |list| {
                        done(list.splice(range, items).collect::<Vec<_>>())
                    }),
                    ListOp::Drain(range) => done(list.drain(range).collect::<Vec<_>>()),
                    ListOp::Retain(most) => done(list.retain(|item| weight(item) <= most)),
                    ListOp::End(op) => as_vec(list, |list| plain_end(list, op)),
                }
            }
        }
    )+};
}

lists! {
    Vec, vec_ends, live_vec_end, pop_if_of_vec, Vec::as_mut_slice;
    VecDeque, deque_ends, live_deque_end, pop_if_of_deque, VecDeque::make_contiguous;
}

fn pop_if_of_vec<T: Subject>(
    writer: &mut ipos::VecMut<'_, T>,
    side: Side,
    predicate: impl FnOnce(&mut T::Mut<'_>) -> bool,
) -> Option<T> {
    match side {
        Side::First => unreachable!("a Vec has no such method"),
        Side::Last => writer.pop_if(predicate),
    }
}

fn pop_if_of_deque<T: Subject>(
    writer: &mut ipos::VecDequeMut<'_, T>,
    side: Side,
    predicate: impl FnOnce(&mut T::Mut<'_>) -> bool,
) -> Option<T> {
    match side {
        Side::First => writer.pop_front_if(predicate),
        Side::Last => writer.pop_back_if(predicate),
    }
}

/// Does to a list what a `Vec` has a method for.
fn as_vec<T: Clone, L: Clone + From<Vec<T>> + Into<Vec<T>>>(
    list: &mut L,
    operation: impl FnOnce(&mut Vec<T>) -> Outcome,
) -> Outcome {
    let mut items: Vec<T> = list.clone().into();
    let outcome = operation(&mut items);
    *list = L::from(items);
    outcome
}

fn elements<T: Subject>(depth: u32) -> BoxedStrategy<Vec<T>> {
    match depth.checked_sub(1) {
        None => Just(vec![]).boxed(),
        Some(inner) => vec(T::values(inner), 0..4).boxed(),
    }
}

/// Operations at the ends of a list, of an element or of several.
type Ends<T> = fn(BoxedStrategy<T>, BoxedStrategy<Vec<T>>) -> BoxedStrategy<EndOp<T>>;

fn list_ops<T: Subject>(
    depth: u32,
    ends: Ends<T>,
    has_front: bool,
) -> BoxedStrategy<ListOp<T, T::Op>> {
    let Some(inner) = depth.checked_sub(1) else {
        return Just(ListOp::Clear).boxed();
    };
    use ListOp::*;
    let (item, items) = (T::values(inner).boxed(), elements::<T>(depth));
    let op = T::ops(inner).prop_map(Box::new).boxed();
    prop_oneof![
        1 => items.clone().prop_map(Set),
        3 => (positions(), op.clone()).prop_map(|(at, op)| At(at, op)),
        1 => (positions(), op.clone()).prop_map(|(at, op)| GetMut(at, op)),
        1 => op.clone().prop_map(FirstMut),
        1 => op.clone().prop_map(LastMut),
        1 => op.clone().prop_map(ForEachMut),
        1 => (op.clone(), 0..8u8).prop_map(|(op, most)| RetainMut(op, most)),
        1 => (any::<bool>(), op, any::<bool>()).prop_map(move |(first, op, taken)| {
            let side = if first && has_front { Side::First } else { Side::Last };
            PopIf(side, op, taken)
        }),
        6 => slice_ops(item.clone(), items.clone()).prop_map(Slice),
        1 => items.clone().prop_map(Append),
        1 => (0..8usize, item.clone()).prop_map(|(length, item)| Resize(length, item)),
        1 => (0..8usize, item.clone()).prop_map(|(length, item)| ResizeWith(length, item)),
        1 => positions().prop_map(SplitOff),
        1 => Just(Dedup),
        1 => Just(DedupBy),
        1 => Just(DedupByKey),
        2 => (positions(), item.clone()).prop_map(|(at, item)| Insert(at, item)),
        1 => positions().prop_map(Truncate),
        1 => Just(Clear),
        1 => items.clone().prop_map(Extend),
        2 => (bounds(), items.clone()).prop_map(|(range, items)| Splice(range, items)),
        1 => bounds().prop_map(Drain),
        1 => (0..8u8).prop_map(Retain),
        5 => ends(item, items).prop_map(End),
    ]
    .boxed()
}

fn vec_ends<T: Subject>(
    item: BoxedStrategy<T>,
    items: BoxedStrategy<Vec<T>>,
) -> BoxedStrategy<EndOp<T>> {
    prop_oneof![
        items.prop_map(EndOp::ExtendFromSlice),
        bounds().prop_map(EndOp::ExtendFromWithin),
        item.prop_map(EndOp::Push),
        Just(EndOp::Pop),
        positions().prop_map(EndOp::Remove),
        positions().prop_map(EndOp::SwapRemove),
    ]
    .boxed()
}

fn deque_ends<T: Subject>(
    item: BoxedStrategy<T>,
    _: BoxedStrategy<Vec<T>>,
) -> BoxedStrategy<EndOp<T>> {
    prop_oneof![
        (0..6usize).prop_map(EndOp::SwapRemoveFront),
        (0..6usize).prop_map(EndOp::SwapRemoveBack),
        item.clone().prop_map(EndOp::Push),
        Just(EndOp::Pop),
        (0..6usize).prop_map(EndOp::Remove),
        item.prop_map(EndOp::PushFront),
        Just(EndOp::PopFront),
    ]
    .boxed()
}

fn live_vec_end<T: Subject>(writer: &mut ipos::VecMut<'_, T>, op: EndOp<T>) -> Outcome {
    match op {
        EndOp::Push(item) => done(writer.push(item)),
        EndOp::Pop => done(writer.pop()),
        EndOp::Remove(at) => done(Some(writer.remove(at))),
        EndOp::SwapRemove(at) => done(writer.swap_remove(at)),
        EndOp::ExtendFromSlice(items) => done(writer.extend_from_slice(&items)),
        EndOp::ExtendFromWithin(range) => done(writer.extend_from_within(range)),
        _ => unreachable!("a Vec has no such method"),
    }
}

fn live_deque_end<T: Subject>(writer: &mut ipos::VecDequeMut<'_, T>, op: EndOp<T>) -> Outcome {
    match op {
        EndOp::Push(item) => done(writer.push_back(item)),
        EndOp::Pop => done(writer.pop_back()),
        EndOp::Remove(at) => match writer.remove(at) {
            None => panic!("as a Vec does"),
            removed => done(removed),
        },
        EndOp::PushFront(item) => done(writer.push_front(item)),
        EndOp::PopFront => done(writer.pop_front()),
        EndOp::SwapRemoveFront(at) => done(writer.swap_remove_front(at)),
        EndOp::SwapRemoveBack(at) => done(writer.swap_remove_back(at)),
        _ => unreachable!("the wrapper of a VecDeque has no such method"),
    }
}

fn plain_end<T: Subject>(list: &mut Vec<T>, op: EndOp<T>) -> Outcome {
    match op {
        EndOp::Push(item) => done(list.push(item)),
        EndOp::Pop => done(list.pop()),
        EndOp::Remove(at) => done(Some(list.remove(at))),
        EndOp::SwapRemove(at) => done(list.swap_remove(at)),
        EndOp::PushFront(item) => done(list.insert(0, item)),
        EndOp::PopFront => done((!list.is_empty()).then(|| list.remove(0))),
        EndOp::ExtendFromSlice(items) => done(list.extend_from_slice(&items)),
        EndOp::ExtendFromWithin(range) => done(list.extend_from_within(range)),
        EndOp::SwapRemoveFront(at) => as_deque(list, |list| list.swap_remove_front(at)),
        EndOp::SwapRemoveBack(at) => as_deque(list, |list| list.swap_remove_back(at)),
    }
}

fn as_deque<T: Subject>(
    list: &mut Vec<T>,
    operation: impl FnOnce(&mut VecDeque<T>) -> Option<T>,
) -> Outcome {
    let mut deque = VecDeque::from(std::mem::take(list));
    let outcome = operation(&mut deque);
    *list = deque.into();
    done(outcome)
}
