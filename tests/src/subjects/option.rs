//! `Option`.

use proptest::prelude::*;

use crate::subject::{Outcome, Subject, attempt, done};

#[derive(Clone, Debug)]
pub enum OptionOp<T, O> {
    Set(Option<T>),
    Replace(T),
    Take,
    AsMut(Box<O>),
    TakeIf(Box<O>, bool),
    Insert(T, Box<O>),
    GetOrInsert(T, Box<O>),
    GetOrInsertWith(T, Box<O>),
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
        let op = T::ops(inner).prop_map(Box::new).boxed();
        prop_oneof![
            1 => Self::values(depth).prop_map(OptionOp::Set),
            1 => T::values(inner).prop_map(OptionOp::Replace),
            1 => Just(OptionOp::Take),
            4 => op.clone().prop_map(OptionOp::AsMut),
            1 => (op.clone(), any::<bool>()).prop_map(|(op, taken)| OptionOp::TakeIf(op, taken)),
            1 => (T::values(inner), op.clone()).prop_map(|(value, op)| OptionOp::Insert(value, op)),
            1 => (T::values(inner), op.clone())
                .prop_map(|(value, op)| OptionOp::GetOrInsert(value, op)),
            1 => (T::values(inner), op)
                .prop_map(|(value, op)| OptionOp::GetOrInsertWith(value, op)),
        ]
        .boxed()
    }

    fn reaches_in(op: &Self::Op) -> bool {
        !matches!(op, OptionOp::Set(_) | OptionOp::Replace(_) | OptionOp::Take)
    }

    fn live(writer: &mut Self::Mut<'_>, op: &Self::Op) -> Outcome {
        match op {
            OptionOp::Set(value) => done(writer.set(value.clone())),
            OptionOp::Replace(value) => done(writer.replace(value.clone())),
            OptionOp::Take => done(writer.take()),
            OptionOp::AsMut(op) => done(writer.as_mut().map(|mut value| T::live(&mut value, op))),
            OptionOp::TakeIf(op, taken) => {
                let mut outcome = None;
                let old = writer.take_if(|value| {
                    outcome = Some(attempt(|| T::live(value, op)));
                    *taken
                });
                done((old, outcome))
            }
            OptionOp::Insert(value, op) => T::live(&mut writer.insert(value.clone()), op),
            OptionOp::GetOrInsert(value, op) => {
                T::live(&mut writer.get_or_insert(value.clone()), op)
            }
            OptionOp::GetOrInsertWith(value, op) => {
                T::live(&mut writer.get_or_insert_with(|| value.clone()), op)
            }
        }
    }

    fn plain(value: &mut Self, op: &Self::Op) -> Outcome {
        match op {
            OptionOp::Set(new) => done(*value = new.clone()),
            OptionOp::Replace(new) => done(value.replace(new.clone())),
            OptionOp::Take => done(value.take()),
            OptionOp::AsMut(op) => done(value.as_mut().map(|value| T::plain(value, op))),
            OptionOp::TakeIf(op, taken) => {
                let mut outcome = None;
                let old = value.take_if(|value| {
                    outcome = Some(attempt(|| T::plain(value, op)));
                    *taken
                });
                done((old, outcome))
            }
            OptionOp::Insert(new, op) => T::plain(value.insert(new.clone()), op),
            OptionOp::GetOrInsert(new, op) | OptionOp::GetOrInsertWith(new, op) => {
                T::plain(value.get_or_insert(new.clone()), op)
            }
        }
    }
}
