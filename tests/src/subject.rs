//! What the check needs of a type: values, operations, and how to do one on the wrapper and on the
//! plain value.

use std::{
    any::Any,
    fmt::{Debug, Display},
    ops::Bound,
    panic::{AssertUnwindSafe, catch_unwind},
};

use ipos::Shared;
use proptest::prelude::*;
use serde::Serialize;

/// How deep values nest at the most. At 0 a container is empty.
pub const DEPTH: u32 = 5;

/// A type to be checked, with its operations.
pub trait Subject: Shared + PartialEq {
    /// A call of a method of the wrapper, with its arguments; also one inside a part.
    type Op: Clone + Debug + 'static;

    /// Whether a patch may hold a hash map or set, so that it is written in another order when it
    /// was read.
    const UNORDERED: bool = false;

    /// Whether its bytes are postcard's of what its `Serialize` tells. They are, unless a part of it is
    /// skipped or atomic, or serde loses something of it.
    const AS_SERDE: bool = true;

    /// Whether serde brings every value back as it was.
    const SERDE_KEEPS: bool = true;

    /// Values; often small ones, so that keys and elements meet.
    fn values(depth: u32) -> BoxedStrategy<Self>;
    /// Operations, among them ones that panic.
    fn ops(depth: u32) -> BoxedStrategy<Self::Op>;
    /// Whether an operation reaches into a part of a value, or is several: its patches may take more than
    /// the whole value's.
    fn reaches_in(_: &Self::Op) -> bool {
        false
    }
    /// Does an operation through the wrapper.
    fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome;
    /// Does the same on the plain value.
    fn plain(value: &mut Self, op: &Self::Op) -> Outcome;
}

/// Whether the values are the same, bit by bit, even if they are not equal to themselves.
pub fn same<T: Subject>(a: &T, b: &T) -> bool {
    let bytes = |value: &T| {
        let mut bytes = vec![];
        value.encode(&mut bytes);
        sorted_if::<T>(&bytes)
    };
    (T::UNORDERED && a == b) || bytes(a) == bytes(b)
}

/// Asserts that the values are the same.
#[track_caller]
pub fn must_be<T: Subject>(value: &T, expected: &T, why: impl Display) {
    assert!(
        same(value, expected),
        "{why}: {value:?} is not {expected:?}"
    );
}

/// Bytes without their order, if that means nothing for `T`.
pub fn sorted_if<T: Subject>(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    if T::UNORDERED {
        bytes.sort_unstable();
    }
    bytes
}

/// An operation on one part of a value: set it, or reach into it.
#[derive(Clone, Debug)]
pub enum PartOp<T, O> {
    Set(T),
    In(Box<O>),
}

pub fn part_ops<T: Subject>(depth: u32) -> BoxedStrategy<PartOp<T, T::Op>> {
    prop_oneof![
        1 => T::values(depth).prop_map(PartOp::Set),
        3 => T::ops(depth).prop_map(|op| PartOp::In(Box::new(op))),
    ]
    .boxed()
}

pub fn part_reaches_in<T: Subject>(op: &PartOp<T, T::Op>) -> bool {
    matches!(op, PartOp::In(op) if T::reaches_in(op))
}

pub fn plain_part<T: Subject>(part: &mut T, op: &PartOp<T, T::Op>) -> Outcome {
    match op {
        PartOp::Set(value) => done(*part = value.clone()),
        PartOp::In(op) => T::plain(part, op),
    }
}

/// What an operation gave, of whatever type, or that it panicked.
#[derive(Debug)]
pub struct Outcome(Option<Box<dyn Same>>);

impl Outcome {
    /// Whether the operation itself has panicked, not only one on a part.
    pub fn has_panicked(&self) -> bool {
        self.0.is_none()
    }
}

/// The outcome of an operation that returned `result`.
pub fn done<R: PartialEq + Debug + 'static>(result: R) -> Outcome {
    Outcome(Some(Box::new(result)))
}

/// The outcome of `operation`, which may panic.
pub fn attempt(operation: impl FnOnce() -> Outcome) -> Outcome {
    catch_unwind(AssertUnwindSafe(operation)).unwrap_or(Outcome(None))
}

impl PartialEq for Outcome {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(this), Some(other)) => this.same(&**other),
            (this, other) => this.is_none() && other.is_none(),
        }
    }
}

trait Same: Debug {
    fn same(&self, other: &dyn Same) -> bool;
    fn as_any(&self) -> &dyn Any;
}

impl<R: PartialEq + Debug + 'static> Same for R {
    fn same(&self, other: &dyn Same) -> bool {
        let other: Option<&R> = other.as_any().downcast_ref();
        // What is no number is not equal to itself, but is printed alike.
        other.is_some_and(|other| self == other || format!("{self:?}") == format!("{other:?}"))
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Results in an order that means nothing.
#[derive(Debug)]
pub struct Unordered<R>(pub Vec<R>);

impl<R: PartialEq> PartialEq for Unordered<R> {
    fn eq(&self, other: &Self) -> bool {
        self.0.len() == other.0.len() && self.0.iter().all(|result| other.0.contains(result))
    }
}

/// A number that any value can be sorted and chosen by. Equal values have the same, also sets and
/// maps whose order differs.
pub fn weight(value: &impl Serialize) -> u8 {
    let bytes = postcard::to_stdvec(value).unwrap();
    bytes
        .iter()
        .fold(0, |sum: u8, &byte| sum.wrapping_add(byte))
        % 8
}

/// Positions, mostly in short lists, sometimes far out.
pub fn positions() -> BoxedStrategy<usize> {
    prop_oneof![12 => 0..5usize, 2 => 5..20usize, 1 => Just(usize::MAX)].boxed()
}

/// Ranges of every form.
pub type Bounds = (Bound<usize>, Bound<usize>);

pub fn bounds() -> BoxedStrategy<Bounds> {
    let bound = || {
        prop_oneof![
            3 => positions().prop_map(Bound::Included),
            3 => positions().prop_map(Bound::Excluded),
            2 => Just(Bound::Unbounded),
        ]
    };
    let short = (0..4usize, 0..3usize)
        .prop_map(|(start, length)| (Bound::Included(start), Bound::Excluded(start + length)));
    prop_oneof![2 => short, 1 => (bound(), bound())].boxed()
}
