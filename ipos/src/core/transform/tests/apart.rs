//! Commits of which neither has to know of the other.

use super::{Change, recorded};
use crate::{
    Shared,
    core::{Typed, commit, transform::Commit},
    cursor::Cursor,
    recorder::{Recorder, UndoLog},
    schema::schema_of,
};

/// A name, what both start from, what both do, and whether they are apart.
struct Case<T: Shared>(&'static str, T, Change<T>, Change<T>, bool);

/// Whether two commits are apart. Then their order makes no difference, and each is taken back though
/// the other stands on it.
fn check<T: Shared + PartialEq>(cases: impl IntoIterator<Item = Case<T>>) {
    let schema = schema_of::<T>();
    for Case(name, start, one, other, expected) in cases {
        let bytes = [recorded(&start, one), recorded(&start, other)];
        let [first, second] = bytes
            .each_ref()
            .map(|bytes| Commit::parse(&schema, bytes).unwrap());
        assert_eq!(first.is_apart_from(&second), expected, "{name}");
        assert_eq!(
            second.is_apart_from(&first),
            expected,
            "{name}, asked the other"
        );
        if !expected {
            continue;
        }
        for (below, above) in [(one, &bytes[1]), (other, &bytes[0])] {
            let mut typed = Typed::new(start.clone());
            let mut recorder = Recorder::default();
            below(&mut T::writer(Cursor::new(&mut typed.value, &mut recorder)));
            commit::apply(&mut typed, above, &mut UndoLog::default()).unwrap();
            commit::undo(&mut typed, recorder.undo());
            let mut alone = Typed::new(start.clone());
            commit::apply(&mut alone, above, &mut UndoLog::default()).unwrap();
            assert_eq!(typed.value, alone.value, "{name}, taken back below");
        }
    }
}

#[test]
fn sums_of_integers_are_apart() {
    check::<u8>([
        Case("two sums", 7u8, |w| w.add(1), |w| w.sub(3), true),
        Case(
            "sums that wrap together",
            250u8,
            |w| w.add(4),
            |w| w.add(5),
            true,
        ),
        Case(
            "a sum and a new value",
            7u8,
            |w| w.add(1),
            |w| w.set(9),
            false,
        ),
        Case("two new values", 7u8, |w| w.set(8), |w| w.set(9), false),
        Case(
            "a sum and a sum with a new value",
            7u8,
            |w| w.add(1),
            |w| {
                w.add(2);
                w.set(9);
            },
            false,
        ),
    ]);
    check::<i128>([Case(
        "sums",
        0i128,
        |w| w.sub(i128::MAX),
        |w| w.add(i128::MAX),
        true,
    )]);
    check::<f64>([
        // What is rounded depends on the order.
        Case(
            "sums of floats",
            0.1f64,
            |w| w.add(0.2),
            |w| w.add(1e17),
            false,
        ),
    ]);
    check::<Vec<u32>>([
        Case(
            "sums of one element",
            vec![1u32, 2],
            |w| w.at(1).add(1),
            |w| w.at(1).add(2),
            true,
        ),
        Case(
            "sums of two",
            vec![1u32, 2],
            |w| w.at(0).add(1),
            |w| w.at(1).add(2),
            true,
        ),
        Case(
            "a sum and a push",
            vec![1u32, 2],
            |w| w.at(0).add(1),
            |w| w.push(3),
            false,
        ),
    ]);
    check::<(Option<u64>, bool)>([
        Case(
            "sums in options",
            (Some(1u64), false),
            |w| w._0_mut().as_mut().unwrap().add(1),
            |w| {
                w._0_mut().as_mut().unwrap().sub(9 - 8);
                w.set_1(true);
            },
            true,
        ),
        Case(
            "a sum in an option that is taken",
            (Some(1u64), false),
            |w| w._0_mut().as_mut().unwrap().add(1),
            |w| w.set_0(None),
            false,
        ),
    ]);
}
