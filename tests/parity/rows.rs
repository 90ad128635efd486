//! The calls of the Node package that are about processes, not about values.

use std::{
    io::{BufRead, BufReader, Write},
    process::Command,
    thread,
    time::{Duration, Instant},
};

use ipos::{Error, Ipos};
use ipos_tests::{PATIENCE, child, talk::Talk};

use crate::cast::{Cast, Parts};

/// Waits for what nobody tells of.
fn wait_until(condition: impl Fn() -> bool) {
    let deadline = Instant::now() + PATIENCE;
    while !condition() {
        assert!(Instant::now() < deadline);
        thread::yield_now();
    }
}

#[test]
fn new_is_a_host_in_a_parent_and_a_member_in_a_child() {
    let ipos = Ipos::new().unwrap();
    assert!(ipos.is_host());
    let child = ipos.spawn(child!("parity/player", "new")).unwrap();
    assert_eq!(Talk::with(&child).ask("host"), "false");
    assert!(child.wait().unwrap().success());
}

#[test]
fn running_out_of_time_to_synchronise_is_an_error_and_the_child_is_ended() {
    let ipos = Ipos::builder()
        .sync_timeout(Duration::from_millis(200))
        .host()
        .unwrap();
    let mut command = child!("parity/sleeper");
    let error = ipos.spawn(&mut command).unwrap_err();
    assert!(matches!(error, Error::SyncTimeout { .. }), "{error}");
    assert!(error.to_string().contains("ipos-tests-child"), "{error}");

    let invitation = ipos.invite().unwrap();
    let error = invitation.wait(Duration::from_millis(200)).unwrap_err();
    assert!(matches!(error, Error::SyncTimeout { .. }), "{error}");
}

#[test]
fn processes_are_added_before_and_after_objects_are_created() {
    let mut cast = Cast::family();
    cast.play(
        &["parent create one", "all see one"],
        Parts::of("before", "Team"),
    );
    cast.join("late", child!("parity/player"));
    cast.play(&["late has one"], Parts::of("before", "Team"));
    cast.play(
        &["parent create one", "all see one"],
        Parts::of("after", "Team"),
    );
}

#[test]
fn a_process_is_added_before_and_after_it_has_joined() {
    let ipos = Ipos::builder().sync_timeout(PATIENCE).host().unwrap();
    let start = |mut command: Command, envs| {
        command
            .envs::<Vec<(String, String)>, _, _>(envs)
            .spawn()
            .unwrap()
    };
    // It is waited for when it has joined already, which an object of it shows.
    let invitation = ipos.invite().unwrap();
    let mut joined = start(child!("parity/player"), invitation.envs());
    let mut talk = joined.stdin.take().unwrap();
    writeln!(talk, "create it u8 first").unwrap();
    BufReader::new(joined.stdout.as_mut().unwrap())
        .read_line(&mut String::new())
        .unwrap();
    assert_eq!(*ipos.get::<u8>("it").unwrap().read(), u8::MAX);
    assert_eq!(invitation.wait(PATIENCE).unwrap().id(), joined.id());

    // It is waited for before it is started.
    let invitation = ipos.invite().unwrap();
    let envs = invitation.envs();
    let mut joining = thread::scope(|scope| {
        let waiting = scope.spawn(|| invitation.wait(PATIENCE).unwrap().id());
        let joining = start(child!("parity/player"), envs);
        assert_eq!(waiting.join().unwrap(), joining.id());
        joining
    });
    drop((talk, joining.stdin.take()));
    assert!(joined.wait().unwrap().success());
    assert!(joining.wait().unwrap().success());
}

#[test]
fn a_process_is_removed_once() {
    let mut cast = Cast::family();
    let other = Ipos::host().unwrap();
    let late = cast.join("late", child!("parity/player"));
    let parts = Parts::of("board", "Board");
    cast.play(&["late create one", "all see one"], parts);

    assert!(!other.remove_process(&late), "it is in another session");
    assert!(cast.ipos.remove_process(&late));
    assert!(!cast.ipos.remove_process(&late));
    cast.play(&["late lost one", "late still one"], parts);
    // To the others nothing has happened.
    for who in ["parent", "child", "sibling"] {
        cast.play(
            &[&format!("{who} see one"), &format!("{who} update")],
            parts,
        );
        cast.play(&["parent see updated", "parent set one"], parts);
    }
    cast.play(&["late still one"], parts);
}

#[test]
fn a_process_that_exits_is_removed_by_itself() {
    let mut cast = Cast::family();
    let parts = Parts::of("board", "Board");
    cast.play(&["child create one", "all see one"], parts);
    let killed = cast.join("killed", child!("parity/player"));
    let left = cast.join("left", child!("parity/player"));
    killed.kill().unwrap();
    cast.dismiss("killed");
    cast.dismiss("left");
    for process in [killed, left] {
        process.wait().unwrap();
        wait_until(|| !process.is_connected());
        assert!(!cast.ipos.remove_process(&process));
    }
    cast.play(&["child update", "all see updated"], parts);
}

#[test]
fn what_was_never_created_cannot_be_had_or_written() {
    Cast::family().play(&["all missing"], Parts::of("nothing", "Board"));
}
