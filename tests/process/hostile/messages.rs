//! Frames, messages and schemas that are against the rules.

use super::{
    Case, N, announce, chain, commit, create, list, message, name, numbered, one_of_many, tell,
    text, unit,
};
use crate::raw::{
    Leaf, Schema,
    Shape::{self, Struct, Text, Tuple},
    ToHost::{self, Chunk, Create, Delete},
    bytes, framed, uninvited,
};

pub const CASES: &[Case] = &[
    ("a header of 4 GiB", |_| vec![0xFF; 4]),
    ("a header just above the limit", |_| {
        (16 * 1024 * 1024 + 1u32).to_le_bytes().to_vec()
    }),
    ("garbage", |_| framed([0xFF; 100])),
    ("an empty frame", |_| framed([])),
    ("a message of no kind", |_| framed([11])),
    ("bytes after a message", |_| framed([4, 0])),
    ("half a message", |_| {
        framed(
            &bytes(&Delete {
                number: 1,
                key: "n".into(),
            })[..2],
        )
    }),
    ("a hello again", |_| framed(uninvited())),
    ("a key of no text", |_| framed(b"\x03\x01\x02\xFF\xFF")),
    // Numbers:
    ("proposal 0", |_| commit(0, N, &[b"\0\x05"])),
    ("proposal 2 first", |_| commit(2, N, &[b"\0\x05"])),
    ("the last proposal of all first", |_| {
        commit(u64::MAX, N, &[b"\0\x05"])
    }),
    ("a deletion numbered 2", |_| {
        message(&Delete {
            number: 2,
            key: "n".into(),
        })
    }),
    ("a number twice", |_| {
        [commit(1, N, &[]), commit(1, N, &[])].concat()
    }),
    ("an object of the host's", |_| create(0, vec![unit()], &[])),
    ("an object of another member's", |me| {
        create(me + 1, vec![unit()], &[])
    }),
    ("an object twice", |me| {
        let again = Create {
            number: 2,
            object: (me, 1),
            key: "e".into(),
            schema: Schema(0, vec![unit()]).hash(),
            length: 0,
        };
        [create(me, vec![unit()], &[]), message(&again)].concat()
    }),
    ("a key that is too long", |me| {
        let key = "k".repeat(1025);
        let schema = Schema(0, vec![unit()]);
        let named = message(&Create {
            number: 1,
            object: (me, 1),
            key,
            schema: schema.hash(),
            length: 0,
        });
        [tell(schema), named].concat()
    }),
    ("terms of no kind", |_| {
        message(&ToHost::Commit {
            number: 1,
            object: N,
            terms: (0, false, 3),
            patches: vec![],
        })
    }),
    // What it was not asked for:
    ("a resume unasked", |_| {
        message(&ToHost::Resume {
            heard: 0,
            settled: 0,
        })
    }),
    ("a resume unasked from the end of all", |_| {
        message(&ToHost::Resume {
            heard: u64::MAX,
            settled: u64::MAX,
        })
    }),
    // Chunks:
    ("a chunk out of the blue", |_| {
        message(&Chunk(vec![1, 2, 3]))
    }),
    ("an empty chunk out of the blue", |_| {
        message(&Chunk(vec![]))
    }),
    ("a chunk after all", |me| {
        [create(me, text(), &[b"\x01a"]), message(&Chunk(vec![1]))].concat()
    }),
    ("more than was announced", |me| {
        [
            announce(me, text(), 2),
            message(&Chunk(vec![2, b'a', b'b'])),
        ]
        .concat()
    }),
    ("another message inside a value", |me| {
        [
            announce(me, text(), 2),
            message(&Chunk(vec![1])),
            message(&ToHost::Ready),
        ]
        .concat()
    }),
    ("a goodbye inside a value", |me| {
        [announce(me, text(), 2), message(&ToHost::Goodbye)].concat()
    }),
    ("an announcement inside a value", |me| {
        [announce(me, text(), 2), name(me, &Schema(0, text()), 2)].concat()
    }),
    // Schemas:
    ("an object of a schema that was never told", |me| {
        name(me, &Schema(0, vec![unit()]), 0)
    }),
    ("an object of another schema than was told", |me| {
        [
            tell(Schema(0, vec![unit()])),
            name(me, &Schema(0, text()), 0),
        ]
        .concat()
    }),
    ("a schema twice", |_| tell(Schema(0, text())).repeat(2)),
    ("a schema that the host has named", |_| {
        tell(Schema(0, vec![Text]))
    }),
    ("a schema inside a value", |me| {
        [announce(me, text(), 2), tell(Schema(0, vec![unit()]))].concat()
    }),
    (
        "an object of a schema that is not remembered any more",
        |me| [numbered(0..=4096), name(me, &one_of_many(0), 0)].concat(),
    ),
    ("a schema again that is remembered still", |_| {
        [numbered(0..=4096), numbered(1..=1)].concat()
    }),
    ("half a schema", |_| {
        framed(&bytes(&ToHost::Schema(Schema(0, text())))[..3])
    }),
    ("a schema of no object that has no types", |_| {
        tell(Schema(0, vec![]))
    }),
    ("no types", |me| create(me, vec![], &[])),
    ("a type that is not there", |me| {
        create(me, vec![list(1)], &[b"\0"])
    }),
    ("a field of a type that is not there", |me| {
        create(
            me,
            vec![Struct("S".into(), vec![("f".into(), 7, false)])],
            &[],
        )
    }),
    ("a tuple of itself", |me| {
        create(me, vec![Tuple(vec![0])], &[])
    }),
    ("tuples in a circle", |me| {
        create(
            me,
            vec![Tuple(vec![1]), Tuple(vec![2]), Tuple(vec![0])],
            &[],
        )
    }),
    ("a circle beside what is used", |me| {
        create(me, vec![unit(), Tuple(vec![1])], &[])
    }),
    ("a tuple that doubles 60 times", |me| {
        create(me, chain(60, 2), &[])
    }),
    ("a tuple of a million", |me| {
        create(me, chain(1, 1_000_000), &[&[0; 1_000_000]])
    }),
    ("a chain of 60,000 tuples", |me| {
        create(me, chain(60_000, 1), &[b"\x07"])
    }),
    ("a chain of 60,000 tuples, told from its end", |me| {
        let tuples = (0..60_000).map(|next| Tuple(vec![next]));
        let types = [Shape::Leaf(Leaf::U8)].into_iter().chain(tuples).collect();
        let schema = Schema(60_000, types);
        let name = name(me, &schema, 1);
        [tell(schema), name, message(&Chunk(vec![7]))].concat()
    }),
    ("a chain of a million tuples", |me| {
        create(me, chain(1_000_000, 1), &[b"\x07"])
    }),
];
