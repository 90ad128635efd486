//! Commits of which neither has to know of the other.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

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

type Set = HashSet<(u8, Option<char>)>;
type Sums = HashMap<u64, BTreeMap<Vec<i16>, u32>>;

#[test]
fn edits_under_two_keys_are_apart() {
    type Map = BTreeMap<String, Vec<u8>>;
    let map = || Map::from([("a".into(), vec![1]), ("b".into(), vec![2])]);
    let insert_a: Change<Map> = |w| drop(w.insert("a".into(), vec![9]));
    let insert_c: Change<Map> = |w| drop(w.insert("c".into(), vec![8]));
    let remove_a: Change<Map> = |w| drop(w.remove("a"));
    let remove_b: Change<Map> = |w| drop(w.remove("b"));
    let edit_a: Change<Map> = |w| w.get_mut("a").unwrap().push(7);
    let edit_b: Change<Map> = |w| w.get_mut("b").unwrap().push(6);
    let set: Change<Map> = |w| w.set(Map::new());
    let case = |name, one, other, are_apart| Case::<Map>(name, map(), one, other, are_apart);
    check([
        case("edits under two keys", edit_a, edit_b, true),
        case("edits under one key", edit_a, edit_a, false),
        case("an edit and another key's value", edit_a, insert_c, true),
        case("an edit and the key's value", edit_a, insert_a, false),
        case("an edit and another key's removal", edit_a, remove_b, true),
        case("an edit and the key's removal", edit_a, remove_a, false),
        case("two keys' values", insert_a, insert_c, true),
        case("one key's values", insert_a, insert_a, false),
        case("two keys' removals", remove_a, remove_b, true),
        case("one key's removals", remove_a, remove_a, false),
        case(
            "a value and another key's removal",
            insert_a,
            remove_b,
            true,
        ),
        case("a value and the key's removal", insert_a, remove_a, false),
        case("a key and the whole", edit_a, set, false),
    ]);
    let elements = || Set::from([(1, None), (2, Some('x'))]);
    check::<Set>([
        Case(
            "two elements",
            elements(),
            |w| {
                w.insert((3, None));
            },
            |w| {
                w.remove(&(1, None));
            },
            true,
        ),
        Case(
            "one element",
            elements(),
            |w| {
                w.insert((3, None));
            },
            |w| {
                w.insert((3, None));
            },
            false,
        ),
        Case(
            "an element and the whole",
            elements(),
            |w| {
                w.insert((3, None));
            },
            |w| w.clear(),
            false,
        ),
    ]);
    let sums = || Sums::from([(300, BTreeMap::from([(vec![-1], 1), (vec![], 2)]))]);
    check::<Sums>([
        Case(
            "sums under two keys of one key",
            sums(),
            |w| w.get_mut(&300).unwrap().get_mut(&vec![-1]).unwrap().add(1),
            |w| w.get_mut(&300).unwrap().get_mut(&vec![]).unwrap().set(1),
            true,
        ),
        Case(
            "sums under one key",
            sums(),
            |w| w.get_mut(&300).unwrap().get_mut(&vec![]).unwrap().add(1),
            |w| w.get_mut(&300).unwrap().get_mut(&vec![]).unwrap().sub(2),
            true,
        ),
    ]);
}

/// The elements of a set in a key may be told in any order, so different bytes may be equal keys.
#[test]
fn keys_that_hold_sets_are_not_told_apart() {
    type Map = BTreeMap<Option<BTreeSet<u8>>, u8>;
    check::<Map>([
        Case(
            "two keys",
            Map::from([(None, 1)]),
            |w| {
                w.insert(Some([1].into()), 1);
            },
            |w| {
                w.remove(&None);
            },
            false,
        ),
        Case(
            "a part of two keys",
            Map::from([(None, 1), (Some([1].into()), 2)]),
            |w| w.get_mut(&None).unwrap().set(3),
            |w| w.get_mut(&Some([1].into())).unwrap().set(4),
            false,
        ),
    ]);
    check::<BTreeSet<(u8, BTreeMap<u8, u8>)>>([Case(
        "two elements",
        BTreeSet::new(),
        |w| {
            w.insert((1, BTreeMap::new()));
        },
        |w| {
            w.insert((2, BTreeMap::new()));
        },
        false,
    )]);
    let schema = schema_of::<BTreeSet<BTreeSet<u8>>>();
    let patches: [&[u8]; 2] = [&[1, 2, 7, 8], &[2, 2, 8, 7]];
    let [inserted, removed] = patches.map(|bytes| Commit::parse(&schema, bytes).unwrap());
    assert!(!inserted.is_apart_from(&removed), "it is one element");
}
