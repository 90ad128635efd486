//! `Result`.

use proptest::prelude::*;

use crate::subject::{Outcome, Subject, done};

#[derive(Clone, Debug)]
pub enum ResultOp<T, E, InT, InE> {
    Set(Result<T, E>),
    /// On whichever it is.
    AsMut(Box<InT>, Box<InE>),
}

impl<T: Subject, E: Subject> Subject for Result<T, E> {
    type Op = ResultOp<T, E, T::Op, E::Op>;
    const UNORDERED: bool = T::UNORDERED || E::UNORDERED;
    const AS_SERDE: bool = T::AS_SERDE && E::AS_SERDE;

    fn values(depth: u32) -> BoxedStrategy<Self> {
        let inner = depth.saturating_sub(1);
        prop_oneof![
            T::values(inner).prop_map(Ok),
            E::values(inner).prop_map(Err),
        ]
        .boxed()
    }

    fn ops(depth: u32) -> BoxedStrategy<Self::Op> {
        let inner = depth.saturating_sub(1);
        prop_oneof![
            1 => Self::values(depth).prop_map(ResultOp::Set),
            3 => (T::ops(inner), E::ops(inner))
                .prop_map(|(ok, err)| ResultOp::AsMut(Box::new(ok), Box::new(err))),
        ]
        .boxed()
    }

    fn reaches_in(op: &Self::Op) -> bool {
        matches!(op, ResultOp::AsMut(..))
    }

    fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
        match op {
            ResultOp::Set(value) => done(writer.set(value.clone())),
            ResultOp::AsMut(ok, err) => match writer.as_mut() {
                Ok(mut value) => T::live(&mut value, ok),
                Err(mut value) => E::live(&mut value, err),
            },
        }
    }

    fn plain(value: &mut Self, op: &Self::Op) -> Outcome {
        match op {
            ResultOp::Set(new) => done(*value = new.clone()),
            ResultOp::AsMut(ok, err) => match value {
                Ok(value) => T::plain(value, ok),
                Err(value) => E::plain(value, err),
            },
        }
    }
}
