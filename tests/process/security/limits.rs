//! Members that try to exhaust their host: what it holds stays within its limits, and the others go on.

use ipos_tests::roles::life::system::peak_memory;
use ipos_transport::Link;

use crate::{
    cast::{
        Cast,
        Step::{self, Ask, Join, Start, Until},
    },
    raw::{
        Leaf, Object, Raw, Schema,
        Shape::{self, List, Text, Tuple},
        ToHost::{self, Barrier, Chunk, Commit, Create, Delete, Lacks, Pong, Ready, Resume},
        bytes, framed,
    },
};

/// A host that takes 4 members, 8 objects, 1 MiB of values, 2 KiB of keys and 16 KiB of schemas of each member; and a
/// member that works.
const SESSION: &[Step] = &[
    Start("h"),
    Ask("h", "limited host", "ok"),
    Ask("h", "create n number 0", "ok"),
    Ask("h", "create t text x", "ok"),
    Join("h", "m"),
    Ask("m", "get n number", "ok"),
    Ask("m", "get t text", "ok"),
];

const T: Object = (0, 2);

/// The kinds of messages with these numbers.
const ACT: u8 = 11;
const PING: u8 = 12;

/// They exchange something.
const EXCHANGE: &[Step] = &[
    Ask("h", "set n 1", "ok"),
    Ask("m", "wait n 1", "ok"),
    Ask("m", "set n 2", "ok"),
    Ask("m", "flush n", "ok"),
    Ask("h", "wait n 2", "ok"),
];

/// How much memory the host may take at the most, in KiB: a few times what it takes when nobody does anything, for
/// there are messages to be read.
const MEMORY: u64 = 120 * 1024;

fn message(message: &ToHost) -> Vec<u8> {
    framed(bytes(message))
}

fn text() -> Schema {
    Schema(0, vec![Text])
}

/// An object of a form that the host knows; its value is to follow.
fn announce(me: u32, number: u64, key: String, length: u64) -> Vec<u8> {
    message(&Create {
        number,
        object: (me, u32::try_from(number).unwrap()),
        key,
        schema: text().hash(),
        length,
    })
}

fn create(me: u32, number: u64, key: String) -> Vec<u8> {
    let value = message(&Chunk(vec![0]));
    [announce(me, number, key, 1), value].concat()
}

fn commit(number: u64, whole: u8, patches: Vec<u8>) -> Vec<u8> {
    message(&Commit {
        number,
        object: T,
        terms: (u64::MAX, false, whole),
        patches,
    })
}

/// A text in place of what was there, or at the end of it.
fn put_text(operation: &[u8], length: usize) -> Vec<u8> {
    let text = bytes(&"x".repeat(length));
    [operation, &text].concat()
}

/// A schema that is like no other, with a name of about so many bytes.
fn numbered(number: u32, bytes: usize) -> Vec<u8> {
    let name = format!("{number}{}", "x".repeat(bytes));
    let types = vec![List(name, 1), Shape::Leaf(Leaf::U32)];
    message(&ToHost::Schema(Schema(0, types)))
}

/// Ends a connection when it goes.
struct HangUp<'a>(&'a Link);

impl Drop for HangUp<'_> {
    fn drop(&mut self) {
        self.0.shutdown();
    }
}

/// What a member sends, part by part, given its number and that of the part.
type Part = fn(me: u32, part: u64) -> Vec<u8>;

/// Whether it is a member still in the end.
#[derive(PartialEq)]
enum Ends {
    Stays,
    Cut,
}
use Ends::{Cut, Stays};

/// What it sends, how often, and how that ends.
const CASES: &[(&str, u64, Part, Ends)] = &[
    (
        "objects",
        3_000,
        |me, part| create(me, part, format!("o{part}")),
        Stays,
    ),
    (
        "objects, one in place of the other",
        3_000,
        |me, part| create(me, part, "o".to_owned()),
        Stays,
    ),
    (
        "keys",
        3_000,
        |me, part| create(me, part, format!("{part:01000}")),
        Stays,
    ),
    (
        "a value without an end",
        500,
        |me, part| match part {
            1 => announce(me, 1, "endless".to_owned(), u64::MAX),
            _ => message(&Chunk(vec![0; 1 << 18])),
        },
        Stays,
    ),
    (
        "text behind text",
        200,
        |_, part| commit(part, 0, put_text(b"\x01\0", 1 << 18)),
        Stays,
    ),
    (
        "text in place of text",
        200,
        |_, part| commit(part, 0, put_text(b"\0", 1 << 18)),
        Stays,
    ),
    (
        "commits that are refused, and take back much",
        300,
        |_, part| match part {
            1 => commit(part, 0, put_text(b"\0", 1 << 18)),
            _ => commit(part, 2, put_text(b"\0", 1)),
        },
        Stays,
    ),
    (
        "deletions of what is not there",
        5_000,
        |_, part| {
            let key = "no such key".to_owned();
            message(&Delete { number: part, key })
        },
        Stays,
    ),
    (
        "deletions under long keys",
        120,
        |_, part| {
            let key = "k".repeat(1 << 20);
            message(&Delete { number: part, key })
        },
        Stays,
    ),
    (
        "objects that come and go",
        4_000,
        |me, part| match part % 2 {
            1 => create(me, part, format!("{:01000}", part + 1)),
            _ => message(&Delete {
                number: part,
                key: format!("{part:01000}"),
            }),
        },
        Stays,
    ),
    (
        "barriers",
        10_000,
        |_, part| message(&Barrier { nonce: part }),
        Stays,
    ),
    (
        "answers",
        10_000,
        |_, part| message(&Pong { ping: part }),
        Stays,
    ),
    (
        "questions whether the host is there",
        10_000,
        |_, part| framed([vec![PING], bytes(&part)].concat()),
        Stays,
    ),
    (
        "commits with a list of actions",
        200,
        |_, part| {
            let patches = put_text(b"\0", 1 << 10);
            let no_acts = Vec::<u8>::new();
            let terms = (u64::MAX, false, 0_u8);
            framed(bytes(&(ACT, part, T, terms, patches, no_acts)))
        },
        Stays,
    ),
    (
        "commits as of long ago",
        200,
        |_, part| {
            message(&Commit {
                number: part,
                object: T,
                terms: (0, part % 2 == 0, 0),
                patches: put_text(b"\x01\0", 1),
            })
        },
        Stays,
    ),
    (
        "that it lacks something",
        10_000,
        |_, part| {
            let key = format!("k{part}");
            message(&Lacks { key })
        },
        Stays,
    ),
    ("that it is ready", 10_000, |_, _| message(&Ready), Stays),
    (
        "schemas",
        10_000,
        |_, part| numbered(u32::try_from(part).unwrap(), 1_000),
        Cut,
    ),
    ("a large schema", 1, |_, _| numbered(1, 1 << 20), Cut),
    (
        "a schema of many types",
        1,
        |_, _| message(&ToHost::Schema(Schema(0, vec![Tuple(vec![]); 1 << 19]))),
        Cut,
    ),
    (
        "that it has missed something",
        10_000,
        |_, _| {
            message(&Resume {
                heard: 0,
                settled: 0,
            })
        },
        Cut,
    ),
];

#[test]
fn nothing_that_a_member_says_makes_its_host_hold_more_than_its_limits() {
    let mut cast = Cast::new();
    cast.play(SESSION);
    // All in one session: what one has left behind would show with the next.
    for (name, parts, says, ends) in CASES {
        println!("{name}");
        let (endpoint, token) = cast.invite("h");
        let (raw, me) = Raw::join(&endpoint, &token);
        cast.play(&[Ask("h", "let-in", "ok")]);
        std::thread::scope(|scope| {
            // It hears what it is told; one that does not is another matter.
            let link = &raw.link;
            let _end = HangUp(link);
            scope.spawn(move || {
                let mut buffer = vec![0; 1 << 16];
                while link.read(&mut buffer, None).is_ok_and(|bytes| bytes > 0) {}
            });
            for part in 1..=*parts {
                let bytes = says(me, part);
                let sent = link.write_all(&bytes, None);
                if sent.is_err() {
                    break;
                }
            }
            cast.play(EXCHANGE);
            if *ends == Cut {
                cast.play(&[Until("h", "threads", "ipos-link ipos-listener..")]);
            }
            let objects = cast.ask("h", "keys").split(' ').count();
            assert!(objects <= 8, "{name}: {objects} objects");
            let stays = (*ends == Stays).to_string();
            assert_eq!(cast.ask("h", "remove"), stays, "{name}");
        });
        let peak = peak_memory(cast.pid("h"));
        println!("{peak} KiB");
        assert!(peak < MEMORY, "{name}: the host has taken {peak} KiB");
        // Who is there goes on, and there is room again.
        cast.play(EXCHANGE);
        let keys = cast.ask("h", "keys");
        for key in keys.split(' ').filter(|key| !["n", "t"].contains(key)) {
            assert_eq!(cast.ask("h", &format!("delete {key}")), "true");
        }
        cast.play(&[
            Ask("h", "set t x", "ok"),
            Ask("m", "create late number 7", "ok"),
            Ask("m", "flush late", "ok"),
            Ask("h", "wait-for late", "ok"),
            Ask("h", "delete late", "true"),
            Ask("h", "barrier", "ok"),
        ]);
    }
    let complaints = cast.complaints("h");
    assert!(!complaints.contains("panicked"), "{complaints}");
}

#[test]
fn what_is_too_much_is_refused_with_the_limit() {
    let mut cast = Cast::new();
    cast.play(SESSION);
    cast.play(&[Ask("m", "events", "ok")]);
    for key in ["a", "b", "c", "d", "e", "f"] {
        assert_eq!(cast.ask("m", &format!("create {key} number 1")), "ok");
    }
    let too_long = &*format!("set t {}", "x".repeat(1_100_000)).leak();
    cast.play(&[
        Ask("m", "flush f", "ok"),
        Ask("m", "create g number 1", "ok"),
        Ask(
            "m",
            "event",
            "g of .. the session has 8 objects, its limit: .. `Limits::objects`",
        ),
        Ask("m", "get g number", "NoSuchObject: .."),
        Ask("m", "keys", "a b c d e f n t"),
        // Of what is there as much can be written as there is room for.
        Ask("m", "fill t 100 60000", "ok"),
        Ask("m", "flush t", "ok"),
        Ask("m", "update t push x", "ok"),
        Ask("m", too_long, "ok"),
        Ask(
            "m",
            "flush t",
            "Rejected: .. the values of the session take about .. and 1048576 is its limit: .. `Limits::value_bytes` ..",
        ),
        // The host may do what it wants.
        Ask("h", "create g number 1", "ok"),
        Ask("h", too_long, "ok"),
        Ask("h", "barrier", "ok"),
        // As long as there is too much only what frees something counts.
        Ask("m", "set n 7", "ok"),
        Ask("m", "flush n", "Rejected: .."),
        Ask("m", "delete g", "true"),
        Ask("h", "set t x", "ok"),
        Ask("h", "barrier", "ok"),
        Ask("m", "set n 7", "ok"),
        Ask("m", "flush n", "ok"),
    ]);
}

#[test]
fn one_member_too_many_is_told_so_and_comes_in_when_another_has_left() {
    let mut cast = Cast::new();
    cast.play(SESSION);
    cast.play(&[Join("h", "b"), Join("h", "c"), Join("h", "d")]);
    let late = cast.invited("h");
    cast.start("late", late);
    cast.play(&[
        Ask(
            "late",
            "join",
            "Refused: .. the session has 4 members, its limit: .. `Limits::members` ..",
        ),
        Step::Finish("b"),
        Until(
            "h",
            "threads",
            "ipos-link ipos-link ipos-link ipos-listener",
        ),
        // Its invitation has stayed good.
        Ask("late", "join", "ok"),
        Ask("h", "let-in", "ok"),
        Ask("late", "get n number", "ok"),
    ]);
}
