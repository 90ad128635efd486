//! What is known of commits without taking all of them apart again.

use super::{Change, applied, recorded};
use crate::{
    core::transform::{Commit, Crowd, Meeting},
    schema::schema_of,
};

type Board = (u64, f64, Vec<(u32, u32)>, Option<u32>);

fn board() -> Board {
    (1, 0.5, vec![(1, 2), (3, 4), (5, 6)], Some(7))
}

/// What one does, what another does, and whether the place that the second leads to is enough to know that they are
/// apart.
#[test]
fn where_a_commit_leads_is_enough_to_know_that_others_are_apart() {
    let check = |name: &str, one: Change<Board>, other: Change<Board>, expected: bool| {
        let schema = schema_of::<Board>();
        let [one, other] = [one, other].map(|change| recorded(&board(), change));
        let [one, other] = [&one, &other].map(|bytes| Commit::parse(&schema, bytes).unwrap());
        let spot = other.spot();
        let known = spot.is_some_and(|spot| one.is_apart_from_spot(&spot));
        assert_eq!(known, expected, "{name}");
        assert!(!known || one.is_apart_from(&other), "{name}");
    };
    check("two fields", |w| w.set_0(2), |w| w.set_1(2.0), true);
    check("one field", |w| w.set_0(2), |w| w.set_0(3), false);
    check("sums", |w| w._0_mut().add(2), |w| w._0_mut().add(3), true);
    check(
        "a sum, a value",
        |w| w._0_mut().add(2),
        |w| w.set_0(3),
        false,
    );
    check(
        "a value, a sum",
        |w| w.set_0(2),
        |w| w._0_mut().add(3),
        false,
    );
    check(
        "sums that are rounded",
        |w| w._1_mut().add(2.0),
        |w| w._1_mut().add(3.0),
        false,
    );
    check(
        "two elements",
        |w| w._2_mut().at(0).set_0(9),
        |w| w._2_mut().at(1).set_0(9),
        true,
    );
    check(
        "two parts of one",
        |w| w._2_mut().at(1).set_0(9),
        |w| w._2_mut().at(1).set_1(9),
        true,
    );
    check(
        "an insertion, an element",
        |w| w._2_mut().insert(0, (0, 0)),
        |w| w._2_mut().at(1).set_0(9),
        false,
    );
    check(
        "an element, an insertion",
        |w| w._2_mut().at(1).set_0(9),
        |w| w._2_mut().insert(0, (0, 0)),
        false,
    );
    check(
        "the whole of a part",
        |w| w.set_3(None),
        |w| w.set_3(Some(1)),
        false,
    );
    check(
        "two at once",
        |w| w.set_0(2),
        |w| {
            w.set_1(2.0);
            w.set_3(None);
        },
        false,
    );
}

/// Whatever comes in often meets the pending ones each time as it does the first time.
#[test]
fn what_comes_in_often_is_met_as_what_comes_in_once() {
    let check = |name: &str, pending: &[Change<Board>], theirs: Change<Board>| {
        let schema = schema_of::<Board>();
        let mut now = board();
        let pending = pending.iter().map(|&change| {
            let bytes = recorded(&now, change);
            now = applied(&now, [&bytes, &[]]);
            bytes
        });
        let pending: Vec<Vec<u8>> = pending.collect();
        let theirs = recorded(&board(), theirs);
        let crowd = || Crowd::new(&schema, pending.iter().map(Vec::as_slice));
        let once = crowd().meet(&schema, &theirs, false).unwrap();
        let mut often = crowd();
        for _ in 0..20 {
            assert_eq!(often.meet(&schema, &theirs, false).unwrap(), once, "{name}");
            if once == Meeting::Below {
                break;
            }
        }
    };
    let add: Change<Board> = |w| w._0_mut().add(1);
    let first: Change<Board> = |w| w._2_mut().at(0).set_0(9);
    let insert: Change<Board> = |w| w._2_mut().insert(1, (0, 0));
    let pending = [add, first, add, insert, first, add, insert, add];
    check("a sum", &pending, |w| w._0_mut().add(5));
    check("a value", &pending, |w| w.set_0(5));
    check("another field", &pending, |w| w.set_3(None));
    check("an element that they move", &pending, |w| {
        w._2_mut().at(2).set_1(9);
    });
    check("an element that they set", &pending, |w| {
        w._2_mut().at(0).set_0(1);
    });
    check("beside what they set", &pending, |w| {
        w._2_mut().at(0).set_1(1);
    });
}
