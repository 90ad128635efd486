//! Two commits made on the same state: what is left of the later one, by its meaning and by what
//! both orders come to.
#![cfg(not(loom))]

mod apart;
mod events;
mod heavy;
mod keys;
mod lost;
mod numbers;
mod orders;
mod spots;

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{Commit, Work};
use crate::{
    Shared,
    core::{Typed, commit},
    cursor::Cursor,
    recorder::{Recorder, UndoLog},
    schema::schema_of,
};

/// The patches that a change of `value` records.
fn recorded<T: Shared>(value: &T, change: impl FnOnce(&mut T::Mut<'_>)) -> Vec<u8> {
    let (mut value, mut recorder) = (value.clone(), Recorder::default());
    change(&mut T::writer(Cursor::new(&mut value, &mut recorder)));
    recorder.patches().to_vec()
}

fn applied<T: Shared>(value: &T, commits: [&[u8]; 2]) -> T {
    let mut typed = Typed::new(value.clone());
    for patches in commits {
        commit::apply(&mut typed, patches, &mut UndoLog::default()).unwrap();
    }
    typed.value
}

/// `mine` as it is after `theirs`, and `theirs` as it is after `mine`.
fn crossed<T: Shared>(mine: &[u8], theirs: &[u8]) -> [Vec<u8>; 2] {
    let schema = schema_of::<T>();
    let parse = |patches| Commit::parse(&schema, patches).unwrap();
    let (mut over, mut under) = parse(mine).cross(parse(theirs), &mut Work::new());
    [over.write(mine), under.write(theirs)]
}

type Rows = Vec<Vec<u32>>;
type Change<T> = fn(&mut <T as Shared>::Mut<'_>);

/// A name, what both start from, what is ordered first, what is moved over it, and what comes of it.
struct Case<T: Shared>(&'static str, T, Change<T>, Change<T>, T);

fn check<T: Shared + PartialEq>(cases: impl IntoIterator<Item = Case<T>>) {
    for Case(name, start, theirs, mine, expected) in cases {
        let (theirs, mine) = (recorded(&start, theirs), recorded(&start, mine));
        let [over, under] = crossed::<T>(&mine, &theirs);
        assert_eq!(applied(&start, [&theirs, &over]), expected, "{name}");
        assert_eq!(
            applied(&start, [&mine, &under]),
            expected,
            "{name}, in the other order"
        );
    }
}

#[test]
fn an_edit_of_a_list_does_what_it_was_meant_to() {
    let rows = || vec![vec![1], vec![2], vec![3]];
    check::<Rows>([
        Case(
            "an edit while an earlier element is removed",
            rows(),
            |w| {
                w.remove(0);
            },
            |w| w.at(2).push(9),
            vec![vec![2], vec![3, 9]],
        ),
        Case(
            "an edit while one is inserted before",
            rows(),
            |w| w.insert(0, vec![]),
            |w| w.at(0).push(9),
            vec![vec![], vec![1, 9], vec![2], vec![3]],
        ),
        Case(
            "an edit of a removed element",
            rows(),
            |w| {
                w.remove(1);
            },
            |w| w.at(1).push(9),
            vec![vec![1], vec![3]],
        ),
        Case(
            "an edit of a replaced list",
            rows(),
            |w| w.set(vec![vec![7]]),
            |w| w.at(0).push(9),
            vec![vec![7]],
        ),
        Case(
            "an edit in a list that is sorted",
            rows(),
            |w| w.sort_by(|a, b| b.cmp(a)),
            |w| w.at(0).push(9),
            vec![vec![3], vec![2], vec![1, 9]],
        ),
        Case(
            "an edit of a swapped element",
            rows(),
            |w| w.swap(0, 2),
            |w| w.at(0).push(9),
            vec![vec![3], vec![2], vec![1, 9]],
        ),
        Case(
            "an edit of what is retained",
            rows(),
            |w| w.retain(|row| row[0] != 2),
            |w| w.at(2).push(9),
            vec![vec![1], vec![3, 9]],
        ),
        Case(
            "an edit inside an edited element",
            rows(),
            |w| w.at(1).insert(0, 8),
            |w| {
                w.at(1).pop();
            },
            vec![vec![1], vec![8], vec![3]],
        ),
    ]);
}

#[test]
fn a_change_of_a_list_does_what_it_was_meant_to() {
    let five = || vec![1, 2, 3, 4, 5];
    check::<Vec<u32>>([
        Case(
            "two inserts at one place",
            five(),
            |w| w.insert(2, 8),
            |w| w.insert(2, 9),
            vec![1, 2, 8, 9, 3, 4, 5],
        ),
        Case(
            "two pushes",
            five(),
            |w| w.push(8),
            |w| w.push(9),
            vec![1, 2, 3, 4, 5, 8, 9],
        ),
        Case(
            "a push and a removal",
            five(),
            |w| {
                w.pop();
            },
            |w| w.push(9),
            vec![1, 2, 3, 4, 9],
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
            vec![1, 3, 4, 5],
        ),
        Case(
            "removals that overlap",
            five(),
            |w| drop(w.drain(1..3)),
            |w| drop(w.drain(2..4)),
            vec![1, 5],
        ),
        Case(
            "an insert inside a removed range",
            five(),
            |w| drop(w.drain(1..4)),
            |w| w.insert(2, 9),
            vec![1, 9, 5],
        ),
        Case(
            "a removal around an insert",
            five(),
            |w| w.insert(2, 9),
            |w| drop(w.drain(1..4)),
            vec![1, 9, 5],
        ),
        Case(
            "a removal while a sort goes on",
            vec![3, 1, 2],
            |w| w.sort_by(Ord::cmp),
            |w| {
                w.remove(0);
            },
            vec![1, 2],
        ),
        Case(
            "a sort while one is removed",
            vec![3, 1, 2],
            |w| {
                w.remove(1);
            },
            |w| w.sort_by(Ord::cmp),
            vec![2, 3],
        ),
        Case(
            "a retain while one is inserted",
            five(),
            |w| w.insert(0, 2),
            |w| w.retain(|n| n % 2 == 1),
            vec![2, 1, 3, 5],
        ),
    ]);
}

/// A case that cannot be told the other way round: what is ordered first leaves no trace of the place.
type Lossy = (
    &'static str,
    Change<Vec<u32>>,
    Change<Vec<u32>>,
    &'static [u32],
);

#[test]
fn what_has_lost_its_place_is_left_out() {
    let five = vec![1u32, 2, 3, 4, 5];
    let cases: [Lossy; 5] = [
        (
            "a swap against a removal",
            |w| {
                w.remove(0);
            },
            |w| w.swap(0, 4),
            &[2, 3, 4, 5],
        ),
        (
            "a removed range while two are swapped",
            |w| w.swap(0, 4),
            |w| w.truncate(w.len() - 3),
            &[2, 1],
        ),
        (
            "a push on a replaced list",
            |w| w.set(vec![7]),
            |w| w.push(9),
            &[7, 9],
        ),
        (
            "a removal in a replaced list",
            |w| w.set(vec![7]),
            |w| {
                w.remove(0);
            },
            &[7],
        ),
        (
            "a sort of a replaced list",
            |w| w.set(vec![7, 6]),
            |w| w.sort_by(|a, b| b.cmp(a)),
            &[7, 6],
        ),
    ];
    for (name, theirs, mine, expected) in cases {
        let (theirs, mine) = (recorded(&five, theirs), recorded(&five, mine));
        let [over, _] = crossed::<Vec<u32>>(&mine, &theirs);
        assert_eq!(applied(&five, [&theirs, &over]), expected, "{name}");
    }
    let unsorted = vec![3u32, 1, 2];
    let (theirs, mine) = (
        recorded(&unsorted, |w| w.push(0)),
        recorded(&unsorted, |w| w.sort_by(Ord::cmp)),
    );
    let [over, _] = crossed::<Vec<u32>>(&mine, &theirs);
    assert_eq!(
        applied(&unsorted, [&theirs, &over]),
        [1, 2, 3, 0],
        "a sort against a push"
    );
}

#[test]
fn an_edit_of_a_text_does_what_it_was_meant_to() {
    let text = || String::from("hello world");
    check::<String>([
        Case(
            "an insert behind an insert",
            text(),
            |w| w.insert_str(0, "oh, "),
            |w| w.insert_str(5, "!"),
            "oh, hello! world".into(),
        ),
        Case(
            "two inserts at one place",
            text(),
            |w| w.insert_str(5, "A"),
            |w| w.insert_str(5, "B"),
            "helloAB world".into(),
        ),
        Case(
            "two writers at the end",
            text(),
            |w| w.push_str("A"),
            |w| w.insert_str(11, "B"),
            "hello worldAB".into(),
        ),
        Case(
            "a removal around an insert",
            text(),
            |w| w.insert_str(5, "!"),
            |w| w.replace_range(2..8, ""),
            "he!rld".into(),
        ),
        Case(
            "removals that overlap",
            text(),
            |w| w.replace_range(0..6, ""),
            |w| w.replace_range(4..8, ""),
            "rld".into(),
        ),
        Case(
            "an insert of several bytes before an edit",
            text(),
            |w| w.insert_str(0, "äöü"),
            |w| w.replace_range(6..11, "you"),
            "äöühello you".into(),
        ),
    ]);
}

#[test]
fn an_edit_under_a_key_or_in_an_option_does_what_it_was_meant_to() {
    let map = || BTreeMap::from([(1, vec![1]), (2, vec![2])]);
    check::<BTreeMap<u32, Vec<u32>>>([
        Case(
            "an edit under a removed key",
            map(),
            |w| {
                w.remove(&1);
            },
            |w| w.entry(1).or_default().push(9),
            BTreeMap::from([(2, vec![2])]),
        ),
        Case(
            "an edit of a replaced value",
            map(),
            |w| {
                w.insert(1, vec![7]);
            },
            |w| w.entry(1).or_default().push(9),
            BTreeMap::from([(1, vec![7]), (2, vec![2])]),
        ),
        Case(
            "edits under two keys",
            map(),
            |w| w.entry(1).or_default().push(8),
            |w| w.entry(2).or_default().push(9),
            BTreeMap::from([(1, vec![1, 8]), (2, vec![2, 9])]),
        ),
    ]);
    check::<Option<Vec<u32>>>([Case(
        "an edit of what is taken",
        Some(vec![1]),
        |w| {
            w.take();
        },
        |w| w.as_mut().unwrap().push(9),
        None,
    )]);
}

/// An edit of a list by positions that are made to fit.
#[derive(Clone, Copy, Debug)]
enum Edit {
    Push,
    Insert(usize),
    Remove(usize),
    Splice(usize, usize, u32),
    Retain(u32),
}

fn edits() -> impl Strategy<Value = Vec<Edit>> {
    let edit = prop_oneof![
        Just(Edit::Push),
        any::<usize>().prop_map(Edit::Insert),
        any::<usize>().prop_map(Edit::Remove),
        (any::<usize>(), any::<usize>(), 0..3u32)
            .prop_map(|(at, length, items)| Edit::Splice(at, length, items)),
        (2..4u32).prop_map(Edit::Retain),
    ];
    prop::collection::vec(edit, 1..4)
}

/// Makes the edits with new values from `fresh` on, so that values tell elements apart.
fn make(edits: &[Edit], mut fresh: u32, w: &mut <Vec<u32> as Shared>::Mut<'_>) {
    for &edit in edits {
        let length = w.len();
        match edit {
            Edit::Push => w.push(fresh),
            Edit::Insert(at) => w.insert(at % (length + 1), fresh),
            Edit::Remove(at) => {
                if length > 0 {
                    w.remove(at % length);
                }
            }
            Edit::Splice(at, removed, items) => {
                let at = at % (length + 1);
                w.splice(at..at + removed % (length - at + 1), fresh..fresh + items);
            }
            Edit::Retain(n) => w.retain(|item| item % n != 0),
        }
        fresh += 3;
    }
}

proptest! {
    /// Both writers' insertions are kept, what either removed is gone, and nothing is there twice.
    #[test]
    fn both_writers_of_a_list_get_what_they_did(
        length in 0..8u32,
        mine in edits(),
        theirs in edits(),
    ) {
        let start: Vec<u32> = (0..length).collect();
        let mine_bytes = recorded(&start, |w| make(&mine, 100, w));
        let theirs_bytes = recorded(&start, |w| make(&theirs, 200, w));
        let [over, under] = crossed::<Vec<u32>>(&mine_bytes, &theirs_bytes);
        let mut both = applied(&start, [&theirs_bytes, &over]);
        prop_assert_eq!(&both, &applied(&start, [&mine_bytes, &under]), "in either order");
        let alone = |bytes: &[u8]| applied(&start, [bytes, &[]]);
        let (after_mine, after_theirs) = (alone(&mine_bytes), alone(&theirs_bytes));
        let mut expected: Vec<u32> = Vec::new();
        expected.extend(start.iter().filter(|n| after_mine.contains(n) && after_theirs.contains(n)));
        expected.extend(after_mine.iter().filter(|n| !start.contains(n)));
        expected.extend(after_theirs.iter().filter(|n| !start.contains(n)));
        let order: Vec<u32> = both.iter().copied().filter(|n| after_mine.contains(n)).collect();
        let own: Vec<u32> = after_mine.iter().copied().filter(|n| both.contains(n)).collect();
        prop_assert_eq!(order, own, "each writer's order is kept");
        both.sort_unstable();
        expected.sort_unstable();
        prop_assert_eq!(both, expected);
    }

    /// What a peer may send does not make moving panic or hang.
    #[test]
    fn moving_bears_any_positions(
        mine in prop::collection::vec((0usize..13, any::<usize>(), any::<usize>()), 1..4),
        theirs in edits(),
    ) {
        let mut bytes = Vec::new();
        for (operation, a, b) in mine {
            use crate::types::list::{self, write_numbers, write_positions};
            match operation {
                list::REMOVE => write_positions(&mut bytes, operation, &[a]),
                list::SPLICE => write_positions(&mut bytes, operation, &[a, b, 0]),
                list::RETAIN => write_numbers(&mut bytes, operation, &[a, b, a, b]),
                list::PERMUTE => write_numbers(&mut bytes, operation, &[1, 0]),
                list::PUSH => write_positions(&mut bytes, operation, &[a, 7]),
                list::FIRST => write_positions(&mut bytes, operation, &[1, 7]),
                list::INSERT_ALL => write_positions(&mut bytes, operation, &[a, 2, 7, 8]),
                list::REMOVE_ALL => write_positions(&mut bytes, operation, &[a, b]),
                _ => write_positions(&mut bytes, list::SWAP, &[a, b]),
            }
        }
        let theirs = recorded(&vec![1, 2, 3, 4, 5, 6], |w| make(&theirs, 200, w));
        crossed::<Vec<u32>>(&bytes, &theirs);
        let sort = recorded(&vec![3, 1, 2], |w| w.sort_by(Ord::cmp));
        crossed::<Vec<u32>>(&bytes, &sort);
        crossed::<Vec<u32>>(&sort, &bytes);
    }
}
