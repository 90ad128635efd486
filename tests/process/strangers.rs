//! Connections that are nobody's: none gets in, and the session does not notice.

use ipos_transport::Token;

use crate::{
    cast::{
        Cast, OPENING,
        Step::{self, Ask, Finish, Join, NothingLeft, Until},
    },
    raw::{Raw, VERSION, framed, hello, hello_with, preamble, uninvited},
};

/// A host and a working member.
const SESSION: &[Step] = &[
    Ask("h", "create n number 0", "ok"),
    Join("h", "m"),
    Ask("m", "get n number", "ok"),
];

/// They exchange something.
const EXCHANGE: &[Step] = &[
    Ask("h", "set n 1", "ok"),
    Ask("m", "wait n 1", "ok"),
    Ask("m", "set n 2", "ok"),
    Ask("h", "wait n 2", "ok"),
];

/// What a stranger sends, given a token that is good; and a part of the reason that it is given,
/// or nothing if it hangs up itself.
type Case = (&'static str, fn(&Token) -> Vec<u8>, Option<&'static str>);

const TOO_LATE: Option<&str> = Some("in time");
const NOT_IPOS: Option<&str> = Some("what connected does not speak IPOS");
const BAD_TOKEN: Option<&str> =
    Some("its invitation was used already, or withdrawn, or never given");
const TOO_LARGE: Option<&str> = Some("the peer announced a frame of");
const UNREADABLE: Option<&str> = Some("it sent a message that cannot be read");

const CASES: &[Case] = &[
    ("nothing", |_| vec![], TOO_LATE),
    ("half a header", |_| vec![40, 0], TOO_LATE),
    (
        "half a hello",
        |token| framed(hello(VERSION, token, ""))[..20].to_vec(),
        TOO_LATE,
    ),
    (
        "all but the last byte",
        |token| {
            let mut hello = framed(hello(VERSION, token, "x"));
            hello.pop();
            hello
        },
        TOO_LATE,
    ),
    (
        "a header of the largest hello",
        |_| vec![0, 16, 0, 0],
        TOO_LATE,
    ),
    ("nothing, and hangs up", |_| vec![], None),
    (
        "half a hello, and hangs up",
        |token| framed(hello(VERSION, token, ""))[..20].to_vec(),
        None,
    ),
    (
        "a guessed token",
        |_| framed(hello(VERSION, &Token::from_bytes([7; 32]), "")),
        BAD_TOKEN,
    ),
    (
        "no token",
        |_| framed(uninvited()),
        Some("it has no invitation, and the session has no name"),
    ),
    (
        "a token of zeros",
        |_| framed(hello(VERSION, &Token::from_bytes([0; 32]), "")),
        BAD_TOKEN,
    ),
    (
        "an older version",
        |token| framed(hello(0, token, "")),
        Some(
            "the other process speaks version 0 of the IPOS protocol and this one version 4: build both",
        ),
    ),
    (
        "a newer version",
        |token| framed(hello(5, token, "")),
        Some("speaks version 5"),
    ),
    (
        "a newer version's hello",
        |_| framed([&preamble(9)[..], b"what do I know"].concat()),
        Some("speaks version 9"),
    ),
    ("an empty frame", |_| framed([]), NOT_IPOS),
    ("a part of the preamble", |_| framed(b"IPO"), NOT_IPOS),
    (
        "the preamble without a version",
        |_| framed(b"IPOS"),
        NOT_IPOS,
    ),
    ("half a version", |_| framed(b"IPOS\x01"), NOT_IPOS),
    ("garbage", |_| framed([0xFF; 100]), NOT_IPOS),
    ("zeros", |_| vec![0; 4096], NOT_IPOS),
    (
        "another protocol",
        |_| b"GET / HTTP/1.1\r\n\r\n".to_vec(),
        TOO_LARGE,
    ),
    ("an oversized header", |_| vec![0xFF; 4], TOO_LARGE),
    ("an oversized frame", |_| framed(vec![0; 4097]), TOO_LARGE),
    (
        "the preamble alone",
        |_| framed(preamble(VERSION)),
        UNREADABLE,
    ),
    (
        "half a token",
        |token| framed([&preamble(VERSION)[..], &token.as_bytes()[..16]].concat()),
        UNREADABLE,
    ),
    (
        "a token without a label",
        |token| framed([&preamble(VERSION)[..], token.as_bytes()].concat()),
        UNREADABLE,
    ),
    (
        "a label without schemas",
        |token| framed([&preamble(VERSION)[..], token.as_bytes(), b"\x01x"].concat()),
        UNREADABLE,
    ),
    (
        "half a schema",
        |token| {
            let mut hello = hello_with(VERSION, token, "x", &[[7; 16]]);
            hello.truncate(hello.len() - 8);
            framed(hello)
        },
        UNREADABLE,
    ),
    (
        "schemas longer than the frame",
        |token| {
            let mut hello = hello(VERSION, token, "x");
            hello.pop();
            framed([&hello[..], b"\xFF\xFF\xFF\xFF\x0F"].concat())
        },
        UNREADABLE,
    ),
    (
        "bytes after the schemas",
        |token| framed([&hello(VERSION, token, "x")[..], b"y"].concat()),
        UNREADABLE,
    ),
    (
        "a label that is too long",
        |token| framed(hello(VERSION, token, &"x".repeat(257))),
        Some("a label of 257 bytes is too long; 256 is the limit"),
    ),
    (
        "a label of no text",
        |token| framed([&preamble(VERSION)[..], token.as_bytes(), b"\x02\xFF\xFF"].concat()),
        UNREADABLE,
    ),
    (
        "a label longer than the frame",
        |token| {
            framed(
                [
                    &preamble(VERSION)[..],
                    token.as_bytes(),
                    b"\xFF\xFF\xFF\xFF\x0F",
                ]
                .concat(),
            )
        },
        UNREADABLE,
    ),
];

#[test]
fn strangers_are_refused_in_words_while_the_session_goes_on() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(SESSION);
    let (endpoint, token) = cast.invite("h");
    let good = Token::from_hex(&token).unwrap();
    let mut strangers = Vec::new();
    for (name, says, reason) in CASES {
        let mut stranger = Raw::connect(&endpoint);
        stranger.send(&says(&good));
        if let Some(reason) = reason {
            strangers.push((name, stranger, reason));
        }
        cast.play(EXCHANGE);
    }
    for (name, mut stranger, reason) in strangers {
        let answer = stranger.end().unwrap_or_else(|| panic!("{name}: no word"));
        // Who was too late may try again.
        let kind = if *reason == "in time" { 2 } else { 1 };
        let words = answer.strip_prefix(&[&preamble(VERSION)[..], &[kind]].concat()[..]);
        let words = String::from_utf8_lossy(words.expect("a refusal"));
        assert!(words.contains(reason), "{name}: {words}");
        cast.play(EXCHANGE);
    }
    // None of those that had the token has used it up.
    let mut command = cast.command();
    command
        .env("IPOS_ENDPOINT", endpoint)
        .env("IPOS_TOKEN", token);
    cast.start("late", command);
    cast.play(&[
        Ask("late", "join", "ok"),
        Ask("late", "get n number", "ok"),
        Until("h", "threads", "ipos-link ipos-link ipos-listener"),
        Ask("h", "leave", "ok"),
        NothingLeft,
    ]);
    let complaints = cast.complaints("h");
    assert!(!complaints.contains("panicked"), "{complaints}");
}

#[test]
fn a_token_is_good_once() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(SESSION);
    let (endpoint, token) = cast.invite("h");
    let (first, _) = Raw::join(&endpoint, &token);
    let mut second = Raw::connect(&endpoint);
    second.send(&framed(hello(
        VERSION,
        &Token::from_hex(&token).unwrap(),
        "",
    )));
    let answer = second.end().unwrap();
    assert!(String::from_utf8_lossy(&answer).contains("used already"));
    cast.play(EXCHANGE);
    drop(first);
    let mut third = Raw::connect(&endpoint);
    third.send(&framed(hello(
        VERSION,
        &Token::from_hex(&token).unwrap(),
        "",
    )));
    let answer = third.end().unwrap();
    assert!(
        String::from_utf8_lossy(&answer).contains("used already"),
        "also when it has left"
    );
    cast.play(EXCHANGE);
}

#[test]
fn more_strangers_than_there_is_room_for_are_hung_up_on_and_all_go_in_time() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(SESSION);
    cast.play(&[
        // From the first wait on a connection has more of them.
        Ask("h", "wait-in-vain n", "Timeout: .."),
        Ask("h", "barrier", "ok"),
        Ask("h", "barrier", "ok"),
    ]);
    let descriptors: usize = cast.ask("h", "descriptors").parse().unwrap();
    let (endpoint, _) = cast.invite("h");
    let mut strangers: Vec<_> = (0..150).map(|_| Raw::connect(&endpoint)).collect();
    cast.play(EXCHANGE);
    let answers = strangers.iter_mut().map(Raw::end);
    let (told, hung_up_on): (Vec<_>, Vec<_>) = answers.partition(Option::is_some);
    assert!(
        told.len() >= 64 && !hung_up_on.is_empty(),
        "{} were told",
        told.len()
    );
    cast.play(EXCHANGE);
    cast.play(&[
        Until("h", "threads", "ipos-link ipos-listener"),
        Join("h", "late"),
        Finish("late"),
        Until("h", "threads", "ipos-link ipos-listener"),
    ]);
    assert_eq!(cast.ask("h", "descriptors").parse(), Ok(descriptors));
}

#[test]
fn a_host_ends_while_strangers_are_at_the_door() {
    for _ in 0..20 {
        let mut cast = Cast::new();
        cast.play(OPENING);
        cast.play(SESSION);
        let (endpoint, _) = cast.invite("h");
        let endpoint: ipos_transport::Endpoint = endpoint.parse().unwrap();
        std::thread::scope(|scope| {
            for _ in 0..2 {
                scope.spawn(|| while ipos_transport::Link::connect(&endpoint).is_ok() {});
            }
            cast.play(&[
                Ask("h", "leave", "ok"),
                Until("h", "threads", ""),
                NothingLeft,
            ]);
        });
        cast.play(&[Ask(
            "m",
            "wait-for never",
            "HostGone: .. ended the session ..",
        )]);
    }
}
