//! A child that goes on unsynchronised without knowing it: here it knows.

use std::{
    io::Read,
    process::{Child, Command},
    time::Instant,
};

use ipos::Ipos;
use ipos_tests::{PATIENCE, child};
use ipos_transport::{FrameReader, Listener, frame};

use crate::cast::{Cast, Parts};

/// For how many milliseconds a child tries to join what will not let it in.
const TRY: &str = "300";

/// What a child that is on its own says when its attempt to join is over.
fn outcome(mut child: Child) -> String {
    let mut said = String::new();
    child
        .stdout
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert!(child.wait().unwrap().success(), "{said}");
    said
}

/// With the variables of an invitation, but for where the host is.
fn invited_to(mut command: Command, endpoint: &str) -> Command {
    let ipos = Ipos::host().unwrap();
    for (name, value) in ipos.invite().unwrap().envs() {
        let value = if name.contains("ENDPOINT") {
            endpoint
        } else {
            &*value
        };
        command.env(name, value);
    }
    command
}

#[test]
fn defect_5_a_child_that_was_not_invited_knows_it() {
    let child = child!("parity/player", "join").spawn().unwrap();
    assert!(outcome(child).starts_with("NotInvited: "));
}

/// Asserts what a child ends with that is invited by a host which answers its first frame with
/// `answer` and then stays or goes.
fn check(answer: Option<&[u8]>, stays: bool, how: &str, expected: &str) {
    let listener = Listener::private().unwrap();
    let mut command = child!("parity/player", how);
    if expected.starts_with("SyncTimeout") {
        command.arg(TRY);
    }
    let child = invited_to(command, &listener.endpoint().to_string())
        .spawn()
        .unwrap();
    let link = listener.accept().unwrap();
    let deadline = Some(Instant::now() + PATIENCE);
    let mut frames = FrameReader::new(4096);
    assert!(frames.fill(&link, deadline).unwrap());
    let hello = frames.next_frame().unwrap().unwrap();
    if let Some(answer) = answer {
        let mut bytes = Vec::new();
        // Under the same name and version of the protocol as the child's.
        frame::append(&mut bytes, |out| out.extend([&hello[..6], answer].concat()));
        // A child that has given up by now hears nothing, and says so.
        let _ = link.write_all(&bytes, deadline);
    }
    let link = stays.then_some(link);
    let said = outcome(child);
    assert!(
        said.starts_with(expected),
        "{answer:?}, {stays}, {how}: {said}"
    );
    drop(link);
}

/// Lets the child in, as number 1, with messages of 16 MiB; without a label, schemas, a ticket, and word of what it was.
const WELCOME: Option<&[u8]> = Some(&[0, 1, 0, 0x80, 0x80, 0x80, 0x08, 0, 0, 0, 0, 0]);

/// Does not, and says why.
const REFUSED: Option<&[u8]> = Some(&[1, 2, b'n', b'o']);

#[test]
fn defect_5_a_child_that_is_not_synchronised_in_time_knows_it() {
    check(None, true, "join", "SyncTimeout: ");
    check(WELCOME, true, "join", "SyncTimeout: ");
}

#[test]
fn defect_5_a_child_whose_host_hangs_up_knows_it() {
    for how in ["join", "new"] {
        check(None, false, how, "Refused: ");
        check(WELCOME, false, how, "HostGone: ");
        check(REFUSED, true, how, "Refused: ");
    }
}

#[test]
fn defect_5_a_child_whose_host_is_not_there_knows_it() {
    let endpoint = Listener::private().unwrap().endpoint().to_string();
    for how in ["join", "new"] {
        let child = invited_to(child!("parity/player", how), &endpoint)
            .spawn()
            .unwrap();
        let said = outcome(child);
        assert!(said.starts_with("HostGone: "), "{said}");
    }
}

#[test]
fn defect_5_a_child_that_outlives_its_session_knows_it() {
    let mut cast = Cast::family();
    cast.play(
        &["child create one", "all see one"],
        Parts::of("last", "Board"),
    );
    cast.dismiss("parent");
    cast.ipos = Ipos::host().unwrap();
    cast.play(
        &["all lost one", "all still one"],
        Parts::of("last", "Board"),
    );
}
