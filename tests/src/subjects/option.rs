//! `Option`.

use proptest::prelude::*;

use crate::subject::{Outcome, Subject, done};

#[derive(Clone, Debug)]
pub enum OptionOp<T, O> {
    Set(Option<T>),
    Replace(T),
    Take,
    AsMut(Box<O>),
}

impl<T: Subject> Subject for Option<T> {
    type Op = OptionOp<T, T::Op>;
    const UNORDERED: bool = T::UNORDERED;
    const AS_SERDE: bool = T::AS_SERDE;

    fn values(depth: u32) -> BoxedStrategy<Self> {
        let Some(inner) = depth.checked_sub(1) else {
            return Just(None).boxed();
        };
        prop_oneof![1 => Just(None), 3 => T::values(inner).prop_map(Some)].boxed()
    }

    fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
        let Some(inner) = depth.checked_sub(1) else {
            return prop_oneof![Just(OptionOp::Set(None)), Just(OptionOp::Take)].boxed();
        };
        prop_oneof![
            1 => Self::values(depth).prop_map(OptionOp::Set),
            1 => T::values(inner).prop_map(OptionOp::Replace),
            1 => Just(OptionOp::Take),
            4 => T::ops(inner).prop_map(|op| OptionOp::AsMut(Box::new(op))),
        ]
        .boxed()
    }

    fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
        match op {
            OptionOp::Set(value) => done(writer.set(value.clone())),
            OptionOp::Replace(value) => done(writer.replace(value.clone())),
            OptionOp::Take => done(writer.take()),
            OptionOp::AsMut(op) => done(writer.as_mut().map(|mut value| T::live(&mut value, op))),
        }
    }

    fn plain(value: &mut Self, op: &Self::Op) -> Outcome {
        match op {
            OptionOp::Set(new) => done(*value = new.clone()),
            OptionOp::Replace(new) => done(value.replace(new.clone())),
            OptionOp::Take => done(value.take()),
            OptionOp::AsMut(op) => done(value.as_mut().map(|value| T::plain(value, op))),
        }
    }
}
