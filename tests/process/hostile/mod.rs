//! Members with a valid token that do not keep to the protocol: they are disconnected, and neither
//! the host nor any other member is harmed.

mod messages;
mod odd;
mod values;

use std::ops::RangeInclusive;

use ipos_tests::roles::life::system::peak_memory;

use crate::{
    cast::{
        Cast, OPENING,
        Step::{self, Ask, Join, NothingLeft, Until},
    },
    raw::{
        Leaf, Object, Raw, Schema,
        Shape::{self, List, Map, Text, Tuple},
        ToHost::{self, Chunk, Commit, Create},
        bytes, framed,
    },
};

/// A host with an object of each kind, and a working member that knows the types of all.
const SESSION: &[Step] = &[
    Ask("h", "create n number 0", "ok"),
    Ask("h", "create t text aé漢", "ok"),
    Ask("h", "create l list 1,2,3", "ok"),
    Ask("h", "create b board sample", "ok"),
    Join("h", "m"),
    Ask("m", "get n number", "ok"),
    Ask("m", "get l list", "ok"),
    Ask("m", "get t text", "ok"),
    Ask("m", "get b board", "ok"),
    // It knows no type by its Rust name.
    Join("h", "ignorant"),
];

const N: Object = (0, 1);
const T: Object = (0, 2);
const L: Object = (0, 3);
const B: Object = (0, 4);

/// They exchange something, and nothing else has changed.
const EXCHANGE: &[Step] = &[
    Ask("h", "set n 1", "ok"),
    Ask("m", "wait n 1", "ok"),
    Ask("m", "set n 2", "ok"),
    Ask("h", "wait n 2", "ok"),
    Ask("h", "read t", "aé漢"),
    Ask("h", "read l", "1,2,3"),
    Ask("m", "read t", "aé漢"),
    Ask("m", "read l", "1,2,3"),
];

/// How much memory a process may take at the most, in KiB; far more than an honest session needs.
const MEMORY: u64 = 400 * 1024;

/// A million, as postcard writes it; and the largest number of 64 bits.
const MILLION: &[u8] = b"\xC0\x84\x3D";
const HUGE: &[u8] = b"\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\xFF\x01";
/// 2 to the 33.
const HUGE_33: &[u8] = b"\x80\x80\x80\x80\x20";

/// What a member sends, given its number.
type Case = (&'static str, fn(u32) -> Vec<u8>);

fn message(message: &ToHost) -> Vec<u8> {
    framed(bytes(message))
}

fn commit(number: u64, object: Object, patches: &[&[u8]]) -> Vec<u8> {
    message(&Commit {
        number,
        object,
        terms: (0, false, 0),
        patches: patches.concat(),
    })
}

/// An object of a schema that the host has; its value is to follow.
fn name(me: u32, schema: &Schema, length: usize) -> Vec<u8> {
    message(&Create {
        number: 1,
        object: (me, 1),
        key: "evil".to_owned(),
        schema: schema.hash(),
        length: length as u64,
    })
}

fn tell(schema: Schema) -> Vec<u8> {
    message(&ToHost::Schema(schema))
}

/// A schema, and an object of the first of its types.
fn announce(me: u32, types: Vec<Shape>, length: usize) -> Vec<u8> {
    let schema = Schema(0, types);
    let name = name(me, &schema, length);
    [tell(schema), name].concat()
}

/// The first proposal: an object of the first of the types, with this value.
fn create(me: u32, types: Vec<Shape>, value: &[&[u8]]) -> Vec<u8> {
    let value = value.concat();
    let mut out = announce(me, types, value.len());
    for chunk in value.chunks(65536) {
        out.extend(message(&Chunk(chunk.to_vec())));
    }
    out
}

fn unit() -> Shape {
    Shape::Leaf(Leaf::Unit)
}

/// So many schemas that nobody else has.
fn numbered(numbers: RangeInclusive<u32>) -> Vec<u8> {
    numbers
        .flat_map(|number| tell(one_of_many(number)))
        .collect()
}

fn one_of_many(number: u32) -> Schema {
    Schema(0, vec![List(number.to_string(), 1), Shape::Leaf(Leaf::U32)])
}

/// A text in a tuple, which adds no bytes: the host has texts themselves, and is not to be told of them.
fn text() -> Vec<Shape> {
    vec![Tuple(vec![1]), Text]
}

fn list(item: u32) -> Shape {
    List("Vec".to_owned(), item)
}

fn map(key: u32, value: u32) -> Shape {
    Map("HashMap".to_owned(), key, value)
}

/// Tuples, each with `width` of the next, above a byte.
fn chain(length: u32, width: usize) -> Vec<Shape> {
    let tuples = (1..=length).map(|next| Tuple(vec![next; width]));
    tuples.chain([Shape::Leaf(Leaf::U8)]).collect()
}

#[test]
fn a_member_that_breaks_the_protocol_is_disconnected_and_harms_nobody() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(SESSION);
    for (name, says) in messages::CASES.iter().chain(values::CASES) {
        println!("{name}");
        let (endpoint, token) = cast.invite("h");
        let (mut raw, me) = Raw::join(&endpoint, &token);
        cast.play(&[Ask("h", "let-in", "ok")]);
        raw.send(&says(me));
        raw.end();
        cast.play(&[Ask("h", "remove", "false")]);
        cast.play(EXCHANGE);
    }
    for who in ["h", "m", "ignorant"] {
        let peak = peak_memory(cast.pid(who));
        assert!(peak < MEMORY, "{who} has taken {peak} KiB");
    }
    // Whoever comes now gets all that is there.
    cast.play(&[
        Join("h", "late"),
        Ask("late", "get n number", "ok"),
        Ask("late", "read n", "2"),
        Ask("h", "leave", "ok"),
        Until("h", "threads", ""),
        NothingLeft,
        Ask("m", "wait-for never", "HostGone: .. ended the session .."),
    ]);
    for who in ["h", "m", "ignorant", "late"] {
        let complaints = cast.complaints(who);
        assert!(!complaints.contains("panicked"), "{who}: {complaints}");
    }
}

#[test]
fn a_member_that_sends_what_is_odd_but_allowed_stays_and_harms_nobody() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(SESSION);
    for (name, says) in odd::CASES {
        println!("{name}");
        let (endpoint, token) = cast.invite("h");
        let (mut raw, me) = Raw::join(&endpoint, &token);
        cast.play(&[Ask("h", "let-in", "ok")]);
        let marker = format!("marker {me}");
        raw.send(&says(me));
        cast.play(EXCHANGE);
        // All of it has been dealt with when this has.
        let number = if *name == "a thousand commits at once" {
            1001
        } else {
            2
        };
        let object = (me, u32::MAX);
        let schema = Schema(0, vec![unit()]);
        let hash = schema.hash();
        raw.send(&tell(schema));
        raw.send(&message(&Create {
            number,
            object,
            key: marker.replace(' ', "-"),
            schema: hash,
            length: 0,
        }));
        let mut keys = String::new();
        for who in ["h", "m", "ignorant"] {
            cast.play(&[Until(
                who,
                "keys",
                format!(".. {}..", marker.replace(' ', "-")).leak(),
            )]);
            keys = cast.ask(who, "keys");
        }
        // What came of it can be looked at by everybody.
        if keys.starts_with("b evil ") {
            for who in ["h", "m", "ignorant"] {
                cast.play(&[Ask(
                    who,
                    "get evil number",
                    "TypeMismatch: `evil` .. u64 ..",
                )]);
            }
            cast.play(&[Ask("m", "delete evil", "true"), Ask("m", "flush n", "ok")]);
            cast.play(&[Until("h", "get evil number", "Deleted: ..")]);
        }
        cast.play(&[Ask("h", "remove", "true")]);
        raw.end();
        cast.play(EXCHANGE);
    }
    for who in ["h", "m", "ignorant"] {
        let peak = peak_memory(cast.pid(who));
        assert!(peak < MEMORY, "{who} has taken {peak} KiB");
        let complaints = cast.complaints(who);
        assert!(!complaints.contains("panicked"), "{who}: {complaints}");
    }
}
