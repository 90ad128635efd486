//! Barriers: once one is passed, every live process has what was written before.

use std::thread;

use ipos::Ipos;
use ipos_tests::{PATIENCE, child, talk::Talk};

use crate::cast::{
    Cast, OPENING,
    Step::{self, Ask, Finish, Join, Last, Signal, Until},
    check,
};

/// A host with two members that know a number.
const SESSION: &[Step] = &[
    Ask("h", "create n number 1", "ok"),
    Join("h", "a"),
    Join("h", "b"),
    Ask("a", "get n number", "ok"),
    Ask("b", "get n number", "ok"),
];

#[test]
fn after_a_barrier_every_process_has_what_was_written() {
    let ipos = Ipos::host().unwrap();
    let number = ipos.create("n", 0u64).unwrap();
    let processes: Vec<_> = (0..3)
        .map(|_| ipos.spawn(child!("life/actor", "joined")).unwrap())
        .collect();
    let mut talks: Vec<_> = processes.iter().map(Talk::with).collect();
    for talk in &mut talks {
        talk.order("get n number");
    }
    for round in 1..=100 {
        // In turn each of the members, and the host.
        let writer = round % (talks.len() + 1);
        match talks.get_mut(writer) {
            Some(talk) => {
                talk.order(&format!("set n {round}"));
                talk.order("barrier");
            }
            None => {
                number.set(round as u64).unwrap();
                ipos.barrier(PATIENCE).unwrap();
            }
        }
        assert_eq!(*number.read(), round as u64);
        for talk in &mut talks {
            assert_eq!(talk.ask("read n"), round.to_string());
        }
    }
}

#[test]
fn after_a_barrier_every_process_has_what_was_created_and_deleted() {
    check(&[
        OPENING,
        SESSION,
        &[
            Ask("a", "create new text x", "ok"),
            Ask("a", "delete n", "true"),
            Ask("a", "barrier", "ok"),
            Ask("h", "keys", "new"),
            Ask("b", "keys", "new"),
            Ask("b", "get new text", "ok"),
            Ask("h", "create n list 5", "ok"),
            Ask("h", "delete new", "true"),
            Ask("h", "barrier", "ok"),
            Ask("a", "keys", "n"),
            Ask("b", "keys", "n"),
            Ask("b", "read new", "x"),
            Ask("b", "update new push y", "Deleted: .."),
        ],
    ]);
}

#[test]
fn a_barrier_is_late_while_a_process_is_stopped_and_passes_when_it_goes_on() {
    check(&[
        OPENING,
        SESSION,
        &[
            Signal("b", "STOP"),
            Ask("h", "set n 2", "ok"),
            Ask(
                "h",
                "barrier 200",
                "Timeout: a barrier did not come about within 200ms",
            ),
            Ask(
                "a",
                "barrier 200",
                "Timeout: a barrier did not come about within 200ms",
            ),
            Ask("a", "set n 3", "ok"),
            Ask("a", "begin barrier", "ok"),
            Ask("h", "begin barrier", "ok"),
            Signal("b", "CONT"),
            Ask("a", "end", "ok"),
            Ask("h", "end", "ok"),
            Ask("b", "read n", "3"),
            Ask("b", "barrier", "ok"),
            Ask("h", "barrier", "ok"),
        ],
    ]);
}

#[test]
fn a_barrier_of_a_member_is_late_while_the_host_is_stopped() {
    check(&[
        OPENING,
        SESSION,
        &[
            Signal("h", "STOP"),
            Ask(
                "a",
                "barrier 100",
                "Timeout: a barrier did not come about within 100ms",
            ),
            Ask("a", "set n 2", "ok"),
            // What it has committed is not even confirmed.
            Ask(
                "a",
                "barrier 100",
                "Timeout: .. did not come about within ..",
            ),
            Signal("h", "CONT"),
            Ask("a", "barrier", "ok"),
            Ask("b", "read n", "2"),
        ],
    ]);
}

#[test]
fn a_barrier_does_not_wait_for_who_is_gone() {
    /// How the process goes that a barrier waits for.
    const WAYS: &[&[Step]] = &[
        &[Signal("b", "STOP"), Signal("b", "KILL")],
        &[Signal("b", "KILL")],
        &[Finish("b")],
        &[Last("b", "exit 3")],
        &[Ask("b", "leave", "ok")],
    ];
    for way in WAYS {
        check(&[
            OPENING,
            SESSION,
            way,
            &[
                Ask("h", "set n 2", "ok"),
                Ask("h", "barrier", "ok"),
                Ask("a", "read n", "2"),
                Ask("a", "set n 3", "ok"),
                Ask("a", "barrier", "ok"),
                Ask("h", "read n", "3"),
            ],
        ]);
    }
    // It goes while it is waited for.
    check(&[
        OPENING,
        SESSION,
        &[
            Signal("b", "STOP"),
            Ask("a", "begin barrier", "ok"),
            Ask("h", "begin barrier", "ok"),
            Ask("h", "barrier 50", "Timeout: .."),
            Ask("a", "barrier 50", "Timeout: .."),
            Signal("b", "KILL"),
            Ask("a", "end", "ok"),
            Ask("h", "end", "ok"),
        ],
    ]);
}

#[test]
fn a_barrier_ends_with_the_session() {
    check(&[
        OPENING,
        SESSION,
        &[
            Signal("b", "STOP"),
            Ask("a", "begin barrier", "ok"),
            Ask("a", "barrier 50", "Timeout: .."),
            Signal("h", "KILL"),
            Ask("a", "end", "HostGone: .. gone"),
            Ask("a", "barrier", "HostGone: .. gone"),
            Signal("b", "CONT"),
            Until("b", "barrier", "HostGone: .. gone"),
        ],
    ]);
    check(&[
        OPENING,
        SESSION,
        &[
            Signal("h", "STOP"),
            Ask("a", "set n 2", "ok"),
            Ask("a", "begin barrier", "ok"),
            Signal("h", "KILL"),
            Ask("a", "end", "HostGone: .. gone"),
        ],
    ]);
}

#[test]
fn a_barrier_while_an_object_is_held_is_refused() {
    check(&[
        OPENING,
        SESSION,
        &[
            Ask(
                "h",
                "barrier-inside n",
                "Busy: .. `n` .. drop the guard first",
            ),
            Ask(
                "a",
                "barrier-inside n",
                "Busy: .. `n` .. drop the guard first",
            ),
            Ask("a", "barrier", "ok"),
        ],
    ]);
}

#[test]
fn several_barriers_at_once_are_all_passed() {
    let ipos = Ipos::host().unwrap();
    let number = ipos.create("n", 0u64).unwrap();
    let processes: Vec<_> = (0..2)
        .map(|_| ipos.spawn(child!("life/actor", "joined")).unwrap())
        .collect();
    let mut talks: Vec<_> = processes.iter().map(Talk::with).collect();
    for talk in &mut talks {
        talk.order("get n number");
        for _ in 0..8 {
            talk.order("begin barrier");
        }
    }
    thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                for _ in 0..20 {
                    number.update(|n| n.add(1)).unwrap();
                    ipos.barrier(PATIENCE).unwrap();
                }
            });
        }
    });
    for talk in &mut talks {
        assert_eq!(talk.ask("read n"), "160");
        for _ in 0..8 {
            talk.order("end");
        }
    }
}

#[test]
fn any_number_of_barriers_can_be_waited_for_and_given_up() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(SESSION);
    cast.play(&[Signal("b", "STOP")]);
    for _ in 0..100 {
        cast.play(&[
            Ask("a", "begin barrier", "ok"),
            Ask("a", "barrier 1", "Timeout: .."),
            Ask("h", "begin barrier", "ok"),
            Ask("h", "barrier 1", "Timeout: .."),
        ]);
    }
    cast.play(&[Ask("a", "set n 2", "ok"), Signal("b", "CONT")]);
    for _ in 0..100 {
        cast.play(&[Ask("a", "end", "ok"), Ask("h", "end", "ok")]);
    }
    cast.play(&[Ask("b", "read n", "2"), Ask("a", "barrier", "ok")]);
}
