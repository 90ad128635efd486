//! What hosts say that do not keep to the protocol, and what becomes of the member.

use super::{Case, REJECTED, RESUMED, answer, change, list, object, welcome, with_list};
use crate::{
    cast::Step::{self, Ask, Hear, Until},
    raw::{
        Answer, Leaf, Parting, Schema,
        Shape::{self, Option, Text, Tuple},
        ToMember::{
            self, Accepted, Amended, Chunk, Commit, Deleted, Goodbye, Joined, Left, Live, Passed,
            Present, Resumed, Resync, Stale,
        },
        VERSION, framed, preamble,
    },
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

pub const CASES: &[Case] = &[
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
            "Refused: .. version 9 .. version 4: build both with the same version of `ipos`",
        )],
    ),
    (
        "another protocol",
        || framed(b"HTTP/1.1 200 OK"),
        &[Hear("m", "Refused: .. what connected does not speak IPOS")],
    ),
    (
        "an answer of no kind",
        || framed([preamble(VERSION), vec![7]].concat()),
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
    (
        "a goodbye after the welcome",
        || welcome(&[Goodbye(Parting::Over)]),
        OUT,
    ),
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
        "an object of a schema that was never told",
        || welcome(&object(vec![Text], b"\x01a")[1..]),
        OUT,
    ),
    (
        "a schema twice",
        || {
            let text = ToMember::Schema(Schema(0, vec![Text]));
            welcome(&[text.clone(), text])
        },
        OUT,
    ),
    (
        "a schema inside a value",
        || {
            let open = &object(vec![Text], b"\x01a")[..2];
            let unit = Schema(0, vec![Shape::Leaf(Leaf::Unit)]);
            welcome(&[open, &[ToMember::Schema(unit)]].concat())
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
            let open = &object(vec![Text], b"\x01a")[..2];
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
        || welcome(&[Live(0, vec![]), Goodbye(Parting::Removed)]),
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
                    origin: 3,
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
            welcome(&[&object[..], &object[1..], &[Live(0, vec![])]].concat())
        },
        &[
            Hear("m", "ok"),
            Ask("m", "get o text", "ok"),
            Ask("m", "read o", "a"),
            Ask("m", "wait-for never", "HostGone: .."),
        ],
    ),
    (
        "processes that come again, or were never there",
        || {
            let joined = |peer| Joined(peer, None, "x".into());
            let there = [
                joined(5),
                joined(2),
                Left(7),
                Present(vec![5, 9, 9]),
                Left(5),
            ];
            let again = [joined(5), joined(u32::MAX), joined(u32::MAX), Left(5)];
            welcome(&[&there[..], &[Live(0, vec![])], &again, &[Present(vec![])]].concat())
        },
        LATER,
    ),
    (
        "an object of a schema that was told before something was missed",
        || {
            let object = object(vec![Text], b"\x01a");
            welcome(
                &[
                    &object[..1],
                    &[Live(0, vec![]), Resync, RESUMED],
                    &object[1..],
                ]
                .concat(),
            )
        },
        LATER,
    ),
    (
        "a schema again after something was missed",
        || {
            let object = object(vec![Text], b"\x01a");
            let missed = [Resync, RESUMED];
            welcome(&[&object[..1], &missed, &object, &[Live(0, vec![])]].concat())
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
