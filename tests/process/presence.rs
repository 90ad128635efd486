//! Who is in a session and what there is in it, as each process hears of it.

use std::{os::unix::process::ExitStatusExt, thread};

use ipos::{Error, Ipos, Process, SessionEvent, Subscription};
use ipos_tests::{PATIENCE, child, roles::life::system::eventually, talk::Talk};

use crate::cast::{
    Cast,
    Step::{self, Ask, Finish, Join, Signal, Start, Until},
};

/// A host and a member `m`, who listen, and a member `s` that is called `second`.
fn session(host: &'static str) -> Cast {
    let mut cast = Cast::new();
    cast.play(&[
        Start("h"),
        Ask("h", host, "ok"),
        Ask("h", "events", "ok"),
        Join("h", "m"),
        Ask("h", "news", "peer 1 joined: .."),
        Ask("m", "events", "ok"),
    ]);
    join(&mut cast, "s", "second");
    for who in ["h", "m"] {
        hears(&mut cast, who, "peer 2 joined: {s} second");
    }
    cast
}

/// A process joins that has a label.
fn join(cast: &mut Cast, who: &'static str, label: &str) {
    let command = cast.invited("h");
    cast.start(who, command);
    assert_eq!(cast.ask(who, &format!("join {label}")), "ok");
    cast.play(&[Ask("h", "let-in", "ok"), Ask(who, "events", "ok")]);
}

/// A process hears of this next; the pids of `m`, `s` and so on stand in braces.
#[track_caller]
fn hears(cast: &mut Cast, who: &str, expected: &str) {
    let mut expected = expected.to_owned();
    for other in ["h", "m", "s", "t"] {
        let name = format!("{{{other}}}");
        if expected.contains(&name) {
            expected = expected.replace(&name, &cast.pid(other).to_string());
        }
    }
    assert_eq!(cast.ask(who, "news"), expected, "{who}");
}

#[test]
fn all_hear_of_objects_in_the_step_in_which_they_see_them() {
    let mut cast = session("host");
    /// Who does what, what all hear of it, and what they get then.
    const CASES: &[(&str, &str, &str, &str)] = &[
        ("s", "create n number 1", "n created by peer 2 {s}", "ok"),
        ("h", "create n number 2", "n created by peer 0 {h}", "ok"),
        (
            "m",
            "create n text x",
            "n created by peer 1 {m}",
            "TypeMismatch: ..",
        ),
        ("s", "delete n", "n deleted by peer 2 {s}", "Deleted: .."),
        ("h", "put n number 3", "n created by peer 0 {h}", "ok"),
        ("h", "delete n", "n deleted by peer 0 {h}", "Deleted: .."),
    ];
    for &(actor, does, heard, got) in CASES {
        assert!(["ok", "true"].contains(&&*cast.ask(actor, does)), "{does}");
        for who in ["h", "m", "s"] {
            let place = if who == actor { "here" } else { "there" };
            hears(&mut cast, who, &format!("{heard} {place}"));
            cast.play(&[Ask(who, "get n number", got)]);
        }
    }
    cast.play(&[Ask("s", "delete n", "false"), Ask("s", "barrier", "ok")]);
    for who in ["h", "m", "s"] {
        cast.play(&[Ask(who, "news now", "none")]);
    }
}

#[test]
fn what_is_refused_is_heard_of_as_it_comes_back() {
    let mut cast = session("host");
    cast.play(&[
        Ask("h", "create-with gate number 1 gate", "ok"),
        Ask("h", "create n number 1", "ok"),
        Ask("m", "wait-for n", "ok"),
        Ask("m", "get gate number", "ok"),
        Ask("m", "events", "ok"),
        // What follows is heard of when the gate is open.
        Ask("m", "set gate 2", "ok"),
        Ask("m", "delete n", "true"),
        Ask("h", "create-with n number 2 even", "ok"),
        Ask("h", "open-gate", "ok"),
    ]);
    hears(&mut cast, "m", "n deleted by peer 1 {m} here");
    hears(&mut cast, "m", "n created by peer 0 {h} there");
    cast.play(&[Ask("m", "get n number", "ok"), Ask("m", "read n", "2")]);
}

#[test]
fn all_hear_that_a_process_has_left_however_it_did() {
    const WAYS: &[Step] = &[
        Finish("s"),
        Signal("s", "KILL"),
        Ask("s", "leave", "ok"),
        Ask("h", "remove", "true"),
    ];
    for &way in WAYS {
        println!("{way:?}");
        let mut cast = session("host");
        let pid = cast.pid("s");
        cast.play(&[
            Ask("s", "create n number 1", "ok"),
            Ask("s", "flush n", "ok"),
            way,
        ]);
        for who in ["h", "m"] {
            let heard = cast.ask(who, "news");
            assert_eq!(heard, format!("n created by peer 2 {pid} there"), "{who}");
            let heard = cast.ask(who, "news");
            assert_eq!(heard, format!("peer 2 left: {pid} second"), "{who}");
        }
        join(&mut cast, "t", "third");
        for who in ["h", "m"] {
            hears(&mut cast, who, "peer 3 joined: {t} third");
        }
        cast.play(&[Ask("t", "barrier", "ok"), Ask("t", "news now", "none")]);
    }
}

#[test]
fn a_member_that_has_missed_who_came_and_went_hears_of_it_later() {
    let mut cast = session("lean host");
    cast.play(&[
        Ask("h", "create a text a", "ok"),
        Ask("h", "create b number 1", "ok"),
        Ask("m", "wait-for b", "ok"),
        Ask("m", "events", "ok"),
        Signal("m", "STOP"),
        Ask("h", "fill a 100 20000", "ok"),
        Until("h", "event", "peer 1 lags"),
    ]);
    let left = cast.pid("s");
    join(&mut cast, "t", "third");
    cast.play(&[
        Ask("t", "create c number 1", "ok"),
        Ask("t", "flush c", "ok"),
    ]);
    let brief = cast.pid("t");
    cast.play(&[Ask("h", "delete b", "true"), Finish("s"), Finish("t")]);
    cast.play(&[Until("h", "news", "peer 3 left: ..")]);
    cast.play(&[Signal("m", "CONT"), Ask("h", "barrier", "ok")]);
    let heard: Vec<_> = (0..5).map(|_| cast.ask("m", "news")).collect();
    let expected = [
        format!("peer 3 joined: {brief} third"),
        format!("c created by peer 3 {brief} there"),
        format!("peer 2 left: {left} second"),
        format!("peer 3 left: {brief} third"),
        // The host remembers too little to say who has deleted.
        "b deleted by none".to_owned(),
    ];
    assert_eq!(heard, expected);
    cast.play(&[Ask("m", "news now", "none"), Ask("m", "keys", "a c")]);
}

#[test]
fn what_a_process_has_done_is_heard_of_before_it_has_left_though_it_was_removed_meanwhile() {
    let mut cast = session("host");
    cast.play(&[
        Ask("h", "create-with n number 0 gate", "ok"),
        Ask("s", "wait-for n", "ok"),
        Ask("m", "wait-for n", "ok"),
        Ask("m", "events", "ok"),
        Ask("m", "follow n", "ok"),
        Ask("s", "set n 5", "ok"),
        Until("h", "came-to-gate", "1"),
        // The host is about to put its commit in order.
        Ask("h", "remove", "true"),
        Ask("h", "remove", "false"),
        Ask("m", "barrier", "ok"),
        Ask("m", "news now", "none"),
        Ask("h", "open-gate", "ok"),
    ]);
    let pid = cast.pid("s");
    hears(&mut cast, "m", &format!("peer 2 left: {pid} second"));
    let told = cast.ask("m", "told n now");
    assert!(told.contains("peer 2"), "{told}");
    cast.play(&[Ask("m", "read n", "5"), Ask("h", "read n", "5")]);
}

/// How a process ended: its exit code, or the signal that ended it.
type Status = (Option<i32>, Option<i32>);

/// The next event that tells that a process has left or ended.
fn next_end(events: &Subscription<SessionEvent>, process: &Process) -> Option<Status> {
    loop {
        let event = events.next_timeout(PATIENCE).expect("it is told");
        let (who, system, status) = match event {
            SessionEvent::Left {
                peer, pid, status, ..
            } => (peer, pid, status),
            SessionEvent::Exited {
                peer, pid, status, ..
            } => (peer, pid, Some(status)),
            _ => continue,
        };
        assert_eq!((who, system), (process.peer(), process.pid()));
        return status.map(|status| (status.code(), status.signal()));
    }
}

#[test]
fn the_host_hears_how_a_process_that_it_has_spawned_has_ended() {
    type End = fn(&Ipos, &Process, &mut Talk);
    const ENDS: &[(End, Status)] = &[
        (|_, process, _| process.kill().unwrap(), (None, Some(9))),
        (|_, _, talk| talk.say("exit 3"), (Some(3), None)),
        (|_, _, talk| talk.say("abort"), (None, Some(6))),
        (
            |ipos, process, talk| {
                assert!(ipos.remove_process(process));
                talk.say("exit 4");
            },
            (Some(4), None),
        ),
    ];
    for &(end, expected) in ENDS {
        let ipos = Ipos::host().unwrap();
        let events = ipos.events();
        let process = ipos.spawn(child!("life/actor", "joined")).unwrap();
        let SessionEvent::Joined { peer, pid, .. } = events.try_next().unwrap() else {
            panic!("it has joined before `spawn` returns")
        };
        assert_eq!((peer, pid), (process.peer(), process.pid()));
        let mut talk = Talk::with(&process);
        end(&ipos, &process, &mut talk);
        let mut told = next_end(&events, &process);
        if told.is_none() {
            // It went on for longer than the host waits.
            told = next_end(&events, &process);
        }
        assert_eq!(told, Some(expected));
    }
}

#[test]
fn the_end_of_a_process_that_goes_on_without_the_session_is_told_when_it_comes() {
    let ipos = Ipos::host().unwrap();
    let events = ipos.events();
    let process = ipos.spawn(child!("life/actor", "joined")).unwrap();
    let mut talk = Talk::with(&process);
    assert_eq!(talk.ask("leave"), "ok");
    assert_eq!(next_end(&events, &process), None, "it runs");
    // So that is awaited in this thread, and in another one.
    let twin = process.clone();
    let awaited = thread::spawn(move || pollster::block_on(twin.wait_async()));
    talk.say("exit 4");
    let status = pollster::block_on(process.wait_async()).unwrap();
    assert_eq!(status.code(), Some(4));
    assert_eq!(awaited.join().unwrap().unwrap(), status);
    assert_eq!(next_end(&events, &process), Some((Some(4), None)));
    eventually("nothing is told twice", || {
        process.wait().unwrap();
        events.try_next().is_none()
    });
}

#[test]
fn the_end_of_a_process_is_awaited_as_long_as_the_session_goes_on() {
    let ipos = Ipos::host().unwrap();
    let process = ipos.spawn(child!("life/actor", "joined")).unwrap();
    let twin = process.clone();
    let awaited = thread::spawn(move || pollster::block_on(twin.wait_async()));
    drop(ipos);
    let ended = awaited.join().unwrap();
    assert!(matches!(ended, Err(Error::Closed)), "{ended:?}");
    process.kill().unwrap();
    let status = process.wait().unwrap();
    assert_eq!(pollster::block_on(process.wait_async()).unwrap(), status);
}
