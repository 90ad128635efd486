//! Changes of several keys at once, moved over others.

use std::collections::{BTreeMap, BTreeSet};

use super::{Case, Change, check, recorded};
use crate::{
    Shared,
    core::transform::Commit,
    schema::schema_of,
    types::{map, set},
};

type Map = BTreeMap<u8, u8>;
type Set = BTreeSet<u8>;

#[test]
fn several_keys_are_changed_as_each_of_them_would_be() {
    let map = || Map::from([(1, 1), (2, 2), (3, 3)]);
    check::<Map>([
        Case(
            "keys that are put in, some of them the same",
            map(),
            |w| w.extend([(1, 10), (4, 10)]),
            |w| w.extend([(4, 20), (5, 20)]),
            Map::from([(1, 10), (2, 2), (3, 3), (4, 20), (5, 20)]),
        ),
        Case(
            "keys that are removed, and one that is put in",
            map(),
            |w| w.retain(|key, _| *key == 3),
            |w| {
                w.insert(1, 9);
            },
            Map::from([(1, 9), (3, 3)]),
        ),
        Case(
            "a key that is put in, and is removed with others",
            map(),
            |w| {
                w.insert(1, 9);
            },
            |w| w.retain(|key, _| *key == 3),
            Map::from([(3, 3)]),
        ),
        Case(
            "an edit under one of the keys that are removed",
            map(),
            |w| w.retain(|key, _| *key == 3),
            |w| w.get_mut(&1).unwrap().add(9),
            Map::from([(3, 3)]),
        ),
        Case(
            "an edit under another key",
            map(),
            |w| w.extend([(1, 10), (4, 10)]),
            |w| w.get_mut(&2).unwrap().add(9),
            Map::from([(1, 10), (2, 11), (3, 3), (4, 10)]),
        ),
    ]);
    check::<Set>([
        Case(
            "elements that are put in and removed",
            Set::from([1, 2, 3]),
            |w| w.extend([4, 5]),
            |w| w.retain(|item| *item == 3),
            Set::from([3, 4, 5]),
        ),
        Case(
            "elements that are removed twice",
            Set::from([1, 2, 3]),
            |w| w.retain(|item| *item == 3),
            |w| w.retain(|item| *item == 1),
            Set::new(),
        ),
    ]);
}

#[test]
fn several_keys_are_apart_when_each_is() {
    let map = Map::from([(1, 1), (2, 2), (3, 3)]);
    let several: Change<Map> = |w| w.extend([(1, 9), (4, 9)]);
    let cases: [(&str, Change<Map>, bool); 5] = [
        ("other keys", |w| w.retain(|key, _| *key == 1), true),
        ("one of them", |w| assert!(w.remove(&1).is_some()), false),
        (
            "an edit under another",
            |w| w.get_mut(&2).unwrap().add(1),
            true,
        ),
        (
            "an edit under one",
            |w| w.get_mut(&1).unwrap().add(1),
            false,
        ),
        ("the whole", |w| w.clear(), false),
    ];
    let schema = schema_of::<Map>();
    let mine = recorded(&map, several);
    for (name, change, expected) in cases {
        let theirs = recorded(&map, change);
        let [one, other] = [&mine, &theirs].map(|bytes| Commit::parse(&schema, bytes).unwrap());
        assert_eq!(one.is_apart_from(&other), expected, "{name}");
        assert_eq!(
            other.is_apart_from(&one),
            expected,
            "{name}, asked the other"
        );
    }
}

/// Keys that are told twice, or removed and put in at once, as no wrapper does.
#[test]
fn odd_changes_of_keys_are_taken_back() {
    let rows: [&[u8]; 4] = [
        &[5, 2, 1, 1],
        &[4, 2, 1, 7, 1, 8],
        &[6, 2, 1, 1, 3, 1, 7, 4, 7, 4, 8],
        &[6, 1, 9, 1, 1, 7],
    ];
    assert_eq!([map::INSERT_ALL, map::REMOVE_ALL, map::UPDATE], [4, 5, 6]);
    for bytes in rows {
        takes_back(&Map::from([(1, 1), (2, 2)]), bytes);
    }
    let rows: [&[u8]; 3] = [&[4, 2, 1, 1], &[3, 2, 7, 7], &[5, 3, 1, 1, 9, 3, 1, 7, 7]];
    assert_eq!([set::INSERT_ALL, set::REMOVE_ALL, set::UPDATE], [3, 4, 5]);
    for bytes in rows {
        takes_back(&BTreeSet::from([1u8, 2]), bytes);
    }
}

fn takes_back<T: Shared + PartialEq>(start: &T, bytes: &[u8]) {
    use crate::{
        core::{Typed, commit},
        recorder::UndoLog,
    };
    let (mut typed, mut undo) = (Typed::new(start.clone()), UndoLog::default());
    commit::apply(&mut typed, bytes, &mut undo).unwrap();
    assert_ne!(&typed.value, start, "{bytes:?}");
    commit::undo(&mut typed, &undo);
    assert_eq!(&typed.value, start, "{bytes:?}");
}
