//! A child's end, as its parent sees it, and what must have arrived before.

use std::os::unix::process::ExitStatusExt;

use ipos::{Error, Ipos, Process};
use ipos_tests::{
    PATIENCE, child,
    roles::life::{
        HOUR,
        system::{eventually, is_there},
    },
    talk::Talk,
};

/// How a process ended: its exit code, or the signal that ended it.
type Status = (Option<i32>, Option<i32>);

fn status(status: std::process::ExitStatus) -> Status {
    (status.code(), status.signal())
}

/// Asserts that a child that ends in some way is removed, known to have ended so, and no zombie.
#[track_caller]
fn check(end: impl FnOnce(&Ipos, &Process, Talk), expected: Status) {
    let ipos = Ipos::host().unwrap();
    let number = ipos.create("n", 1u64).unwrap();
    let sibling = ipos.spawn(child!("life/actor", "joined")).unwrap();
    let process = ipos.spawn(child!("life/actor", "joined")).unwrap();
    assert!(process.is_connected() && process.id() != sibling.id());
    assert!(process.peer() != sibling.peer());
    assert!(process.try_wait().unwrap().is_none());
    end(&ipos, &process, Talk::with(&process));

    eventually("it is removed", || !process.is_connected());
    eventually("its zombie is gone", || !is_there(process.id()));
    assert_eq!(process.try_wait().unwrap().map(status), Some(expected));
    assert_eq!(status(process.wait().unwrap()), expected);
    assert!(!ipos.remove_process(&process), "it was removed by itself");

    // The session is as it was.
    assert!(sibling.is_connected());
    let mut talk = Talk::with(&sibling);
    assert_eq!(talk.ask("get n number"), "ok");
    assert_eq!(talk.ask("set n 2"), "ok");
    number.wait_until(PATIENCE, |&n| n == 2).unwrap();
    drop(ipos);
    assert_eq!(
        talk.ask("wait-for never").split(':').next(),
        Some("HostGone")
    );
    drop(talk);
    assert_eq!(status(sibling.wait().unwrap()), (Some(0), None));
}

#[test]
fn the_end_of_a_child_is_known_however_it_comes() {
    check(|_, _, mut talk| talk.say("exit 0"), (Some(0), None));
    check(|_, _, mut talk| talk.say("exit 3"), (Some(3), None));
    check(|_, _, mut talk| talk.say("abort"), (None, Some(6)));
    check(|_, process, _| process.kill().unwrap(), (None, Some(9)));
    // Its input ends, and so does it.
    check(|_, _, talk| drop(talk), (Some(0), None));
    check(
        |_, _, mut talk| assert_eq!(talk.ask("leave"), "ok"),
        (Some(0), None),
    );
    check(
        |ipos, process, _| assert!(ipos.remove_process(process)),
        (Some(0), None),
    );
}

#[test]
fn a_child_that_leaves_but_runs_on_is_removed_and_its_end_is_known_when_it_comes() {
    let ipos = Ipos::host().unwrap();
    let process = ipos.spawn(child!("life/actor", "joined")).unwrap();
    let mut talk = Talk::with(&process);
    assert_eq!(talk.ask("leave"), "ok");
    eventually("it is removed", || !process.is_connected());
    assert!(process.try_wait().unwrap().is_none(), "it runs");
    eventually("its threads are gone", || talk.ask("threads").is_empty());
    talk.say("exit 4");
    eventually("its zombie is gone", || !is_there(process.id()));
    assert_eq!(status(process.wait().unwrap()), (Some(4), None));
}

#[test]
fn what_a_child_wrote_before_it_ended_well_is_not_lost() {
    /// How it ends, how much it writes, and what is there afterwards.
    type Case = (&'static str, usize, fn(&Ipos) -> bool);
    let cases: &[Case] = &[
        ("flush, then exit", 1, |_| true),
        ("flush, then exit", 1500, |_| true),
        ("leave by dropping all", 1, |_| true),
        ("leave by dropping all", 1500, |_| true),
        ("leave while a handle stays", 1, |_| true),
        ("leave while a handle stays", 1500, |_| true),
        ("create, then leave", 500, |ipos| {
            *ipos.wait_for::<Vec<u64>>("last", PATIENCE).unwrap().read() == [7; 300_000]
        }),
        ("delete, then leave", 500, |ipos| !ipos.contains("doomed")),
    ];
    for &(how, count, there) in cases {
        let ipos = Ipos::host().unwrap();
        let list = ipos.create("list", Vec::<String>::new()).unwrap();
        ipos.create("doomed", 0u8).unwrap();
        let process = ipos
            .spawn(child!("life/writes", how, count.to_string()))
            .unwrap();
        assert_eq!(status(process.wait().unwrap()), (Some(0), None), "{how}");
        eventually("it is removed", || !process.is_connected());
        let there_is_all = list
            .read()
            .iter()
            .zip(0..)
            .all(|(text, n)| text.parse() == Ok(n));
        assert!(
            there_is_all && list.read().len() == count && there(&ipos),
            "{how}"
        );
    }
}

#[test]
fn a_process_that_was_invited_is_for_others_to_end_and_wait_for() {
    let ipos = Ipos::host().unwrap();
    let invitation = ipos.invite().unwrap();
    // A shell stands between, as a service manager would.
    let program = env!("CARGO_BIN_EXE_ipos-tests-child");
    let mut shell = std::process::Command::new("sh");
    shell
        .args(["-c", r#"exec "$0" life/idle"#, program])
        .envs(invitation.envs());
    let mut child = shell.spawn().unwrap();
    let process = invitation.wait(HOUR).unwrap();
    assert_eq!(process.id(), child.id(), "`exec` keeps the number");
    assert_eq!(process.pid(), Some(child.id()));
    assert!(process.take_stdin().is_none() && process.take_stdout().is_none());
    for refused in [
        process.wait().map(drop),
        process.try_wait().map(drop),
        process.kill(),
    ] {
        assert!(
            matches!(refused, Err(Error::NotSpawned { .. })),
            "{refused:?}"
        );
    }
    assert!(ipos.remove_process(&process));
    assert!(!process.is_connected() || child.wait().unwrap().success());
    child.wait().unwrap();
}
