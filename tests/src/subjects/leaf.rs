//! Leaves: set and modify.

use proptest::prelude::*;

use crate::subject::{Outcome, Subject, done};

#[derive(Clone, Debug)]
pub enum LeafOp<T> {
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

leaves! {
    (): Just(());
    bool: any::<bool>();
    char: prop_oneof![proptest::sample::select(vec!['a', 'ä', '語', '🦀', '\0']), any::<char>()];
}
