//! Hosts that do not keep to the protocol: whoever joins one is told, and not harmed.

use ipos_tests::roles::life::system::peak_memory;
use ipos_transport::Listener;

use crate::{
    cast::{
        Cast,
        Step::{self, Ask, Begin, Finish, Hear, Until},
    },
    raw::{
        Answer, Leaf, Object, Raw, Schema,
        Shape::{self, List, Option, Text, Tuple},
        ToHost,
        ToMember::{
            self, Accepted, Amended, Chunk, Commit, Deleted, Goodbye, Live, Passed, Rejected,
            Resumed, Resync, Stale,
        },
        bytes, framed, preamble,
    },
};

/// What the host answers to a hello.
type Case = (&'static str, fn() -> Vec<u8>, &'static [Step]);

const O: Object = (0, 1);

fn answer(answer: &Answer) -> Vec<u8> {
    framed([preamble(1), bytes(answer)].concat())
}

/// A welcome, and then these.
fn welcome(messages: &[ToMember]) -> Vec<u8> {
    let messages = messages.iter().map(|message| framed(bytes(message)));
    let frames: Vec<_> = [answer(&Answer::Welcome(1, 1 << 24))]
        .into_iter()
        .chain(messages)
        .collect();
    frames.concat()
}

/// An object `o`, announced and whole.
fn object(types: Vec<Shape>, value: &[u8]) -> Vec<ToMember> {
    let length = value.len() as u64;
    let announced = ToMember::Object {
        seq: 1,
        object: O,
        key: "o".into(),
        schema: Schema(0, types),
        reserved: false,
        length,
    };
    [announced]
        .into_iter()
        .chain(value.chunks(65536).map(|chunk| Chunk(chunk.to_vec())))
        .collect()
}

/// A list of bytes `o` that holds 1, 2 and 3, and then these.
fn with_list(messages: &[ToMember]) -> Vec<u8> {
    let list = object(vec![list(1), Shape::Leaf(Leaf::U8)], b"\x03\x01\x02\x03");
    welcome(&[&list[..], messages].concat())
}

fn list(item: u32) -> Shape {
    List("Vec".into(), item)
}

fn change(patches: &[u8]) -> ToMember {
    Commit {
        seq: 2,
        origin: 0,
        object: O,
        patches: patches.to_vec(),
    }
}

const REJECTED: ToMember = Rejected {
    seq: 1,
    number: 1,
    reason: String::new(),
};

const RESUMED: ToMember = Resumed {
    taken: 0,
    anew: false,
};

/// It does not get in.
const OUT: &[Step] = &[
    Hear("m", "HostGone: the host of the session is gone .."),
    Until("m", "threads", ""),
];

/// It gets in, and learns that the host is of no use.
const LATER: &[Step] = &[
    Hear("m", "ok"),
    Ask(
        "m",
        "wait-for never",
        "HostGone: the host of the session is gone ..",
    ),
    Until("m", "threads", ""),
];

const CASES: &[Case] = &[
    (
        "a refusal",
        || answer(&Answer::Refused("for no reason".into())),
        &[
            Hear("m", "Refused: the host refused this process: for no reason"),
            Until("m", "threads", ""),
        ],
    ),
    (
        "another version",
        || framed([preamble(9), vec![0, 1]].concat()),
        &[Hear(
            "m",
            "Refused: .. version 9 .. version 1: build both with the same version of `ipos`",
        )],
    ),
    (
        "another protocol",
        || framed(b"HTTP/1.1 200 OK"),
        &[Hear("m", "Refused: .. what connected does not speak IPOS")],
    ),
    (
        "an answer of no kind",
        || framed([preamble(1), vec![7]].concat()),
        &[Hear("m", "Refused: .. cannot be read")],
    ),
    (
        "an oversized answer",
        || vec![0xFF; 8],
        &[Hear("m", "HostGone: .. a frame of .. bytes ..")],
    ),
    (
        "a hang-up",
        || vec![],
        &[Hear("m", "Refused: .. hung up without a word")],
    ),
    (
        "half an answer, then a hang-up",
        || vec![9, 0, 0, 0, b'I'],
        &[Hear("m", "HostGone: .. in the middle of a frame ..")],
    ),
    // On the way to being in sync:
    ("a hang-up after the welcome", || welcome(&[]), OUT),
    ("a goodbye after the welcome", || welcome(&[Goodbye]), OUT),
    (
        "an oversized frame",
        || [welcome(&[]), vec![0xFF; 8]].concat(),
        OUT,
    ),
    (
        "garbage",
        || [welcome(&[]), framed([0xFF; 40])].concat(),
        OUT,
    ),
    (
        "an empty frame",
        || [welcome(&[]), framed([])].concat(),
        OUT,
    ),
    (
        "a chunk out of the blue",
        || welcome(&[Chunk(vec![1])]),
        OUT,
    ),
    (
        "a verdict out of the blue",
        || welcome(&[Accepted { seq: 1, number: 0 }]),
        OUT,
    ),
    (
        "a verdict on what may come",
        || welcome(&[Accepted { seq: 1, number: 1 }]),
        OUT,
    ),
    (
        "an amendment out of the blue",
        || {
            welcome(&[Amended {
                seq: 1,
                number: 1,
                patches: vec![],
            }])
        },
        OUT,
    ),
    (
        "a tuple of itself",
        || welcome(&object(vec![Tuple(vec![0])], &[])),
        OUT,
    ),
    (
        "a type that is not there",
        || welcome(&object(vec![list(8)], b"\0")),
        OUT,
    ),
    (
        "a chain of 60,000 tuples",
        || {
            let tuples = (1..=60_000).map(|next| Tuple(vec![next]));
            welcome(&object(tuples.chain([Text]).collect(), b"\0"))
        },
        OUT,
    ),
    (
        "a text that is none",
        || welcome(&object(vec![Text], b"\x01\xFF")),
        OUT,
    ),
    (
        "options in options, very deep",
        || {
            welcome(&object(
                vec![Option(0)],
                &[&[1; 1_000_000], &b"\0"[..]].concat(),
            ))
        },
        OUT,
    ),
    (
        "8 billion units",
        || {
            welcome(&object(
                vec![list(1), Shape::Leaf(Leaf::Unit)],
                b"\x80\x80\x80\x80\x20",
            ))
        },
        OUT,
    ),
    (
        "the end of the objects inside a value",
        || {
            let open = &object(vec![Text], b"\x01a")[..1];
            welcome(&[open, &[Live(0, vec![])]].concat())
        },
        OUT,
    ),
    (
        "a change that is none",
        || with_list(&[change(b"\x0A")]),
        OUT,
    ),
    (
        "a change of what is not there",
        || with_list(&[change(b"\x05\x07")]),
        OUT,
    ),
    (
        "a change that is in part of what is not there",
        || with_list(&[change(b"\x02\0\x07\x05\x09")]),
        OUT,
    ),
    // In sync:
    (
        "a hang-up once in sync",
        || welcome(&[Live(0, vec![])]),
        LATER,
    ),
    (
        "a goodbye once in sync",
        || welcome(&[Live(0, vec![]), Goodbye]),
        LATER,
    ),
    (
        "in sync twice, and a hang-up",
        || welcome(&[Live(0, vec![]), Live(0, vec![])]),
        LATER,
    ),
    (
        "garbage once in sync",
        || [welcome(&[Live(0, vec![])]), framed([0xFF; 40])].concat(),
        LATER,
    ),
    (
        "a verdict out of the blue once in sync",
        || welcome(&[Live(0, vec![]), Accepted { seq: 1, number: 1 }]),
        LATER,
    ),
    (
        "a change of what is not there once in sync",
        || with_list(&[Live(0, vec![]), change(b"\x05\x07")]),
        LATER,
    ),
    (
        "a refusal of what was not proposed",
        || welcome(&[Live(0, vec![]), REJECTED]),
        LATER,
    ),
    (
        "an answer to what it has not asked",
        || welcome(&[Live(0, vec![]), RESUMED]),
        LATER,
    ),
    (
        "that more has arrived than was proposed",
        || {
            let (taken, anew) = (5, true);
            welcome(&[Live(0, vec![]), Resync, Resumed { taken, anew }])
        },
        LATER,
    ),
    (
        "that more has arrived than was proposed, on the way to being in sync",
        || {
            welcome(&[
                Resumed {
                    taken: 1,
                    anew: false,
                },
                Live(0, vec![]),
            ])
        },
        OUT,
    ),
    // What is odd but can be lived with:
    (
        "that a barrier was passed that nobody waits for",
        || {
            welcome(&[
                Live(0, vec![]),
                Passed { nonce: 1 },
                Passed { nonce: u64::MAX },
            ])
        },
        LATER,
    ),
    (
        "that something was missed, again and again",
        || welcome(&[Live(0, vec![]), Resync, Resync, RESUMED, RESUMED, Resync]),
        LATER,
    ),
    (
        "a change and a deletion of objects that were never told of",
        || {
            let object = (7, 7);
            let change = Commit {
                seq: 9,
                origin: 3,
                object,
                patches: b"\0".to_vec(),
            };
            welcome(&[
                change,
                Deleted {
                    seq: 9,
                    key: "o".into(),
                },
                Live(0, vec![]),
            ])
        },
        LATER,
    ),
    (
        "that it is too far behind, when it has proposed nothing",
        || welcome(&[Live(0, vec![]), Stale { number: 1 }]),
        LATER,
    ),
    (
        "the same object twice",
        || {
            let object = object(vec![Text], b"\x01a");
            welcome(&[&object[..], &object[..], &[Live(0, vec![])]].concat())
        },
        &[
            Hear("m", "ok"),
            Ask("m", "get o text", "ok"),
            Ask("m", "read o", "a"),
            Ask("m", "wait-for never", "HostGone: .."),
        ],
    ),
    (
        "a list of itself",
        || welcome(&[&object(vec![list(0)], b"\0")[..], &[Live(0, vec![])]].concat()),
        &[
            Hear("m", "ok"),
            Ask(
                "m",
                "get o number",
                "TypeMismatch: `o` .. u64 .. Vec<Vec<..",
            ),
            Ask("m", "wait-for never", "HostGone: .."),
        ],
    ),
];

/// A member `m` that is about to join what listens here.
fn guest(join: &'static str) -> (Cast, Raw) {
    let mut cast = Cast::new();
    let listener = Listener::private_in(cast.stage().path()).unwrap();
    let mut command = cast.command();
    command.env("IPOS_ENDPOINT", listener.endpoint().to_string());
    command.env("IPOS_TOKEN", "5".repeat(64));
    cast.start("m", command);
    cast.play(&[Begin("m", join)]);
    let raw = Raw::new(listener.accept().unwrap());
    (cast, raw)
}

#[test]
fn a_member_answers_a_host_and_outlives_what_it_does_not_say() {
    let tell = |raw: &mut Raw, message: &ToMember| raw.send(&framed(bytes(message)));
    let (mut cast, mut raw) = guest("join");
    assert!(raw.next().unwrap().starts_with(&preamble(1)));
    raw.send(&welcome(&[Live(0, vec![])]));
    cast.play(&[Hear("m", "ok"), Ask("m", "events", "ok")]);
    assert_eq!(raw.next(), Some(bytes(&ToHost::Ready)));
    tell(&mut raw, &ToMember::Ping { ping: 7 });
    assert_eq!(raw.next(), Some(bytes(&ToHost::Pong { ping: 7 })));
    // It is refused what it has done.
    cast.play(&[
        Ask("m", "create n number 1", "ok"),
        Ask("m", "update n add 1", "ok"),
    ]);
    for _ in ["announced", "value", "commit"] {
        raw.next().expect("it is told");
    }
    tell(&mut raw, &REJECTED);
    cast.play(&[
        Ask("m", "event", "n of peer 1 .. here:"),
        Ask("m", "update n add 1", "Deleted: .."),
    ]);
    // It is told to ask, and asks, and is not answered.
    tell(&mut raw, &Resync);
    let ask = ToHost::Resume {
        heard: 1,
        settled: 1,
    };
    assert_eq!(raw.next(), Some(bytes(&ask)));
    cast.play(&[
        Ask("m", "create k number 1", "ok"),
        Ask("m", "set k 2", "ok"),
        Ask("m", "read k", "2"),
        Ask("m", "barrier 50", "Timeout: .."),
        Ask("m", "begin flush k", "ok"),
        Ask("m", "begin barrier", "ok"),
    ]);
    // The same refusal again.
    tell(&mut raw, &REJECTED);
    cast.play(&[
        Ask("m", "end", "HostGone: .."),
        Ask("m", "end", "HostGone: .."),
        Ask("m", "read k", "2"),
        Until("m", "threads", ""),
        Finish("m"),
    ]);
}

#[test]
fn whoever_joins_an_impostor_is_told_and_not_harmed() {
    for (name, says, then) in CASES {
        println!("{name}");
        let (mut cast, mut raw) = guest("join");
        assert!(raw.next().unwrap().starts_with(&preamble(1)));
        raw.send(&says());
        drop(raw);
        cast.play(then);
        let peak = peak_memory(cast.pid("m"));
        assert!(peak < 400 * 1024, "it has taken {peak} KiB");
        // It may have a session of its own now.
        cast.play(&[
            Ask("m", "host", "ok"),
            Ask("m", "create n number 1", "ok"),
            Finish("m"),
        ]);
        let complaints = cast.complaints("m");
        assert!(!complaints.contains("panicked"), "{complaints}");
    }
}

#[test]
fn whoever_joins_a_host_that_says_nothing_is_told_in_time() {
    for says in [vec![], welcome(&[]), with_list(&[])] {
        let (mut cast, mut raw) = guest("hasty join");
        raw.send(&says);
        cast.play(&[
            Hear(
                "m",
                "SyncTimeout: .. was not in sync after 100ms; .. `sync_timeout` ..",
            ),
            Until("m", "threads", ""),
            Finish("m"),
        ]);
    }
}
