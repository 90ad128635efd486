//! Handles: what they see, when they are told, and what they have in common.

use std::{thread, time::Duration};

use ipos::{Builder, Error, Invitation, Ipos, Process, SharedHandle, Waiting};
use ipos_tests::{
    PATIENCE, child,
    roles::life::{HOUR, board::Board},
    talk::Talk,
};

#[test]
fn a_loop_of_read_and_changed_misses_nothing() {
    const LAST: u64 = 3000;
    let ipos = Ipos::host().unwrap();
    let number = ipos.create("n", 0u64).unwrap();
    thread::scope(|scope| {
        for _ in 0..2 {
            let number = number.clone();
            scope.spawn(move || {
                let mut seen = *number.read();
                while seen < LAST {
                    // Were a change missed, the last one would never be heard of.
                    number.changed(HOUR).unwrap();
                    let now = *number.read();
                    assert!(now > seen, "{now} after {seen}");
                    seen = now;
                }
            });
        }
        scope.spawn(|| (1..=LAST).for_each(|n| number.set(n).unwrap()));
    });
}

#[test]
fn a_loop_of_read_and_changed_in_a_child_misses_nothing() {
    const LAST: u64 = 300;
    let ipos = Ipos::host().unwrap();
    let number = ipos.create("n", 0u64).unwrap();
    let process = ipos.spawn(child!("life/actor", "joined")).unwrap();
    let mut talk = Talk::with(&process);
    assert_eq!(talk.ask("get n number"), "ok");
    let mut seen = 0;
    thread::scope(|scope| {
        scope.spawn(|| (1..=LAST).for_each(|n| number.set(n).unwrap()));
        while seen < LAST {
            assert_eq!(talk.ask("changed n"), "ok");
            let now = talk.ask("read n").parse().unwrap();
            assert!(now > seen, "{now} after {seen}");
            seen = now;
        }
    });
}

#[test]
fn changed_hears_of_what_was_not_seen_through_the_same_handle() {
    let ipos = Ipos::host().unwrap();
    let number = ipos.create("n", 0u64).unwrap();
    let other = ipos.get::<u64>("n").unwrap();
    type Step = (
        &'static str,
        fn(&SharedHandle<u64>, &SharedHandle<u64>),
        bool,
    );
    // (what happens, whether the first handle is told of a change then)
    let steps: &[Step] = &[
        ("nothing", |_, _| (), false),
        (
            "a write through the other",
            |_, other| other.set(1).unwrap(),
            true,
        ),
        ("nothing more", |_, _| (), false),
        (
            "a write through itself",
            |number, _| number.set(2).unwrap(),
            false,
        ),
        (
            "a write through the other, and a read",
            |number, other| {
                other.set(3).unwrap();
                assert_eq!(*number.read(), 3);
            },
            false,
        ),
        (
            "a write through the other, and a wait for it",
            |number, other| {
                other.set(4).unwrap();
                number.wait_until(HOUR, |&n| n == 4).unwrap();
            },
            false,
        ),
        (
            "a write through the other, and a read through a clone",
            |number, other| {
                other.set(5).unwrap();
                assert_eq!(*number.clone().read(), 5);
            },
            true,
        ),
        (
            "two writes through the other",
            |_, other| {
                other.set(6).unwrap();
                other.set(7).unwrap();
            },
            true,
        ),
        (
            "a write of the same value through the other",
            |_, other| other.set(7).unwrap(),
            true,
        ),
        (
            "an update without changes",
            |_, other| other.update(|_| ()).unwrap(),
            false,
        ),
        (
            "a rollback through the other",
            |_, other| {
                let mut guard = other.write().unwrap();
                guard.set(9);
                guard.rollback();
            },
            false,
        ),
        (
            "a write guard of the other",
            |_, other| other.write().unwrap().set(8),
            true,
        ),
    ];
    for (name, step, told) in steps {
        step(&number, &other);
        match number.changed(Duration::ZERO) {
            Ok(()) => assert!(told, "{name}: told of a change"),
            Err(error) => assert!(!told, "{name}: {error}"),
        }
    }
    // In place of the object comes another one, which is a change of it.
    ipos.create("n", 10u64).unwrap();
    number.changed(HOUR).unwrap();
    assert_eq!(*number.read(), 10);
    number.set(11).unwrap();
    assert_eq!(*other.read(), 11, "all handles go on with it");
}

#[test]
fn wait_until_returns_at_once_when_it_is_so_and_as_soon_as_it_is() {
    let ipos = Ipos::host().unwrap();
    let number = ipos.create("n", 5u64).unwrap();
    number.wait_until(Duration::ZERO, |&n| n == 5).unwrap();
    assert!(matches!(
        number.wait_until(Duration::ZERO, |&n| n == 6),
        Err(Error::Timeout { .. })
    ));
    number.flush(Duration::ZERO).unwrap();
    ipos.wait_for::<u64>("n", Duration::ZERO).unwrap();
    thread::scope(|scope| {
        for n in 6..10 {
            let number = &number;
            scope.spawn(move || number.wait_until(Duration::MAX, |&now| now >= n).unwrap());
        }
        let comes = scope.spawn(|| ipos.wait_for::<String>("later", Duration::MAX).unwrap());
        let changes = scope.spawn(|| number.clone().changed(Duration::MAX).unwrap());
        while !changes.is_finished() {
            number.update(|w| w.set(w.max(8) + 1)).unwrap();
        }
        ipos.create("later", String::from("here")).unwrap();
        assert_eq!(*comes.join().unwrap().read(), "here");
    });
}

#[test]
fn every_wait_and_write_ends_when_the_last_end_of_the_session_is_dropped() {
    type Call = fn(&SharedHandle<u64>) -> ipos::Result<()>;
    let calls: &[Call] = &[
        |number| number.wait_until(HOUR, |&n| n == 99),
        |number| number.changed(HOUR),
        |number| number.set(1),
        |number| number.update(|_| unreachable!()),
        |number| number.write().map(drop),
    ];
    let ipos = Ipos::host().unwrap();
    let number = ipos.create("n", 5u64).unwrap();
    thread::scope(|scope| {
        let waits = calls[..2].iter().map(|wait| {
            let number = number.clone();
            scope.spawn(move || wait(&number))
        });
        let waits: Vec<_> = waits.collect();
        let second = ipos.clone();
        drop(ipos);
        assert_eq!(second.keys(), ["n"], "a clone is the same end");
        assert!(waits.iter().all(|wait| !wait.is_finished()));
        drop(second);
        for wait in waits {
            let end = wait.join().unwrap();
            assert!(matches!(end, Err(Error::Closed)), "{end:?}");
        }
    });
    for (n, call) in calls.iter().enumerate() {
        let end = call(&number);
        assert!(matches!(end, Err(Error::Closed)), "call {n}: {end:?}");
    }
    assert_eq!(*number.read(), 5);
    number.wait_until(HOUR, |&n| n == 5).unwrap();
    number.flush(HOUR).unwrap();
}

#[test]
fn the_seq_of_an_object_grows_with_its_confirmed_changes_and_with_no_others() {
    let ipos = Ipos::host().unwrap();
    let (a, b) = (
        ipos.create("a", 0u64).unwrap(),
        ipos.create("b", 0u64).unwrap(),
    );
    let mut last = (a.seq(), b.seq());
    assert!(0 < last.0 && last.0 < last.1);
    for n in 0..10 {
        a.set(n).unwrap();
        assert!(a.seq() > last.1, "there is one order for all objects");
        assert_eq!(b.seq(), last.1);
        b.set(n).unwrap();
        assert!(b.seq() > a.seq());
        last = (a.seq(), b.seq());
    }
    let process = ipos.spawn(child!("life/actor", "joined")).unwrap();
    let mut talk = Talk::with(&process);
    assert_eq!(talk.ask("get a number"), "ok");
    assert_eq!(
        talk.ask("seq a"),
        a.seq().to_string(),
        "equal replicas are at the same place"
    );
    assert_eq!(talk.ask("set a 50"), "ok");
    assert_eq!(talk.ask("flush a"), "ok");
    assert!(a.seq() > last.1);
    assert_eq!(talk.ask("seq a"), a.seq().to_string());
    assert_eq!(
        *a.read(),
        50,
        "what is confirmed to a child is seen by its parent"
    );
}

#[test]
fn all_ends_of_a_session_can_go_to_other_threads() {
    fn is_for_all_threads<T: Send + Sync>() {}
    fn is_cloned<T: Clone>() {}
    is_for_all_threads::<Ipos>();
    is_for_all_threads::<SharedHandle<Board>>();
    is_for_all_threads::<Process>();
    is_for_all_threads::<Invitation>();
    is_for_all_threads::<Builder>();
    is_for_all_threads::<Error>();
    is_cloned::<Ipos>();
    is_cloned::<SharedHandle<Board>>();
    is_cloned::<Process>();
}

#[test]
fn several_sessions_in_one_process_know_nothing_of_each_other() {
    let sessions: Vec<_> = (0..4).map(|_| Ipos::host().unwrap()).collect();
    let handles: Vec<_> = sessions
        .iter()
        .zip(0u64..)
        .map(|(ipos, n)| ipos.create("n", n).unwrap())
        .collect();
    let processes: Vec<_> = sessions
        .iter()
        .map(|ipos| ipos.spawn(child!("life/actor", "joined")).unwrap())
        .collect();
    let mut talks: Vec<_> = processes.iter().map(Talk::with).collect();
    for (talk, n) in talks.iter_mut().zip(0..) {
        assert_eq!(talk.ask("get n number"), "ok");
        assert_eq!(talk.ask("read n"), n.to_string());
        assert_eq!(talk.ask(&format!("set n {}", 10 + n)), "ok");
        assert_eq!(talk.ask("flush n"), "ok");
    }
    for (handle, n) in handles.iter().zip(10..) {
        assert_eq!(*handle.read(), n);
    }
    // A process of one session is none of another.
    assert!(!sessions[0].remove_process(&processes[1]));
    assert!(processes[1].is_connected());
    // The end of one is not the end of another.
    let mut sessions = sessions.into_iter();
    drop(sessions.next());
    assert_eq!(
        talks[0].ask("wait-for never").split(':').next(),
        Some("HostGone")
    );
    assert!(matches!(handles[0].set(1), Err(Error::Closed)));
    assert_eq!(talks[1].ask("set n 99"), "ok");
    handles[1].wait_until(PATIENCE, |&n| n == 99).unwrap();
}

#[test]
fn a_member_of_one_session_can_be_the_host_of_another() {
    let ipos = Ipos::host().unwrap();
    let total = ipos.create("total", 0u64).unwrap();
    let between = ipos.spawn(child!("life/between")).unwrap();
    assert!(between.wait().unwrap().success());
    total.wait_until(PATIENCE, |&n| n == 5).unwrap();
}

#[test]
fn threads_that_spin_do_what_threads_that_park_do() {
    for spin in [
        Duration::ZERO,
        Duration::from_millis(1),
        HOUR,
        Duration::MAX,
    ] {
        let ipos = Ipos::builder()
            .waiting(Waiting::Spin(spin))
            .label("é".repeat(300))
            .host();
        let ipos = ipos.unwrap();
        let number = ipos.create("n", 0u64).unwrap();
        let process = ipos.spawn(child!("life/actor", "joined")).unwrap();
        let mut talk = Talk::with(&process);
        assert_eq!(talk.ask("get n number"), "ok");
        for n in (2..40).step_by(2) {
            number.set(n - 1).unwrap();
            assert_eq!(talk.ask(&format!("wait n {}", n - 1)), "ok");
            assert_eq!(talk.ask(&format!("set n {n}")), "ok");
            number.wait_until(PATIENCE, |&now| now == n).unwrap();
        }
        drop(ipos);
        assert_eq!(
            talk.ask("wait-for never").split(':').next(),
            Some("HostGone")
        );
        drop(talk);
        assert!(process.wait().unwrap().success());
    }
}
