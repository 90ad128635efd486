//! What is odd but allowed: it changes nothing, or only what is the member's own.

use super::{Case, HUGE, L, N, T, commit, create, list, map, message, name, numbered, unit};
use crate::raw::{
    Object, Schema,
    Shape::{List, Option, Struct, Text},
    Terms,
    ToHost::{self, Chunk, Delete},
};

/// The first proposal: a commit on these terms.
fn on_terms(terms: Terms, object: Object, patches: &[u8]) -> Vec<u8> {
    message(&ToHost::Commit {
        number: 1,
        object,
        terms,
        patches: patches.to_vec(),
    })
}

pub const CASES: &[Case] = &[
    ("a commit to what never was", |_| {
        commit(1, (7, 7), &[b"\0"])
    }),
    ("an empty commit", |_| commit(1, N, &[])),
    ("a commit as a whole to what never was", |_| {
        on_terms((0, false, 1), (7, 7), b"\0\x05")
    }),
    ("a commit as a whole to what is gone in it", |_| {
        on_terms((0, false, 1), L, b"\x05\x09\x02\x03\x07")
    }),
    ("a commit made in the far future", |_| {
        on_terms((u64::MAX, false, 0), N, b"")
    }),
    ("a commit made anew in the far future, as a whole", |_| {
        on_terms((u64::MAX, true, 1), N, b"")
    }),
    ("a commit made anew in the far past", |_| {
        on_terms((0, true, 0), N, b"")
    }),
    ("a barrier, and no answer to what it asks", |_| {
        [
            message(&ToHost::Barrier { nonce: u64::MAX }),
            commit(1, N, &[]),
        ]
        .concat()
    }),
    ("a hundred barriers at once, and no answer to any", |_| {
        let barriers = (0..100).flat_map(|nonce| message(&ToHost::Barrier { nonce }));
        barriers.chain(commit(1, N, &[])).collect()
    }),
    ("answers to what was not asked", |_| {
        let pongs = [0, 1, u64::MAX].map(|ping| message(&ToHost::Pong { ping }));
        [pongs.concat(), commit(1, N, &[])].concat()
    }),
    ("a commit that it says has lost a part", |_| {
        on_terms((0, false, 2), N, b"\0\x05")
    }),
    ("that it lacks what it has, and what never was", |_| {
        let lacks = ["n", "no such key"].map(|key| {
            let key = key.to_owned();
            message(&ToHost::Lacks { key })
        });
        [lacks.concat(), commit(1, N, &[])].concat()
    }),
    ("a deletion of what never was", |_| {
        message(&Delete {
            number: 1,
            key: "no such key".into(),
        })
    }),
    ("an element past the end", |_| {
        commit(1, L, &[b"\x05\x09", b"\x05", HUGE])
    }),
    ("a change of an element past the end", |_| {
        commit(1, L, &[b"\x01\x09\0\x07", b"\x01", HUGE, b"\0\x07"])
    }),
    ("an insertion past the end", |_| {
        commit(1, L, &[b"\x04\x09\x07", b"\x04", HUGE, b"\x07"])
    }),
    ("a splice that wraps around", |_| {
        commit(
            1,
            L,
            &[b"\x06", HUGE, HUGE, b"\0", b"\x06\x01", HUGE, b"\0"],
        )
    }),
    ("elements appended far behind the end", |_| {
        commit(1, L, &[b"\x02", HUGE, b"\x07", b"\x05\x03"])
    }),
    ("a swap past the end", |_| {
        commit(1, L, &[b"\x07\0\x09", b"\x07", HUGE, HUGE])
    }),
    ("a permutation of another length", |_| {
        commit(1, L, &[b"\x08\x02\x01\0", b"\x08\0"])
    }),
    ("runs that wrap around", |_| {
        commit(
            1,
            L,
            &[b"\x09\x02", HUGE, HUGE, b"\x09\x03", HUGE, b"\x01\x03"],
        )
    }),
    ("a splice inside a character", |_| {
        commit(1, T, &[b"\x02\x02\0\x01x", b"\x02\0\x02\0"])
    }),
    ("a splice of text that wraps around", |_| {
        commit(
            1,
            T,
            &[b"\x02", HUGE, HUGE, b"\0", b"\x02\x01", HUGE, b"\0"],
        )
    }),
    ("a list of itself", |me| {
        create(me, vec![list(0)], &[b"\x02\0\x01\0"])
    }),
    ("a map of itself in all places", |me| {
        create(me, vec![map(0, 0)], &[b"\x01\0\0"])
    }),
    ("an option of itself", |me| {
        create(me, vec![Option(0)], &[b"\x01\x01\0"])
    }),
    ("a map whose name doubles 60 times", |me| {
        let maps = (1..=60).map(|next| map(next, next));
        create(me, maps.chain([unit()]).collect(), &[b"\0"])
    }),
    ("an object of a schema that the host has named", |me| {
        let text = Schema(0, vec![Text]);
        [name(me, &text, 2), message(&Chunk(b"\x01a".to_vec()))].concat()
    }),
    (
        "more schemas than are remembered, and the first again",
        |_| [numbered(0..=4096), numbered(0..=0), commit(1, N, &[])].concat(),
    ),
    ("a schema with long names", |me| {
        create(me, vec![List("x".repeat(1_000_000), 1), unit()], &[b"\0"])
    }),
    ("a struct whose fields have no names", |me| {
        create(
            me,
            vec![
                Struct(String::new(), vec![(String::new(), 1, false); 1000]),
                unit(),
            ],
            &[],
        )
    }),
    ("a thousand commits at once", |_| {
        (1..=1000)
            .flat_map(|n| commit(n, L, &[b"\x02\x03\x07", b"\x05\x03"]))
            .collect()
    }),
];
