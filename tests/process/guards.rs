//! Holding an object: many may read, one may write, nobody waits for itself, and what was not
//! committed has not been.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::atomic::{AtomicBool, Ordering},
    thread,
};

use ipos::{Error, Ipos, SharedHandle, WriteGuard};
use ipos_tests::{
    PATIENCE, child,
    roles::life::{HOUR, board::Board, slips, system::eventually},
    talk::Talk,
};

type List = SharedHandle<Vec<u64>>;

/// What is asked for, of a session or of an object in it.
type Call<T> = fn(&Ipos, &SharedHandle<T>) -> ipos::Result<()>;

fn list() -> (Ipos, List) {
    let ipos = Ipos::host().unwrap();
    let list = ipos.create("list", vec![1, 2, 3]).unwrap();
    (ipos, list)
}

/// What a thread must not ask for while it holds the object: it would wait for itself.
const BUSY: &[(&str, Call<Vec<u64>>)] = &[
    ("update", |_, list| list.update(|_| ())),
    ("update through another handle", |ipos, _| {
        ipos.get::<Vec<u64>>("list")?.update(|list| list.push(1))
    }),
    ("write", |_, list| list.write().map(drop)),
    ("set", |_, list| list.set(vec![])),
    ("wait_until", |_, list| list.wait_until(HOUR, |_| false)),
    ("changed", |_, list| list.changed(HOUR)),
    ("flush", |_, list| list.flush(HOUR)),
    ("create in its place", |ipos, _| {
        ipos.create("list", vec![1u64]).map(drop)
    }),
    ("create another type in its place", |ipos, _| {
        ipos.create("list", 1u64).map(drop)
    }),
    ("delete", |ipos, _| ipos.delete("list").map(drop)),
];

/// Asserts that a call is refused because this thread holds the list.
#[track_caller]
fn check_busy(name: &str, result: ipos::Result<()>) {
    let error = result.expect_err(name);
    assert!(
        matches!(&error, Error::Busy { key, .. } if key == "list"),
        "{name}: {error:?}"
    );
    let text = error.to_string();
    for part in ["`list`", "guard", "`update`", "drop the guard first"] {
        assert!(
            text.contains(part),
            "{name}: `{text}` says nothing of {part}"
        );
    }
}

#[test]
fn what_would_wait_for_the_thread_itself_is_refused() {
    let (ipos, list) = list();
    for (name, call) in BUSY {
        let guard = list.read();
        check_busy(name, call(&ipos, &list));
        drop(guard);
        list.update(|w| {
            w.push(9);
            check_busy(name, call(&ipos, &list));
            w.pop();
        })
        .unwrap();
        let guard = list.write().unwrap();
        check_busy(name, call(&ipos, &list));
        guard.rollback();
        // Another object is another matter.
        assert_eq!(*list.read(), [1, 2, 3], "{name}");
    }
    let other = ipos.create("other", 1u64).unwrap();
    let guard = list.read();
    other.set(2).unwrap();
    list.key();
    drop(guard);
    list.update(|w| {
        other.set(3).unwrap();
        w.push(*other.read());
        ipos.create("third", 1u64).unwrap();
        ipos.delete("third").unwrap();
    })
    .unwrap();
    assert_eq!(*list.read(), [1, 2, 3, 3]);
}

/// What must not be waited for while any object is held: others may have to change that one first.
const WAITS: &[(&str, Call<u64>)] = &[
    ("wait_until", |_, other| other.wait_until(HOUR, |_| true)),
    ("changed", |_, other| other.changed(HOUR)),
    ("flush", |_, other| other.flush(HOUR)),
    ("wait_for", |ipos, _| {
        ipos.wait_for::<u64>("other", HOUR).map(drop)
    }),
    ("spawn", |ipos, _| {
        ipos.spawn(child!("life/brief")).map(drop)
    }),
    ("an invitation", |ipos, _| {
        ipos.invite()?.wait(HOUR).map(drop)
    }),
];

#[test]
fn waiting_for_others_while_an_object_is_held_is_refused() {
    let (ipos, list) = list();
    let other = ipos.create("other", 1u64).unwrap();
    for (name, wait) in WAITS {
        let guard = list.read();
        check_busy(name, wait(&ipos, &other));
        drop(guard);
        list.update(|_| check_busy(name, wait(&ipos, &other)))
            .unwrap();
    }
    other.wait_until(HOUR, |_| true).unwrap();
}

#[test]
fn getting_an_object_that_this_thread_writes_is_refused_and_one_that_it_reads_is_not() {
    let (ipos, list) = list();
    list.update(|_| check_busy("get", ipos.get::<Vec<u64>>("list").map(drop)))
        .unwrap();
    list.update(|_| {
        check_busy(
            "wait_for",
            ipos.wait_for::<Vec<u64>>("list", HOUR).map(drop),
        )
    })
    .unwrap();
    let guard = list.read();
    assert_eq!(*ipos.get::<Vec<u64>>("list").unwrap().read(), *guard);
    assert!(matches!(
        ipos.get::<u64>("list"),
        Err(Error::TypeMismatch { .. })
    ));
}

fn panics(call: impl FnOnce()) -> bool {
    catch_unwind(AssertUnwindSafe(call)).is_err()
}

#[test]
fn a_panic_inside_a_commit_rolls_it_back_here_and_nobody_else_hears_of_it() {
    let ipos = Ipos::host().unwrap();
    let board = ipos.create("b", Board::sample()).unwrap();
    let process = ipos.spawn(child!("life/actor", "joined")).unwrap();
    let mut peer = Talk::with(&process);
    assert_eq!(peer.ask("get b board"), "ok");
    // The peer sees the good commit after each slip, and nothing else.
    slips::slip_all(&board, |name| {
        let digest = board.read().digest();
        eventually(&format!("{name}: the peer is equal"), || {
            peer.ask("read b") == digest
        });
    });
}

#[test]
fn a_panic_inside_a_commit_of_a_member_rolls_it_back_there_and_nobody_else_hears_of_it() {
    let ipos = Ipos::host().unwrap();
    let board = ipos.create("b", Board::sample()).unwrap();
    let seq = board.seq();
    let process = ipos.spawn(child!("life/slips")).unwrap();
    let digest = Talk::with(&process)
        .hear()
        .expect("it has come to its end well");
    board
        .wait_until(PATIENCE, |b| b.digest() == digest)
        .unwrap();
    assert_eq!(
        board.seq(),
        seq + slips::COUNT,
        "good commits, and no others"
    );
    assert!(process.wait().unwrap().success());
}

#[test]
fn reading_an_object_inside_its_own_update_panics_in_words_and_rolls_back() {
    let (_ipos, list) = list();
    for read in [
        |list: &List| drop(list.read()),
        |list: &List| drop(list.snapshot()),
    ] {
        let update = || {
            list.update(|w| {
                w.push(4);
                read(&list);
            })
        };
        let panic = catch_unwind(AssertUnwindSafe(update)).unwrap_err();
        let text = panic.downcast_ref::<String>().expect("a panic with words");
        for part in ["`list`", "writing it", "read through the writer instead"] {
            assert!(text.contains(part), "`{text}` says nothing of {part}");
        }
        assert_eq!(*list.read(), [1, 2, 3]);
        list.update(|_| ()).unwrap();
    }
    // Where the change stands can be asked at all times.
    let seq = list.seq();
    list.update(|w| {
        w.push(4);
        assert_eq!(list.seq(), seq);
    })
    .unwrap();
    assert_eq!(list.seq(), seq + 1);
}

#[test]
fn a_write_guard_commits_when_it_is_dropped_or_told_to_and_else_not() {
    /// What is done with a guard through which 4 was pushed, and whether 4 is there then.
    type Case = (&'static str, fn(WriteGuard<'_, Vec<u64>>), bool);
    let cases: &[Case] = &[
        ("dropped", |guard| drop(guard), true),
        ("committed", |guard| guard.commit().unwrap(), true),
        ("rolled back", |guard| guard.rollback(), false),
        (
            "dropped by a panic",
            |guard| {
                assert!(panics(move || {
                    let _guard = guard;
                    panic!("of one's own");
                }));
            },
            false,
        ),
        (
            "read through, then dropped",
            |guard| assert_eq!(**guard, [1, 2, 3, 4]),
            true,
        ),
    ];
    for (name, end, there) in cases {
        let (_ipos, list) = list();
        let seq = list.seq();
        let mut guard = list.write().unwrap();
        guard.push(4);
        end(guard);
        assert_eq!(list.read().contains(&4), *there, "{name}");
        assert_eq!(
            list.seq(),
            seq + u64::from(*there),
            "{name}: one commit or none"
        );
        list.update(|w| w.push(5)).unwrap();
        assert_eq!(list.read().last(), Some(&5), "{name}");
    }
}

#[test]
fn a_commit_without_changes_is_none() {
    let (_ipos, list) = list();
    let seq = list.seq();
    list.update(|_| ()).unwrap();
    list.update(|w| w.retain(|_| true)).unwrap();
    list.update(|w| w.truncate(10)).unwrap();
    list.update(|w| w.extend([])).unwrap();
    list.write().unwrap().commit().unwrap();
    drop(list.write().unwrap());
    assert_eq!(list.seq(), seq);
}

#[test]
fn a_commit_that_is_too_large_is_rolled_back_and_a_smaller_one_goes_through() {
    const LIMIT: usize = 128 * 1024;
    let ipos = Ipos::builder().frame_limit(LIMIT).host().unwrap();
    let text = ipos.create("text", String::from("short")).unwrap();
    for write in [
        (|text| text.update(|w| w.push_str(&"x".repeat(LIMIT)))) as fn(&SharedHandle<String>) -> _,
        |text| text.set("x".repeat(LIMIT)),
        |text| {
            let mut guard = text.write()?;
            guard.push_str(&"x".repeat(LIMIT));
            guard.commit()
        },
    ] {
        let error = write(&text).unwrap_err();
        assert!(matches!(error, Error::TooLarge { .. }), "{error:?}");
        let parts = ["`text`", "131", "`frame_limit`", "split it"];
        assert!(
            parts.iter().all(|part| error.to_string().contains(part)),
            "{error}"
        );
        assert_eq!(*text.read(), "short");
    }
    text.update(|w| w.push_str(&"x".repeat(LIMIT / 2))).unwrap();
    text.update(|w| w.push_str(&"x".repeat(LIMIT / 2))).unwrap();
    assert_eq!(
        text.read().len(),
        5 + LIMIT,
        "an object may be larger than a commit"
    );
}

#[test]
fn threads_that_read_twice_at_once_do_not_hold_up_writers_or_themselves() {
    const WRITES: u64 = 2000;
    let ipos = Ipos::host().unwrap();
    let pair = ipos.create("pair", (0u64, 0u64)).unwrap();
    let over = AtomicBool::new(false);
    thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| {
                let own = ipos.get::<(u64, u64)>("pair").unwrap();
                while !over.load(Ordering::Relaxed) {
                    assert_eq!(
                        pair.read().0,
                        own.read().1,
                        "no commit between nested reads"
                    );
                    let outer = pair.read();
                    let again = ipos.get::<(u64, u64)>("pair").unwrap();
                    assert_eq!((again.read().0, pair.seq()), (outer.1, own.seq()));
                }
            });
        }
        let writers: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    for _ in 0..WRITES {
                        pair.update(|w| {
                            w.set_0(w.0 + 1);
                            w.set_1(w.1 + 1);
                        })
                        .unwrap();
                    }
                })
            })
            .collect();
        let done: Vec<_> = writers.into_iter().map(|writer| writer.join()).collect();
        over.store(true, Ordering::Relaxed);
        assert!(done.iter().all(Result::is_ok));
    });
    assert_eq!(*pair.read(), (2 * WRITES, 2 * WRITES), "no write is lost");
    pair.flush(PATIENCE).unwrap();
}
