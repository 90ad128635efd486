//! Changes of the order, moved over others.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Case, applied, check, crossed, recorded};
use crate::{
    Shared,
    types::list::{REVERSE, ROTATE, write_positions},
};

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
        Case(
            "an edit of what replaces elements that are reversed",
            five(),
            |w| w.reverse(),
            |w| {
                w.splice(2..4, [9]);
                w.at(2).add(100);
            },
            vec![5, 109, 2, 1],
        ),
        Case(
            "an edit of what replaces elements that are sorted",
            vec![3, 1, 5, 2, 4],
            |w| w.sort_by(Ord::cmp),
            |w| {
                w.splice(1..3, [8, 9]);
                w.at(2).add(100);
            },
            vec![8, 109, 2, 3, 4],
        ),
        Case(
            "an edit of what replaces elements that a rotation parts",
            five(),
            |w| w.rotate_left(3),
            |w| {
                w.splice(2..4, [9]);
                w.at(2).add(100);
            },
            vec![5, 1, 2, 109],
        ),
        Case(
            "a rotation of what is replaced, and an edit of what it went past",
            five(),
            |w| drop(w.splice(2..4, [8, 9])),
            |w| {
                w.rotate_left(3);
                w.at(1).add(100);
            },
            vec![105, 1, 2, 8, 9],
        ),
        Case(
            "swaps that have an element in common, and an edit of another",
            five(),
            |w| w.swap(0, 1),
            |w| {
                w.swap(1, 2);
                w.at(1).add(100);
            },
            vec![103, 1, 2, 4, 5],
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
