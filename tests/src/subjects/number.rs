//! Numbers: set, modify, and what counts from several processes at once.

use std::num::Wrapping;

use proptest::prelude::*;

use crate::subject::{Outcome, Subject, done};

#[derive(Clone, Debug)]
pub enum NumberOp<T> {
    Set(T),
    Modify(T),
    Add(T),
    Sub(T),
}

#[derive(Clone, Debug)]
pub enum IntegerOp<T> {
    Number(NumberOp<T>),
    WrappingAdd(T),
    WrappingSub(T),
}

fn number_ops<T: Subject>(depth: u32) -> BoxedStrategy<NumberOp<T>> {
    prop_oneof![
        T::values(depth).prop_map(NumberOp::Set),
        T::values(depth).prop_map(NumberOp::Modify),
        T::values(depth).prop_map(NumberOp::Add),
        T::values(depth).prop_map(NumberOp::Sub),
    ]
    .boxed()
}

/// Does an operation through a wrapper.
macro_rules! live {
    ($writer:expr, $op:expr) => {
        match $op {
            NumberOp::Set(value) => done($writer.set(*value)),
            NumberOp::Modify(new) => done($writer.modify(|value| std::mem::replace(value, *new))),
            NumberOp::Add(n) => done($writer.add(*n)),
            NumberOp::Sub(n) => done($writer.sub(*n)),
        }
    };
}

/// Does the same on the plain value, by these sums.
macro_rules! plain {
    ($value:expr, $op:expr, $add:expr, $sub:expr) => {
        match $op {
            NumberOp::Set(new) => done(*$value = *new),
            NumberOp::Modify(new) => done(std::mem::replace($value, *new)),
            NumberOp::Add(n) => done(*$value = $add(*$value, *n)),
            NumberOp::Sub(n) => done(*$value = $sub(*$value, *n)),
        }
    };
}

/// Few values, so that they meet, and the borders.
macro_rules! integers {
    ($($ty:ty)+) => {$(
        impl Subject for $ty {
            type Op = IntegerOp<Self>;

            fn values(_: u32) -> BoxedStrategy<Self> {
                prop_oneof![
                    4 => 0 as $ty..4,
                    1 => proptest::sample::select(vec![<$ty>::MIN, <$ty>::MAX, 127]),
                    1 => any::<$ty>(),
                ]
                .boxed()
            }
            fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
                prop_oneof![
                    4 => number_ops(depth).prop_map(IntegerOp::Number),
                    1 => Self::values(depth).prop_map(IntegerOp::WrappingAdd),
                    1 => Self::values(depth).prop_map(IntegerOp::WrappingSub),
                ]
                .boxed()
            }
            fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
                match op {
                    IntegerOp::Number(op) => live!(writer, op),
                    IntegerOp::WrappingAdd(n) => done(writer.wrapping_add(*n)),
                    IntegerOp::WrappingSub(n) => done(writer.wrapping_sub(*n)),
                }
            }
            fn plain(value: &mut Self, op: &Self::Op) -> Outcome {
                let add = |a: Self, b| a.checked_add(b).unwrap();
                let sub = |a: Self, b| a.checked_sub(b).unwrap();
                match op {
                    IntegerOp::Number(op) => plain!(value, op, add, sub),
                    IntegerOp::WrappingAdd(n) => done(*value = value.wrapping_add(*n)),
                    IntegerOp::WrappingSub(n) => done(*value = value.wrapping_sub(*n)),
                }
            }
        }
    )+};
}

integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

macro_rules! floats {
    ($($ty:ident, $nan:literal, $other_nan:literal;)+) => {$(
        impl Subject for $ty {
            type Op = NumberOp<Self>;

            fn values(_: u32) -> BoxedStrategy<Self> {
                let borders = vec![
                    0.0,
                    -0.0,
                    $ty::INFINITY,
                    $ty::NEG_INFINITY,
                    $ty::MIN,
                    $ty::MAX,
                    $ty::MIN_POSITIVE,
                    $ty::from_bits($nan),
                    $ty::from_bits($other_nan),
                ];
                prop_oneof![
                    2 => proptest::sample::select(borders),
                    1 => proptest::sample::select(vec![0.1, 0.2, 0.7, -1e9]),
                    1 => any::<$ty>(),
                ]
                .boxed()
            }
            fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
                number_ops(depth)
            }
            fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
                live!(writer, op)
            }
            fn plain(value: &mut Self, op: &Self::Op) -> Outcome {
                let one_nan = |sum: Self| if sum.is_nan() { $ty::from_bits($nan) } else { sum };
                plain!(value, op, |a, b| one_nan(a + b), |a, b| one_nan(a - b))
            }
        }
    )+};
}

floats! {
    f32, 0x7fc0_0000, 0xffc1_2345;
    f64, 0x7ff8_0000_0000_0000, 0xfff8_1234_5678_9abc;
}

/// Sums wrap around and never panic.
macro_rules! wrapping {
    ($($ty:ty)+) => {$(
        impl Subject for Wrapping<$ty> {
            type Op = NumberOp<Self>;

            fn values(depth: u32) -> BoxedStrategy<Self> {
                <$ty>::values(depth).prop_map(Wrapping).boxed()
            }
            fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
                number_ops(depth)
            }
            fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
                live!(writer, op)
            }
            fn plain(value: &mut Self, op: &Self::Op) -> Outcome {
                plain!(value, op, |a, b| a + b, |a, b| a - b)
            }
        }
    )+};
}

wrapping! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
