//! What a member cannot do, whatever bytes it sends: write what is for the host alone, take or delete what is
//! reserved, speak for another.

use crate::{
    cast::{
        Cast, OPENING,
        Step::{self, Ask, Join},
    },
    raw::{
        Leaf, Object, Raw, Schema, Shape,
        ToHost::{self, Chunk, Commit, Create, Delete},
        ToMember, bytes, framed,
    },
};

const PLAN: Object = (0, 1);
const RULED: Object = (0, 2);
const FREE: Object = (0, 3);

/// A host with a plan of which it alone approves, a number under a rule, and one that is free; and a member.
const SESSION: &[Step] = &[
    Ask("h", "create p plan a,b", "ok"),
    Ask("h", "create-with n number 2 even", "ok"),
    Ask("h", "create f number 1", "ok"),
    Ask("h", "events", "ok"),
    Join("h", "m"),
    Ask("m", "get p plan", "ok"),
    Ask("m", "get n number", "ok"),
    Ask("m", "get f number", "ok"),
    Ask("m", "follow f", "ok"),
];

/// All of it is as it was, and goes on.
const AS_BEFORE: &[Step] = &[
    Ask("h", "read p", "a,b"),
    Ask("m", "read p", "a,b"),
    Ask("h", "read n", "2"),
    Ask("m", "read n", "2"),
    Ask("h", "keys", "f n p"),
    Ask("m", "keys", "f n p"),
    Ask("m", "set f 5", "ok"),
    Ask("m", "flush f", "ok"),
    Ask("h", "wait f 5", "ok"),
    Ask("h", "set f 1", "ok"),
    Ask("m", "wait f 1", "ok"),
];

fn message(message: &ToHost) -> Vec<u8> {
    framed(bytes(message))
}

fn commit(object: Object, patches: &[u8]) -> Vec<u8> {
    message(&Commit {
        number: 1,
        object,
        terms: (0, false, 0),
        patches: patches.to_vec(),
    })
}

/// A number under a key.
fn create(creator: u32, key: &str) -> Vec<u8> {
    let schema = Schema(0, vec![Shape::Leaf(Leaf::U64)]);
    let create = message(&Create {
        number: 1,
        object: (creator, 1),
        key: key.to_owned(),
        schema: schema.hash(),
        length: 1,
    });
    [create, message(&Chunk(vec![9]))].concat()
}

/// What becomes of it.
enum Ends {
    /// It is refused for this reason, and its member stays.
    Refused(&'static str),
    /// Its member is disconnected.
    Cut,
}
use Ends::{Cut, Refused};

/// What a member sends, given its number.
type Case = (&'static str, fn(u32) -> Vec<u8>, Ends);

const HOST_ONLY: Ends = Refused("host");

const CASES: &[Case] = &[
    (
        "approves",
        |_| commit(PLAN, b"\x01\x01\0\x01\0\x01"),
        HOST_ONLY,
    ),
    (
        "takes back what was not approved",
        |_| commit(PLAN, b"\x01\x01\0\x01\0\0"),
        HOST_ONLY,
    ),
    (
        "adds what is approved",
        |_| commit(PLAN, b"\x01\x04\0\x01c\x01"),
        HOST_ONLY,
    ),
    (
        "replaces all tasks",
        |_| commit(PLAN, b"\x01\0\x01\x01c\x01"),
        HOST_ONLY,
    ),
    (
        "approves behind what it may do",
        |_| commit(PLAN, b"\0\0\x01z\x01\x01\0\x01\0\x01"),
        HOST_ONLY,
    ),
    (
        "goes against the rule",
        |_| commit(RULED, b"\0\x03"),
        Refused("3 is odd"),
    ),
    (
        "takes a reserved key",
        |me| create(me, "n"),
        Refused("only the host may put another object in place of `n`"),
    ),
    (
        "takes the key of what has parts for the host alone",
        |me| create(me, "p"),
        Refused("only the host may put another object in place of `p`"),
    ),
    (
        "deletes what is reserved",
        |_| {
            message(&Delete {
                number: 1,
                key: "n".into(),
            })
        },
        Refused("only the host may delete `n`"),
    ),
    (
        "deletes what has parts for the host alone",
        |_| {
            message(&Delete {
                number: 1,
                key: "p".into(),
            })
        },
        Refused("only the host may delete `p`"),
    ),
    ("creates for the host", |_| create(0, "x"), Cut),
    ("creates for another member", |_| create(1, "x"), Cut),
    (
        "creates for one that will come",
        |me| create(me + 1, "x"),
        Cut,
    ),
];

#[test]
fn a_member_cannot_do_what_is_for_the_host_alone_or_for_another() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(SESSION);
    let mut rejected = bytes(&ToMember::Rejected {
        seq: 0,
        number: 0,
        reason: String::new(),
    });
    rejected.truncate(1);
    for (name, says, ends) in CASES {
        println!("{name}");
        let (endpoint, token) = cast.invite("h");
        let (mut raw, me) = Raw::join(&endpoint, &token);
        cast.play(&[Ask("h", "let-in", "ok")]);
        raw.send(&says(me));
        match ends {
            Cut => {
                raw.end();
                cast.play(&[Ask("h", "remove", "false")]);
            }
            Refused(reason) => {
                let mut frames = std::iter::from_fn(|| raw.next());
                let verdict = frames.find(|frame| frame[0] == rejected[0]);
                let verdict = verdict.expect("it is told");
                let words = String::from_utf8_lossy(&verdict);
                assert!(words.contains(reason), "{name}: {words}");
                let event = cast.ask("h", "event");
                assert!(event.contains(&format!("of peer {me} ")), "{event}");
                cast.play(&[Ask("h", "remove", "true")]);
            }
        }
        cast.play(AS_BEFORE);
    }
}

#[test]
fn what_a_member_writes_is_told_as_its_own() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(SESSION);
    let (endpoint, token) = cast.invite("h");
    let (mut raw, me) = Raw::join(&endpoint, &token);
    cast.play(&[Ask("h", "let-in", "ok")]);
    raw.send(&commit(FREE, b"\0\x08"));
    cast.play(&[Ask("m", "wait f 8", "ok")]);
    let told = cast.ask("m", "told f");
    assert!(told.contains(&format!("peer {me}")), "{told}");
}

#[test]
fn what_only_a_host_may_say_is_no_word_of_a_member() {
    let verdicts: &[(&str, ToMember)] = &[
        ("accepted", ToMember::Accepted { seq: 9, number: 1 }),
        (
            "amended",
            ToMember::Amended {
                seq: 9,
                number: 1,
                patches: b"\0\x07".to_vec(),
            },
        ),
        ("stale", ToMember::Stale { number: 1 }),
        (
            "rejected",
            ToMember::Rejected {
                seq: 9,
                number: 1,
                reason: "because".into(),
            },
        ),
        (
            "a commit of the host",
            ToMember::Commit {
                seq: 9,
                origin: 0,
                object: FREE,
                patches: b"\0\x07".to_vec(),
            },
        ),
        (
            "a deletion of the host",
            ToMember::Deleted {
                seq: 9,
                origin: 0,
                key: "n".into(),
            },
        ),
        ("live", ToMember::Live(9, vec!["n".into()])),
        ("a ping", ToMember::Ping { ping: 1 }),
        ("passed", ToMember::Passed { nonce: 1 }),
        ("joined", ToMember::Joined(7, Some(1), "nobody".into())),
        ("left", ToMember::Left(1)),
        ("present", ToMember::Present(vec![])),
        ("resync", ToMember::Resync),
        (
            "resumed",
            ToMember::Resumed {
                taken: 9,
                anew: true,
            },
        ),
    ];
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(SESSION);
    for (name, says) in verdicts {
        println!("{name}");
        let (endpoint, token) = cast.invite("h");
        let (mut raw, _) = Raw::join(&endpoint, &token);
        cast.play(&[Ask("h", "let-in", "ok")]);
        raw.send(&framed(bytes(says)));
        cast.play(AS_BEFORE);
        drop(raw);
        cast.play(AS_BEFORE);
    }
    let complaints = cast.complaints("h");
    assert!(!complaints.contains("panicked"), "{complaints}");
}
