//! Whether a commit that was moved has lost a patch.

use std::collections::{BTreeMap, BTreeSet};

use super::{Change, recorded};
use crate::{
    Shared,
    core::transform::{Commit, Work},
    schema::schema_of,
};

/// A name, what both start from, what is ordered first, what is moved over it, and whether either has
/// lost a patch: what was first, moved over what came later, and what came later.
struct Case<T: Shared>(&'static str, T, Change<T>, Change<T>, [bool; 2]);

fn check<T: Shared>(cases: impl IntoIterator<Item = Case<T>>) {
    let schema = schema_of::<T>();
    for Case(name, start, first, later, lost) in cases {
        let (first, later) = (recorded(&start, first), recorded(&start, later));
        let parse = |patches| Commit::parse(&schema, patches).unwrap();
        let (first, later) = (parse(&first), parse(&later));
        assert!(!first.has_lost() && !later.has_lost(), "{name}, at first");
        let (over, under) = later.cross(first, &mut Work::new());
        assert_eq!([under.has_lost(), over.has_lost()], lost, "{name}");
        // What is lost does not come back.
        let (over, under) = over.cross(under, &mut Work::new());
        assert!(over.has_lost() >= lost[1], "{name}, moved on");
        assert!(under.has_lost() >= lost[0], "{name}, moved on");
    }
}

#[test]
fn a_value_that_is_replaced_is_lost() {
    check([
        Case(
            "two fields",
            (1u8, 2u8),
            |w| w.set_0(3),
            |w| w.set_1(3),
            [false; 2],
        ),
        Case(
            "a sum",
            (1u8, 2u8),
            |w| w.set_0(3),
            |w| w._0_mut().add(1),
            [false; 2],
        ),
        Case(
            "a sum that is replaced",
            (1u8, 2u8),
            |w| w._0_mut().add(1),
            |w| w.set_0(3),
            [true, false],
        ),
        Case(
            "a value that is replaced",
            (1u8, 2u8),
            |w| w.set_0(4),
            |w| w.set_0(3),
            [true, false],
        ),
        Case(
            "one of two",
            (1u8, 2u8),
            |w| w.set((4, 5)),
            |w| w.set_0(3),
            [true, false],
        ),
    ]);
}

fn five() -> Vec<u32> {
    vec![1, 2, 3, 4, 5]
}

#[test]
fn an_edit_of_what_is_gone_is_lost() {
    check([
        Case(
            "inserts",
            five(),
            |w| w.insert(1, 6),
            |w| w.insert(1, 7),
            [false; 2],
        ),
        Case(
            "a push on a replaced list",
            five(),
            |w| w.set(vec![]),
            |w| w.push(7),
            [false; 2],
        ),
        Case(
            "an edit of a removed element",
            five(),
            |w| {
                w.remove(1);
            },
            |w| w.at(1).set(7),
            [false, true],
        ),
        Case(
            "an edit of another element, and of a removed one",
            five(),
            |w| {
                w.remove(1);
            },
            |w| {
                w.at(0).set(7);
                w.at(1).set(7);
                w.at(2).set(7);
            },
            [false, true],
        ),
        Case(
            "two removals of one element",
            five(),
            |w| {
                w.remove(1);
            },
            |w| {
                w.remove(1);
            },
            [true; 2],
        ),
    ]);
}

#[test]
fn what_is_left_in_part_is_not_lost() {
    check([
        Case(
            "removals that overlap",
            five(),
            |w| drop(w.drain(0..3)),
            |w| drop(w.drain(2..4)),
            [false; 2],
        ),
        Case(
            "a removal that others have done in part, piece by piece",
            five(),
            |w| {
                w.insert(2, 6);
                w.remove(1);
            },
            |w| drop(w.drain(1..4)),
            [true, false],
        ),
        Case(
            "a removal inside one that puts something in",
            five(),
            |w| drop(w.splice(1..4, [6])),
            |w| drop(w.drain(2..3)),
            [false, true],
        ),
        Case(
            "a range with something in its place",
            five(),
            |w| drop(w.drain(1..4)),
            |w| drop(w.splice(2..3, [6])),
            [false; 2],
        ),
        Case(
            "a swap with a removed element",
            five(),
            |w| w.truncate(4),
            |w| w.swap(0, 4),
            [false, true],
        ),
        Case(
            "a swap",
            five(),
            |w| w.insert(0, 6),
            |w| w.swap(0, 4),
            [false; 2],
        ),
        Case(
            "a retain",
            five(),
            |w| w.truncate(4),
            |w| w.retain(|n| n % 2 == 1),
            [false; 2],
        ),
        Case(
            "a retain of what is gone",
            five(),
            |w| w.truncate(4),
            |w| w.retain(|&n| n < 5),
            [true; 2],
        ),
        Case(
            "a sort of a replaced list",
            vec![3, 1, 2],
            |w| w.set(vec![]),
            |w| w.sort_by(Ord::cmp),
            [false, true],
        ),
    ]);
}

#[test]
fn texts_and_keys_are_lost_as_elements_are() {
    let text = || String::from("hello");
    check([
        Case(
            "an insert of nothing",
            text(),
            |w| w.push('!'),
            |w| w.insert_str(2, ""),
            [false; 2],
        ),
        Case(
            "what is in a removed range",
            text(),
            |w| w.replace_range(1..4, ""),
            |w| w.insert(2, '-'),
            [false; 2],
        ),
        Case(
            "what is removed twice",
            text(),
            |w| w.clear(),
            |w| w.replace_range(1..3, ""),
            [false, true],
        ),
        Case(
            "a replaced text",
            text(),
            |w| w.set("bye"),
            |w| w.insert(2, '-'),
            [false, true],
        ),
    ]);
    let map = || BTreeMap::from([(1u8, vec![1u8]), (2, vec![2])]);
    check([
        Case(
            "an edit under a removed key",
            map(),
            |w| {
                w.remove(&1);
            },
            |w| w.get_mut(&1).unwrap().push(2),
            [false, true],
        ),
        Case(
            "an edit under another key",
            map(),
            |w| {
                w.remove(&1);
            },
            |w| w.get_mut(&2).unwrap().push(2),
            [false; 2],
        ),
    ]);
    check([Case(
        "an element that is removed",
        BTreeSet::from([1u8]),
        |w| {
            w.insert(2);
        },
        |w| {
            w.remove(&1);
        },
        [false; 2],
    )]);
}

#[test]
fn a_commit_that_cannot_be_read_any_more_is_lost() {
    let schema = schema_of::<Vec<u8>>();
    assert!(Commit::parse_own(&schema, &[99]).has_lost());
    assert!(!Commit::parse_own(&schema, &[]).has_lost());
}
