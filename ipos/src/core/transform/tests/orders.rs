//! Rotations, reversals and changes of several keys at once, moved over others.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;

use super::{Case, Change, applied, check, crossed, recorded};
use crate::{
    Shared,
    core::transform::Commit,
    schema::schema_of,
    types::{
        list::{REVERSE, ROTATE, write_positions},
        map, set,
    },
};

type Map = BTreeMap<u8, u8>;
type Set = BTreeSet<u8>;

fn five() -> Vec<u32> {
    vec![1, 2, 3, 4, 5]
}

#[test]
fn a_rotation_and_a_reversal_do_what_they_were_meant_to() {
    check::<Vec<u32>>([
        Case(
            "two rotations",
            five(),
            |w| w.rotate_left(1),
            |w| w.rotate_left(2),
            vec![4, 5, 1, 2, 3],
        ),
        Case(
            "two reversals",
            five(),
            |w| w.reverse(),
            |w| w.reverse(),
            five(),
        ),
        Case(
            "a rotation of what is reversed",
            five(),
            |w| w.reverse(),
            |w| w.rotate_left(1),
            vec![1, 5, 4, 3, 2],
        ),
        Case(
            "a reversal of what is rotated",
            five(),
            |w| w.rotate_left(1),
            |w| w.reverse(),
            vec![1, 5, 4, 3, 2],
        ),
        Case(
            "a rotation of what is swapped",
            five(),
            |w| w.swap(0, 4),
            |w| w.rotate_right(1),
            vec![1, 5, 2, 3, 4],
        ),
        Case(
            "a swap in what is reversed",
            five(),
            |w| w.reverse(),
            |w| w.swap(0, 1),
            vec![5, 4, 3, 1, 2],
        ),
        Case(
            "a reversal while one is removed",
            five(),
            |w| {
                w.remove(1);
            },
            |w| w.reverse(),
            vec![5, 4, 3, 1],
        ),
        Case(
            "a removal from what is rotated",
            five(),
            |w| w.rotate_left(2),
            |w| drop(w.drain(1..3)),
            vec![4, 5, 1],
        ),
        Case(
            "a push behind what is reversed",
            five(),
            |w| w.reverse(),
            |w| w.push(9),
            vec![5, 4, 3, 2, 1, 9],
        ),
        Case(
            "a reversal while one is pushed",
            five(),
            |w| w.push(9),
            |w| w.reverse(),
            vec![5, 4, 3, 2, 1, 9],
        ),
    ]);
}

#[test]
fn what_is_meant_for_an_element_finds_it_in_another_order() {
    check::<Vec<u32>>([
        Case(
            "a retain of what is rotated",
            five(),
            |w| w.rotate_left(2),
            |w| w.retain(|n| n % 2 == 1),
            vec![3, 5, 1],
        ),
        Case(
            "an edit of an element that is rotated",
            five(),
            |w| w.rotate_left(2),
            |w| w.at(0).set(9),
            vec![3, 4, 5, 9, 2],
        ),
        Case(
            "an edit of an element that is reversed",
            five(),
            |w| w.reverse(),
            |w| w.at(0).add(9),
            vec![5, 4, 3, 2, 10],
        ),
    ]);
}

#[test]
fn an_array_s_order_is_carried_as_a_list_s() {
    check::<[u32; 3]>([
        Case(
            "an edit of a rotated array",
            [1u32, 2, 3],
            |w| w.rotate_left(1),
            |w| w.at(0).set(9),
            [2, 3, 9],
        ),
        Case(
            "a swap in a reversed array",
            [1u32, 2, 3],
            |w| w.reverse(),
            |w| w.swap(0, 1),
            [3, 1, 2],
        ),
    ]);
}

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

/// A change of the order, or of elements at places that are made to fit.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Rotate(usize),
    Reverse,
    Push,
    Insert(usize),
    Remove(usize),
    /// From a place on so many elements are replaced by so many.
    Replace(usize, usize, u32),
    Retain(u32),
    Sort,
    Swap(usize, usize),
    /// An edit of an element, which shows where it lands.
    Mark(usize),
}

/// Which edits there are beside rotations, reversals, sorts and edits of elements. Swaps leave no trace of the
/// places when an element is removed, so what comes of them depends on the order.
#[derive(Clone, Copy, PartialEq)]
enum Others {
    Swaps,
    SwapsAndInsertions,
    Places,
    PlacesAndSwaps,
}

/// What a mark adds.
const MARK: u32 = 1000;

fn edits(kind: Others) -> BoxedStrategy<Vec<Edit>> {
    let order = prop_oneof![
        any::<usize>().prop_map(Edit::Rotate),
        Just(Edit::Reverse),
        Just(Edit::Sort),
    ]
    .boxed();
    let order = prop_oneof![order, any::<usize>().prop_map(Edit::Mark)].boxed();
    let insertions = prop_oneof![Just(Edit::Push), any::<usize>().prop_map(Edit::Insert)].boxed();
    let removals = prop_oneof![
        any::<usize>().prop_map(Edit::Remove),
        (any::<usize>(), any::<usize>(), 0..4u32)
            .prop_map(|(at, removed, items)| Edit::Replace(at, removed, items)),
        (2..4u32).prop_map(Edit::Retain),
    ]
    .boxed();
    let swaps = any::<(usize, usize)>().prop_map(|(a, b)| Edit::Swap(a, b));
    let edit = match kind {
        Others::Swaps => prop_oneof![order, swaps].boxed(),
        Others::SwapsAndInsertions => prop_oneof![order, swaps, insertions].boxed(),
        Others::Places => prop_oneof![order, insertions, removals].boxed(),
        Others::PlacesAndSwaps => prop_oneof![order, insertions, removals, swaps].boxed(),
    };
    prop::collection::vec(edit, 1..4).boxed()
}

fn make(edits: &[Edit], fresh: u32, w: &mut <Vec<u32> as Shared>::Mut<'_>) {
    for (&edit, fresh) in edits.iter().zip((fresh..).step_by(4)) {
        let length = w.len();
        match edit {
            Edit::Push => w.push(fresh),
            Edit::Insert(at) => w.insert(at % (length + 1), fresh),
            _ if length == 0 => {}
            Edit::Rotate(places) => w.rotate_left(places % length),
            Edit::Reverse => w.reverse(),
            Edit::Remove(at) => drop(w.remove(at % length)),
            Edit::Replace(at, removed, items) => {
                let at = at % length;
                w.splice(at..=at + removed % (length - at), fresh..fresh + items);
            }
            Edit::Retain(n) => w.retain(|item| item % MARK % n > 0),
            Edit::Sort => w.sort_by_key(|item| item % 5),
            Edit::Mark(at) => w.at(at % length).add(MARK),
            Edit::Swap(a, b) => w.swap(a % length, b % length),
        }
    }
}

/// Two commits come to the same in either order of arrival, and each does to all elements what it does alone.
fn in_either_order(length: u32, mine: &[Edit], theirs: &[Edit]) {
    let start: Vec<u32> = (0..length).collect();
    let mine = recorded(&start, |w| make(mine, 100, w));
    let theirs = recorded(&start, |w| make(theirs, 200, w));
    let [over, under] = crossed::<Vec<u32>>(&mine, &theirs);
    let both = applied(&start, [&theirs, &over]);
    assert_eq!(both, applied(&start, [&mine, &under]), "in either order");
    let [mine, theirs] = [&mine, &theirs].map(|bytes| marks(&applied(&start, [bytes, &[]])));
    let start = marks(&start);
    let mut expected = BTreeMap::new();
    for (&element, mark) in mine.iter().chain(&theirs) {
        let is_old = start.contains_key(&element);
        if !is_old || mine.contains_key(&element) && theirs.contains_key(&element) {
            *expected.entry(element).or_default() += mark;
        }
    }
    assert_eq!(both.len(), expected.len(), "nothing is doubled: {both:?}");
    assert_eq!(marks(&both), expected);
}

/// The elements, and how often each was marked.
fn marks(list: &[u32]) -> BTreeMap<u32, u32> {
    let elements = list.iter();
    elements.map(|item| (item % MARK, item / MARK)).collect()
}

proptest! {
    /// Rotations and reversals count whatever others do to the order, and come to the same in either
    /// order of arrival, as swaps and sorts do.
    #[test]
    fn orders_meet_orders(
        length in 0..8u32,
        mine in edits(Others::Swaps),
        theirs in edits(Others::Swaps),
    ) {
        in_either_order(length, &mine, &theirs);
    }

    /// The same while others put something in.
    #[test]
    fn orders_meet_insertions(
        length in 0..8u32,
        mine in edits(Others::SwapsAndInsertions),
        theirs in edits(Others::SwapsAndInsertions),
    ) {
        in_either_order(length, &mine, &theirs);
    }

    /// No element is lost or doubled by a change of the order that meets other changes, and what is made on
    /// top of either lands where it was meant to.
    #[test]
    fn orders_lose_nothing(
        length in 0..8u32,
        mine in edits(Others::Places),
        theirs in edits(Others::Places),
    ) {
        in_either_order(length, &mine, &theirs);
    }

    /// What a peer may send does not make moving panic, hang or take much memory.
    #[test]
    fn moving_bears_any_orders(length: usize, middle: usize, is_reversed: bool, theirs in edits(Others::PlacesAndSwaps)) {
        let mut bytes = Vec::new();
        if is_reversed {
            write_positions(&mut bytes, REVERSE, &[length]);
        } else {
            write_positions(&mut bytes, ROTATE, &[length, middle.min(length)]);
        }
        let start = vec![1, 2, 3, 4, 5, 6];
        let theirs = recorded(&start, |w| make(&theirs, 200, w));
        crossed::<Vec<u32>>(&bytes, &theirs);
        crossed::<Vec<u32>>(&theirs, &bytes);
        let retain = recorded(&start, |w| w.retain(|n| n % 3 > 0));
        crossed::<Vec<u32>>(&bytes, &retain);
        crossed::<Vec<u32>>(&retain, &bytes);
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
