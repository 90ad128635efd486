//! Leaves: set and modify.

use proptest::prelude::*;

use crate::subject::{Outcome, Subject, done};

#[derive(Clone, Debug)]
pub(crate) enum LeafOp<T> {
    Set(T),
    Modify(T),
}

macro_rules! leaves {
    ($($ty:ty: $values:expr;)+) => {$(
        impl Subject for $ty {
            type Op = LeafOp<Self>;

            fn values(_: u32) -> BoxedStrategy<Self> {
                $values.boxed()
            }
            fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
                prop_oneof![
                    Self::values(depth).prop_map(LeafOp::Set),
                    Self::values(depth).prop_map(LeafOp::Modify),
                ]
                .boxed()
            }
            fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
                match op {
                    LeafOp::Set(value) => done(writer.set(*value)),
                    LeafOp::Modify(new) => {
                        done(writer.modify(|value| std::mem::replace(value, *new)))
                    }
                }
            }
            fn plain(value: &mut Self, op: &Self::Op) -> Outcome {
                match op {
                    LeafOp::Set(new) => done(*value = *new),
                    LeafOp::Modify(new) => done(std::mem::replace(value, *new)),
                }
            }
        }
    )+};
}

/// Few values, so that they meet, and the borders.
macro_rules! integers {
    ($($ty:ty)+) => {
        leaves! {$(
            $ty: prop_oneof![
                4 => 0 as $ty..4,
                1 => proptest::sample::select(vec![<$ty>::MIN, <$ty>::MAX, 127]),
                1 => any::<$ty>(),
            ];
        )+}
    };
}

integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }

leaves! {
    (): Just(());
    bool: any::<bool>();
    char: prop_oneof![proptest::sample::select(vec!['a', 'ä', '語', '🦀', '\0']), any::<char>()];
    f32: prop_oneof![proptest::sample::select(vec![-0.0, f32::INFINITY, f32::MIN]), any::<f32>()];
    f64: prop_oneof![proptest::sample::select(vec![-0.0, f64::INFINITY, f64::MIN]), any::<f64>()];
}
