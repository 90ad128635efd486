//! Numbers of all types, with and without the type: the same bits come of the same patches, and what
//! is taken back was never there.

use crate::{
    Shared,
    core::{
        State, Typed, Untyped,
        commit::{self, Applied},
    },
    recorder::UndoLog,
    types::number::{ADD, Number, SUB},
    wire::put_length,
};

fn encoded(state: &dyn State) -> Vec<u8> {
    let mut bytes = Vec::new();
    state.encode(&mut bytes);
    bytes
}

/// What the operation makes of a value, and that undoing it gives the value again.
fn made(state: &mut dyn State, patch: &[u8]) -> Vec<u8> {
    let before = encoded(state);
    let mut undo = UndoLog::default();
    let applied = commit::apply(state, patch, &mut undo);
    assert_eq!(applied, Ok(Applied::Whole), "{patch:?}");
    let after = encoded(state);
    commit::undo(state, &undo);
    assert_eq!(encoded(state), before, "{patch:?} is undone");
    after
}

/// Adds to and subtracts from each value each other; `sums` are what must come of it.
fn check<T: Number>(values: &[T], sums: [fn(T, T) -> T; 2]) {
    for &value in values {
        let mut typed = Typed::new(value);
        let schema = typed.schema().clone();
        let mut untyped = Untyped::from_bytes(encoded(&typed), schema.clone()).unwrap();
        for &n in values {
            for (operation, sum) in [ADD, SUB].into_iter().zip(sums) {
                let mut patch = Vec::new();
                put_length(&mut patch, operation);
                n.encode_term(&mut patch);
                let expected = encoded(&Typed::new(sum(value, n)));
                let case = format!("{value:?}, operation {operation} of {n:?}");
                assert_eq!(made(&mut typed, &patch), expected, "{case}");
                assert_eq!(made(&mut untyped, &patch), expected, "{case}, by schema");
                assert_eq!(schema.check_patches(&patch), Ok(()), "{case}, read over");
                patch.pop();
                commit::apply(&mut typed, &patch, &mut UndoLog::default()).unwrap_err();
                schema.check_patches(&patch).unwrap_err();
            }
        }
    }
}

macro_rules! integers {
    ($($ty:ident)+) => {$(
        let mut values = vec![$ty::MIN, $ty::MAX, 0, 1, 63, 64, 127, $ty::MAX / 2, $ty::MIN / 2];
        values.push(!0);
        check::<$ty>(&values, [$ty::wrapping_add, $ty::wrapping_sub]);
    )+};
}

macro_rules! floats {
    ($($ty:ident, $nan:literal, $other_nan:literal;)+) => {$(
        /// The sum, with the one NaN that sums have.
        fn $ty(sum: $ty) -> $ty {
            if sum.is_nan() { $ty::from_bits($nan) } else { sum }
        }
        let values = [
            0.0, -0.0, 0.1, 0.7, -1e30, $ty::INFINITY, $ty::NEG_INFINITY, $ty::MIN, $ty::MAX,
            $ty::MIN_POSITIVE, $ty::from_bits($nan), $ty::from_bits($other_nan),
        ];
        check::<$ty>(&values, [|a, b| $ty(a + b), |a, b| $ty(a - b)]);
    )+};
}

#[test]
fn a_sum_is_the_same_with_and_without_the_type() {
    integers! { u8 u16 u32 u64 u128 usize i8 i16 i32 i64 i128 isize }
    floats! {
        f32, 0x7fc0_0000, 0xffc1_2345;
        f64, 0x7ff8_0000_0000_0000, 0xfff8_1234_5678_9abc;
    }
}

#[test]
fn what_is_no_number_is_not_added_to() {
    fn refused<T: Shared>(value: T) {
        let mut typed = Typed::new(value);
        let schema = typed.schema().clone();
        let mut untyped = Untyped::from_bytes(encoded(&typed), schema.clone()).unwrap();
        for operation in [ADD, SUB, 3] {
            let mut patch = vec![u8::try_from(operation).unwrap()];
            patch.extend(encoded(&typed));
            commit::apply(&mut typed, &patch, &mut UndoLog::default()).unwrap_err();
            commit::apply(&mut untyped, &patch, &mut UndoLog::default()).unwrap_err();
            schema.check_patches(&patch).unwrap_err();
        }
    }
    refused(());
    refused(true);
    refused('a');
}
