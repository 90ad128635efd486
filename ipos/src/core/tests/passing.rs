//! A confirmed commit is applied on top of pending ones, as if it had come before them.

use proptest::{collection::vec, prelude::*};

use crate::{
    Shared,
    core::{ObjectId, PeerId, Replica, Typed, commit},
    cursor::Cursor,
    recorder::{Recorder, UndoLog},
};

type Rows = Vec<Vec<u32>>;
type Writer<'a> = <Rows as Shared>::Mut<'a>;
type Made = fn(&mut Writer<'_>);

fn rows() -> Rows {
    vec![vec![1], vec![2], vec![3], vec![4]]
}

fn applied(value: &Rows, patches: &[u8]) -> Rows {
    let mut typed = Typed::new(value.clone());
    commit::apply(&mut typed, patches, &mut UndoLog::default()).unwrap();
    typed.value
}

fn value_of(state: &dyn std::any::Any) -> &Rows {
    &state.downcast_ref::<Typed<Rows>>().unwrap().value
}

/// Makes pending commits, applies a confirmed one that was made on the same state, and gives whether
/// the pending ones stayed as they were. What is confirmed is then what it is where nothing is
/// pending, and what is shown is that with the pending ones done on it.
fn meet<P: FnOnce(&mut Writer<'_>)>(
    start: &Rows,
    pending: impl IntoIterator<Item = P>,
    theirs: impl FnOnce(&mut Writer<'_>),
) -> bool {
    let object = ObjectId {
        creator: PeerId::HOST,
        number: 0,
    };
    let mut replica = Replica::new(object, 0, Box::new(Typed::new(start.clone())));
    for (number, change) in (1..).zip(pending) {
        let (state, recorder) = replica.parts();
        let typed: &mut Typed<Rows> = state.as_any_mut().downcast_mut().unwrap();
        change(&mut Rows::writer(Cursor::new(&mut typed.value, recorder)));
        replica.commit_pending(number, false);
    }
    let (mut there, mut recorder) = (start.clone(), Recorder::default());
    theirs(&mut Rows::writer(Cursor::new(&mut there, &mut recorder)));
    replica
        .apply_confirmed([(1, PeerId::HOST, recorder.patches())])
        .unwrap();
    let forms: Vec<_> = replica
        .pending_forms()
        .map(|(_, form)| form.to_vec())
        .collect();
    let shown = value_of(replica.state().as_any()).clone();
    let expected = forms
        .iter()
        .fold(there.clone(), |value, form| applied(&value, form));
    assert_eq!(shown, expected, "what is shown");
    let (confirmed, is_moved) = replica.into_confirmed();
    assert_eq!(value_of(confirmed.as_any()), &there, "what is confirmed");
    !is_moved
}

/// A name, a pending change, a confirmed one, and whether the pending one stays.
type Case = (&'static str, Made, Made, bool);

#[test]
fn an_edit_of_an_element_passes_what_only_moves_it() {
    let edit_2: Made = |w| w.at(2).push(9);
    let cases: [Case; 21] = [
        ("a push", |w| w.push(vec![5]), edit_2, true),
        ("two pushes", |w| w.extend([vec![5], vec![6]]), edit_2, true),
        ("an insert", |w| w.insert(0, vec![5]), edit_2, true),
        ("an insert there", |w| w.insert(2, vec![5]), edit_2, true),
        ("another's removal", |w| drop(w.remove(1)), edit_2, true),
        ("its removal", |w| drop(w.remove(2)), edit_2, false),
        (
            "a replaced run",
            |w| drop(w.splice(0..2, [vec![5]])),
            edit_2,
            true,
        ),
        (
            "a replaced run with it",
            |w| drop(w.splice(0..3, [vec![5]])),
            edit_2,
            false,
        ),
        ("a swap", |w| w.swap(0, 3), edit_2, true),
        ("a swap of it", |w| w.swap(2, 0), edit_2, true),
        ("a sort", |w| w.sort_by(|a, b| b.cmp(a)), edit_2, true),
        (
            "a retain before it",
            |w| w.retain(|row| row[0] > 2),
            edit_2,
            true,
        ),
        (
            "a retain behind it",
            |w| w.retain(|row| row[0] < 4),
            edit_2,
            true,
        ),
        (
            "a retain around it",
            |w| w.retain(|row| row[0] == 1 || row[0] == 3),
            edit_2,
            false,
        ),
        (
            "a retain without it",
            |w| w.retain(|row| row[0] != 3),
            edit_2,
            false,
        ),
        ("a new list", |w| w.set(vec![vec![5]; 4]), edit_2, false),
        (
            "moved twice, and another is edited",
            |w| {
                w.insert(0, vec![5]);
                w.swap(3, 1);
                w.at(0).push(6);
                w.at(2).clear();
            },
            edit_2,
            true,
        ),
        (
            "moved, and edited itself",
            |w| {
                w.insert(0, vec![5]);
                w.at(3).push(6);
            },
            edit_2,
            false,
        ),
        (
            "an edit of the moved",
            |w| w.at(2).push(6),
            |w| w.insert(0, vec![]),
            false,
        ),
        (
            "an edit of what is not there yet",
            |w| w.push(vec![5]),
            |w| {
                w.push(vec![7]);
                w.at(4).push(8);
            },
            false,
        ),
        (
            "inside an element, an edit of a moved one",
            |w| w.at(2).insert(0, 5),
            |w| w.at(2).at(0).add(9),
            true,
        ),
    ];
    for (name, pending, theirs, stays) in cases {
        assert_eq!(meet(&rows(), [pending], theirs), stays, "{name}");
    }
}

#[test]
fn it_passes_all_that_are_pending_or_none() {
    let insert: Made = |w| w.insert(1, vec![5]);
    let remove: Made = |w| drop(w.remove(0));
    let edit: Made = |w| w.at(3).set(vec![8]);
    let several: Made = |w| {
        w.at(1).push(9);
        w.at(2).at(0).sub(3);
        w.at(1).push(10);
    };
    let cases: [(&str, Vec<Made>, bool); 5] = [
        ("inserts", vec![insert, insert, insert], true),
        (
            "an insert and a removal of another",
            vec![insert, remove, insert],
            true,
        ),
        ("removals until it is gone", vec![remove, remove], false),
        (
            "an insert, and an edit of another",
            vec![insert, insert, insert, edit],
            true,
        ),
        (
            "an insert, and an edit of it",
            vec![insert, edit, insert],
            false,
        ),
    ];
    for (name, pending, stays) in cases {
        assert_eq!(meet(&rows(), pending, several), stays, "{name}");
    }
}

/// One change, at positions that are made to fit.
#[derive(Clone, Copy, Debug)]
enum Change {
    Push,
    Insert(usize),
    Remove(usize),
    Splice(usize, usize, usize),
    Swap(usize, usize),
    Sort,
    Retain(u32),
    Edit(usize, u32),
    Add(usize, u32),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let at = || any::<u8>().prop_map(usize::from);
    let change = prop_oneof![
        1 => Just(Change::Push),
        2 => at().prop_map(Change::Insert),
        1 => at().prop_map(Change::Remove),
        1 => (at(), 0..3usize, 0..3usize).prop_map(|(at, removed, put)| Change::Splice(at, removed, put)),
        1 => (at(), at()).prop_map(|(a, b)| Change::Swap(a, b)),
        1 => Just(Change::Sort),
        1 => (2..5u32).prop_map(Change::Retain),
        1 => (at(), 10..20u32).prop_map(|(at, n)| Change::Edit(at, n)),
        1 => (at(), 10..20u32).prop_map(|(at, n)| Change::Add(at, n)),
    ];
    vec(change, 1..4)
}

fn edits() -> impl Strategy<Value = Vec<Change>> {
    let edit = (any::<bool>(), any::<u8>(), 20..30u32).prop_map(|(adds, at, n)| {
        let at = usize::from(at);
        if adds {
            Change::Add(at, n)
        } else {
            Change::Edit(at, n)
        }
    });
    vec(edit, 1..4)
}

fn make(changes: &[Change], w: &mut Writer<'_>) {
    for &change in changes {
        let length = w.len();
        match change {
            Change::Push => w.push(vec![6]),
            Change::Insert(at) => w.insert(at % (length + 1), vec![7]),
            Change::Splice(at, removed, put) => {
                let at = at % (length + 1);
                w.splice(at..(at + removed).min(length), vec![vec![8]; put]);
            }
            Change::Sort => w.sort_by(|a, b| b.cmp(a)),
            Change::Retain(n) => w.retain(|row| row.iter().sum::<u32>() % n != 0),
            _ if length == 0 => {}
            Change::Remove(at) => drop(w.remove(at % length)),
            Change::Swap(a, b) => w.swap(a % length, b % length),
            Change::Edit(at, n) => w.at(at % length).push(n),
            Change::Add(at, n) => {
                if let Some(mut first) = w.at(at % length).first_mut() {
                    first.wrapping_add(n);
                }
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 1024, ..ProptestConfig::default() })]

    #[test]
    fn what_is_confirmed_does_not_depend_on_what_is_pending(
        start in vec(vec(0..5u32, 0..3), 0..6),
        pending in vec(changes(), 1..4),
        theirs in prop_oneof![3 => edits(), 1 => changes()],
    ) {
        let pending = pending.iter().map(|changes| |w: &mut Writer<'_>| make(changes, w));
        meet(&start, pending, |w| make(&theirs, w));
    }
}
