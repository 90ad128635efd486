//! Connections of this user that are not members: which tokens are good, and that nobody holds the door.

use std::time::{Duration, Instant};

use ipos::{Error, Ipos};
use ipos_tests::PATIENCE;
use ipos_transport::{Endpoint, FrameReader, Link, Token};

use crate::{
    cast::{
        Cast, OPENING,
        Step::{self, Ask, Join, Start, Until},
    },
    raw::{Raw, VERSION, framed, hello, uninvited},
};

/// What a host answers to a first message with this token.
fn answer(endpoint: &str, token: &str) -> String {
    let mut raw = Raw::connect(endpoint);
    let token = Token::from_hex(token).unwrap();
    raw.send(&framed(hello(VERSION, &token, "")));
    let answer = raw.next().expect("it answers");
    match answer[6] {
        0 => "let in".to_owned(),
        _ => String::from_utf8_lossy(&answer[8..]).into_owned(),
    }
}

#[test]
fn a_token_is_good_from_its_invitation_to_its_first_use_or_its_withdrawal() {
    const BAD: &str = "its invitation was used already, or withdrawn, or never given";
    let ipos = Ipos::host().unwrap();
    let invited = || {
        let invitation = ipos.invite().unwrap();
        let envs = invitation.envs();
        (invitation, envs[0].1.clone(), envs[1].1.clone())
    };
    let (invitation, endpoint, token) = invited();
    // One that was waited for in vain is good still.
    let waited = invitation.wait(Duration::ZERO);
    assert!(matches!(waited, Err(Error::SyncTimeout { .. })));
    let (other, _, late) = invited();
    let mut wrong = token.clone().into_bytes();
    wrong[63] = if wrong[63] == b'0' { b'1' } else { b'0' };
    let wrong = String::from_utf8(wrong).unwrap();
    for (name, token, expected) in [
        ("wrong in its last digit", &wrong, BAD),
        ("in capitals", &token.to_uppercase(), "let in"),
        ("replayed", &token, BAD),
    ] {
        assert!(answer(&endpoint, token).contains(expected), "{name}");
    }
    drop(other);
    assert!(answer(&endpoint, &late).contains(BAD), "withdrawn");
    // That of another session is none.
    let another = Ipos::host().unwrap();
    let foreign = another.invite().unwrap();
    assert!(answer(&endpoint, &foreign.envs()[1].1).contains(BAD));
}

#[test]
fn what_a_process_was_given_that_came_too_late_is_good_no_more() {
    let host = Ipos::builder().sync_timeout(Duration::from_millis(50));
    let ipos = host.host().unwrap();
    let mut command = std::process::Command::new("sh");
    // It tells what it was given, and does not join.
    let told = tempfile::NamedTempFile::new().unwrap();
    let script = format!(
        "echo $IPOS_ENDPOINT $IPOS_TOKEN > {}; exec tail -f /dev/null",
        told.path().display()
    );
    command.args(["-c", &script]);
    let mut given = String::new();
    while given.is_empty() {
        // It may have been ended before it came to tell.
        let spawned = ipos.spawn(&mut command);
        assert!(matches!(spawned, Err(Error::SyncTimeout { .. })));
        given = std::fs::read_to_string(told.path()).unwrap();
    }
    let (endpoint, token) = given.trim().split_once(' ').unwrap();
    assert!(answer(endpoint, token).contains("withdrawn"));
}

/// A host that has a name, for which nobody needs a token, and a working member.
const NAMED: &[Step] = &[
    Start("h"),
    Ask("h", "serve board", "ok"),
    Ask("h", "create n number 0", "ok"),
    Join("h", "m"),
    Ask("m", "get n number", "ok"),
];

#[test]
fn while_more_are_at_the_door_than_there_is_room_for_those_who_say_who_they_are_get_in() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(&[Ask("h", "create n number 0", "ok")]);
    let (endpoint, _) = cast.invite("h");
    let silent: Vec<_> = (0..200).map(|_| Raw::connect(&endpoint)).collect();
    for who in ["a", "b", "c"] {
        cast.play(&[
            Join("h", who),
            Ask(who, "get n number", "ok"),
            Ask(who, "set n 1", "ok"),
            Ask(who, "flush n", "ok"),
        ]);
    }
    drop(silent);
    cast.play(&[Until(
        "h",
        "threads",
        "ipos-link ipos-link ipos-link ipos-listener",
    )]);
}

/// Sends bytes one at a time, and after each waits so long for an answer.
fn drip(endpoint: &str, bytes: &[u8], pause: Duration) -> Option<Vec<u8>> {
    let endpoint: Endpoint = endpoint.parse().unwrap();
    let link = Link::connect(&endpoint).unwrap();
    let mut frames = FrameReader::new(1 << 24);
    let give_up = Instant::now() + PATIENCE;
    let mut bytes = bytes.chunks(1);
    loop {
        assert!(Instant::now() < give_up, "nobody answers");
        // Whoever was hung up on is told so by what it reads.
        if let Some(byte) = bytes.next() {
            let _ = link.write_all(byte, Some(give_up));
        }
        match frames.fill(&link, Some(Instant::now() + pause)) {
            Ok(true) => {
                if let Some(frame) = frames.next_frame().unwrap() {
                    return Some(frame.to_vec());
                }
            }
            Err(ipos_transport::Error::Timeout { .. }) => {}
            Ok(false) | Err(_) => return None,
        }
    }
}

#[test]
fn a_first_message_that_comes_byte_by_byte_has_the_time_of_any_other_and_holds_up_nobody() {
    let mut cast = Cast::new();
    cast.play(NAMED);
    let (endpoint, token) = cast.invite("h");
    let token = Token::from_hex(&token).unwrap();
    let long = framed(hello(VERSION, &token, &"x".repeat(256)));
    // At this pace it would take half a minute.
    let slow = {
        let endpoint = endpoint.clone();
        std::thread::spawn(move || drip(&endpoint, &long, Duration::from_millis(100)))
    };
    for who in ["a", "b"] {
        cast.play(&[
            Start(who),
            Ask(who, "connect board", "ok"),
            Ask(who, "get n number", "ok"),
        ]);
    }
    let answer = slow.join().unwrap().expect("it is told why");
    let words = String::from_utf8_lossy(&answer);
    assert!(words.contains("in time"), "{words}");
    // What is slow and done in time is let in.
    let answer = drip(&endpoint, &framed(uninvited()), Duration::ZERO).unwrap();
    assert_eq!(answer[6], 0, "{answer:?}");
    cast.play(&[Ask("m", "set n 7", "ok"), Ask("a", "wait n 7", "ok")]);
}
