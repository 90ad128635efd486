//! Slips of the hand inside a commit: what panics in the standard type panics in its wrapper, and
//! the commit has never been.

use std::{
    error::Error,
    ops::Range,
    panic::{self, AssertUnwindSafe, catch_unwind},
};

use ipos::{Ipos, SharedHandle};

use super::board::{Board, BoardMut, Entry};
use crate::{PATIENCE, talk};

/// How many there are.
pub const COUNT: u64 = SLIPS.len() as u64;

/// The role of a member that makes them all.
///
/// # Errors
///
/// When the session fails.
pub fn role() -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::join()?;
    let board = ipos.get("b")?;
    // The slips are many and loud; what else goes wrong is told at the end.
    panic::set_hook(Box::new(|_| ()));
    let slips = catch_unwind(AssertUnwindSafe(|| slip_all(&board, |_| ())));
    slips.map_err(|panic| format!("{:?}", panic.downcast_ref::<String>()))?;
    board.flush(PATIENCE)?;
    Ok(talk::say(&board.read().digest())?)
}

/// Makes each of them in several ways and then a good commit, and tells of it.
///
/// # Panics
///
/// When something else comes of it than nothing.
pub fn slip_all(board: &SharedHandle<Board>, mut after_each: impl FnMut(&str)) {
    for (name, slip, of_the_standard_type) in SLIPS {
        let before = board.snapshot();
        let seq = board.seq();
        must_panic(name, || of_the_standard_type(&mut before.clone()));
        must_panic(name, || board.update(slip).expect("the session is open"));
        must_panic(name, || {
            let update = board.update(|b| {
                change_all(b);
                slip(b);
            });
            update.expect("the session is open");
        });
        must_panic(name, || {
            let mut guard = board.write().expect("the session is open");
            change_all(&mut guard);
            slip(&mut guard);
        });
        assert_eq!(*board.read(), before, "{name}: it is as if it had not been");
        let update = board.update(|b| b.set_number(b.number + 1));
        update.expect("the handle works as before");
        board.flush(PATIENCE).expect("the session is open");
        assert_eq!(board.seq(), seq + 1, "{name}: one commit was ordered");
        after_each(name);
    }
}

fn must_panic(name: &str, call: impl FnOnce()) {
    let panic = catch_unwind(AssertUnwindSafe(call));
    assert!(panic.is_err(), "{name} does not panic");
}

/// What panics inside an update, and what the standard type does.
type Slip = (&'static str, fn(&mut BoardMut<'_>), fn(&mut Board));

const SLIPS: &[Slip] = &[
    ("at", |b| b.list_mut().at(3).set(0), |b| b.list[3] = 0),
    (
        "at of nothing",
        |b| {
            drop(
                b.tree_mut()
                    .get_mut("a")
                    .expect("the sample has it")
                    .at(usize::MAX),
            )
        },
        |b| {
            b.tree.get_mut("a").expect("the sample has it")[usize::MAX] = 0;
        },
    ),
    (
        "insert",
        |b| b.list_mut().insert(4, 0),
        |b| b.list.insert(4, 0),
    ),
    (
        "remove",
        |b| {
            let _ = b.list_mut().remove(3);
        },
        |b| {
            let _ = b.list.remove(3);
        },
    ),
    (
        "swap_remove",
        |b| {
            let _ = b.list_mut().swap_remove(3);
        },
        |b| {
            let _ = b.list.swap_remove(3);
        },
    ),
    ("swap", |b| b.list_mut().swap(0, 3), |b| b.list.swap(0, 3)),
    (
        "splice",
        |b| drop(b.list_mut().splice(2..4, [])),
        |b| drop(b.list.splice(2..4, [])),
    ),
    (
        "splice backwards",
        |b| drop(b.list_mut().splice(backwards(), [])),
        |b| {
            drop(b.list.splice(backwards(), []));
        },
    ),
    (
        "splice to the last number",
        |b| drop(b.list_mut().splice(0..=usize::MAX, [])),
        |b| {
            drop(b.list.splice(0..=usize::MAX, []));
        },
    ),
    (
        "drain",
        |b| drop(b.list_mut().drain(4..)),
        |b| drop(b.list.drain(4..)),
    ),
    (
        "insert_str past the end",
        |b| b.text_mut().insert_str(9, "xy"),
        |b| b.text.insert_str(9, "xy"),
    ),
    (
        "insert inside a character",
        |b| b.text_mut().insert(2, 'x'),
        |b| b.text.insert(2, 'x'),
    ),
    (
        "remove at the end of a text",
        |b| {
            let _ = b.text_mut().remove(6);
        },
        |b| {
            let _ = b.text.remove(6);
        },
    ),
    (
        "replace_range",
        |b| b.text_mut().replace_range(5..7, "x"),
        |b| b.text.replace_range(5..7, "x"),
    ),
    (
        "replace_range inside a character",
        |b| b.text_mut().replace_range(2.., "x"),
        |b| {
            b.text.replace_range(2.., "x");
        },
    ),
    (
        "truncate inside a character",
        |b| b.text_mut().truncate(2),
        |b| b.text.truncate(2),
    ),
    (
        "a panic of one's own",
        |_| panic!("of one's own"),
        |_| panic!("of one's own"),
    ),
    (
        "a panic while keeping",
        |b| b.list_mut().retain(|_| panic!("of one's own")),
        |b| {
            b.list.retain(|_| panic!("of one's own"));
        },
    ),
    (
        "a panic while sorting",
        |b| b.list_mut().sort_by(|_, _| panic!("of one's own")),
        |b| {
            b.list.sort_by(|_, _| panic!("of one's own"));
        },
    ),
    (
        "a panic while changing each",
        |b| {
            b.list_mut().for_each_mut(|n| {
                assert!(**n != 3 && **n != 7, "of one's own");
                n.set(8);
            })
        },
        |_| panic!("of one's own"),
    ),
];

/// A range that ends before it starts.
fn backwards() -> Range<usize> {
    let (start, end) = (2, 1);
    start..end
}

/// Changes of every kind, before the slip.
fn change_all(b: &mut BoardMut<'_>) {
    b.set_number(b.number + 1);
    b.text_mut().push_str("more");
    b.text_mut().truncate(6);
    b.list_mut().push(4);
    b.list_mut().sort_by(|a, b| b.cmp(a));
    b.list_mut().retain(|n| n % 2 == 0);
    b.list_mut().set(vec![5, 6, 7]);
    b.map_mut().insert(1, Entry::default());
    b.map_mut().remove(&2);
    b.map_mut().entry(3).or_default().set_count(4);
    b.set_mut().clear();
    b.tree_mut()
        .get_mut("a")
        .expect("the sample has it")
        .push(3);
    b.maybe_mut().take();
    b.own_mut().set_1(5);
}
