//! `Vec` and `VecDeque`.

use std::{cmp::Ordering, collections::VecDeque};

use proptest::{collection::vec, prelude::*};

use crate::subject::{Bounds, Outcome, Subject, attempt, bounds, done, positions, weight};

#[derive(Clone, Debug)]
pub enum ListOp<T, O> {
    Set(Vec<T>),
    At(usize, Box<O>),
    GetMut(usize, Box<O>),
    FirstMut(Box<O>),
    LastMut(Box<O>),
    ForEachMut(Box<O>),
    Insert(usize, T),
    Swap(usize, usize),
    Truncate(usize),
    Clear,
    Extend(Vec<T>),
    Splice(Bounds, Vec<T>),
    Drain(Bounds),
    /// Keeps the elements of at most so much weight.
    Retain(u8),
    /// Sorts by weight: many elements are equal then.
    SortBy,
    /// What only this kind of list has, or has otherwise.
    End(EndOp<T>),
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
}

fn by_weight<T: Subject>(a: &T, b: &T) -> Ordering {
    weight(a).cmp(&weight(b))
}

macro_rules! lists {
    ($($list:ident, $ends:ident, $live_end:ident;)+) => {$(
        impl<T: Subject> Subject for $list<T> {
            type Op = ListOp<T, T::Op>;
            const UNORDERED: bool = T::UNORDERED;
            const AS_SERDE: bool = T::AS_SERDE;

            fn values(depth: u32) -> BoxedStrategy<Self> {
                elements(depth).prop_map(Self::from).boxed()
            }

            fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
                list_ops::<T>(depth, $ends)
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
                    ListOp::Insert(at, item) => done(writer.insert(at, item)),
                    ListOp::Swap(a, b) => done(writer.swap(a, b)),
                    ListOp::Truncate(length) => done(writer.truncate(length)),
                    ListOp::Clear => done(writer.clear()),
                    ListOp::Extend(items) => done(writer.extend(items)),
                    ListOp::Splice(range, items) => {
                        done(writer.splice(range, items).collect::<Vec<_>>())
                    }
                    ListOp::Drain(range) => done(writer.drain(range).collect::<Vec<_>>()),
                    ListOp::Retain(most) => done(writer.retain(|item| weight(item) <= most)),
                    ListOp::SortBy => done(writer.sort_by(by_weight)),
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
                    ListOp::Insert(at, item) => done(list.insert(at, item)),
                    ListOp::Swap(a, b) => done(list.swap(a, b)),
                    ListOp::Truncate(length) => done(list.truncate(length)),
                    ListOp::Clear => done(list.clear()),
                    ListOp::Extend(items) => done(list.extend(items)),
                    ListOp::Splice(range, items) => as_vec(list, |list| {
                        done(list.splice(range, items).collect::<Vec<_>>())
                    }),
                    ListOp::Drain(range) => done(list.drain(range).collect::<Vec<_>>()),
                    ListOp::Retain(most) => done(list.retain(|item| weight(item) <= most)),
                    ListOp::SortBy => as_vec(list, |list| done(list.sort_by(by_weight))),
                    ListOp::End(op) => as_vec(list, |list| plain_end(list, op)),
                }
            }
        }
    )+};
}

lists! {
    Vec, vec_ends, live_vec_end;
    VecDeque, deque_ends, live_deque_end;
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

fn list_ops<T: Subject>(
    depth: u32,
    ends: fn(BoxedStrategy<T>) -> BoxedStrategy<EndOp<T>>,
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
        1 => op.prop_map(ForEachMut),
        2 => (positions(), item.clone()).prop_map(|(at, item)| Insert(at, item)),
        1 => (positions(), positions()).prop_map(|(a, b)| Swap(a, b)),
        1 => positions().prop_map(Truncate),
        1 => Just(Clear),
        1 => items.clone().prop_map(Extend),
        1 => (bounds(), items).prop_map(|(range, items)| Splice(range, items)),
        1 => bounds().prop_map(Drain),
        1 => (0..8u8).prop_map(Retain),
        1 => Just(SortBy),
        5 => ends(item).prop_map(End),
    ]
    .boxed()
}

fn vec_ends<T: Subject>(item: BoxedStrategy<T>) -> BoxedStrategy<EndOp<T>> {
    prop_oneof![
        item.prop_map(EndOp::Push),
        Just(EndOp::Pop),
        positions().prop_map(EndOp::Remove),
        positions().prop_map(EndOp::SwapRemove),
    ]
    .boxed()
}

fn deque_ends<T: Subject>(item: BoxedStrategy<T>) -> BoxedStrategy<EndOp<T>> {
    prop_oneof![
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
        EndOp::PushFront(_) | EndOp::PopFront => unreachable!("a Vec has no such method"),
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
        EndOp::SwapRemove(_) => unreachable!("the wrapper of a VecDeque has no such method"),
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
    }
}
