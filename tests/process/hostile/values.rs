//! Values and changes that are none, or that would take more than they bring.

use super::{
    B, Case, HUGE, HUGE_33, L, MILLION, N, T, announce, commit, create, list, map, text, unit,
};
use crate::raw::{
    Leaf,
    Shape::{self, Option, Set, Text, Tuple},
};

pub const CASES: &[Case] = &[
    ("no bytes for a number", |me| {
        create(me, vec![Shape::Leaf(Leaf::U8)], &[])
    }),
    ("a boolean of 2", |me| {
        create(me, vec![Shape::Leaf(Leaf::Bool)], &[b"\x02"])
    }),
    ("an option of 2", |me| {
        create(me, vec![Option(1), unit()], &[b"\x02"])
    }),
    ("a character longer than its bytes", |me| {
        create(me, vec![Shape::Leaf(Leaf::Char)], &[b"\x04ab"])
    }),
    ("a character of two", |me| {
        create(me, vec![Shape::Leaf(Leaf::Char)], &[b"\x02ab"])
    }),
    ("a number longer than it has to be", |me| {
        create(me, vec![Shape::Leaf(Leaf::U16)], &[b"\x87\0"])
    }),
    ("a length longer than it has to be", |me| {
        create(me, text(), &[b"\x81\0a"])
    }),
    ("a text of no text", |me| {
        create(me, text(), &[b"\x02\xFF\xFF"])
    }),
    ("a text longer than its bytes", |me| {
        create(me, text(), &[HUGE, b"a"])
    }),
    ("a list longer than its bytes", |me| {
        create(me, vec![list(1), Text], &[HUGE, b"\x01a"])
    }),
    ("bytes after a value", |me| {
        create(me, vec![Shape::Leaf(Leaf::U8)], &[b"\x01\x02"])
    }),
    ("lists in lists, very deep", |me| {
        create(me, vec![list(0)], &[&[1; 1_000_000], b"\0"])
    }),
    ("lists in lists, deeper than may be", |me| {
        create(me, vec![list(0)], &[&[1; 200], b"\0"])
    }),
    ("options in options, very deep", |me| {
        create(me, vec![Option(0)], &[&[1; 1_000_000], b"\0"])
    }),
    ("maps in values of maps, very deep", |me| {
        create(me, vec![map(1, 0), unit()], &[&[1; 1_000_000], b"\0"])
    }),
    ("maps in keys of maps, very deep", |me| {
        create(me, vec![map(0, 1), unit()], &[&[1; 1_000_000], b"\0"])
    }),
    ("lists in tuples in lists, very deep", |me| {
        let types: Vec<_> = [list(1)]
            .into_iter()
            .chain((2..1000).map(|next| Tuple(vec![next])))
            .collect();
        let types = [types, vec![Tuple(vec![0])]].concat();
        create(me, types, &[&[1; 100_000], b"\0"])
    }),
    ("8 billion units", |me| {
        create(me, vec![list(1), unit()], &[HUGE_33])
    }),
    ("8 billion units in a set", |me| {
        create(me, vec![Set("HashSet".into(), 1), unit()], &[HUGE_33])
    }),
    ("8 billion units in a map", |me| {
        create(me, vec![map(1, 1), unit()], &[HUGE_33])
    }),
    ("8 billion empty tuples", |me| {
        create(me, vec![list(1), Tuple(vec![])], &[HUGE_33])
    }),
    ("60,000 times 60,000 units", |me| {
        create(
            me,
            vec![list(1), Tuple(vec![2; 60_000]), unit()],
            &[b"\xE0\xD4\x03"],
        )
    }),
    ("a million times a byte and 60,000 units", |me| {
        let mut parts = vec![2; 60_000];
        parts[0] = 3;
        let types = vec![list(1), Tuple(parts), unit(), Shape::Leaf(Leaf::U8)];
        create(me, types, &[MILLION, &[7; 1_000_000]])
    }),
    ("a million lists of 60,000 units", |me| {
        create(
            me,
            vec![list(1), list(2), unit()],
            &[MILLION, &b"\xE0\xD4\x03".repeat(1_000_000)],
        )
    }),
    // Patches:
    ("an operation that a number does not have", |_| {
        commit(1, N, &[b"\x03\x01"])
    }),
    ("an operation that a text does not have", |_| {
        commit(1, T, &[b"\x03"])
    }),
    ("an operation that a list does not have", |_| {
        commit(1, L, &[b"\x0A"])
    }),
    ("a field that a struct does not have", |_| {
        commit(1, B, &[b"\x63\0"])
    }),
    ("the huge-th field", |_| commit(1, B, &[HUGE, b"\0"])),
    ("a number that ends early", |_| commit(1, N, &[b"\0\xFF"])),
    ("a sum that ends early", |_| commit(1, N, &[b"\x01\xFF"])),
    ("a sum longer than it has to be", |_| {
        commit(1, N, &[b"\x02\x81\0"])
    }),
    ("a position longer than it has to be", |_| {
        commit(1, L, &[b"\x05\x81\0"])
    }),
    ("a number of more than 64 bits", |_| {
        commit(1, N, &[b"\0", &[0xFF; 11], b"\0"])
    }),
    ("good changes, and then a bad one", |_| {
        commit(1, L, &[b"\x02\x03\x07", b"\x02\x04\x08", b"\x0A"])
    }),
    ("a good commit, and then half a change", |_| {
        [
            commit(1, L, &[b"\x02\x03\x04", b"\x05\x03"]),
            commit(2, L, &[b"\x02"]),
        ]
        .concat()
    }),
    ("a list longer than its bytes, set", |_| {
        commit(1, L, &[b"\0", HUGE, b"\x01"])
    }),
    ("a list longer than its bytes, spliced in", |_| {
        commit(1, L, &[b"\x06\0\0", HUGE, b"\x01"])
    }),
    ("a permutation longer than its bytes", |_| {
        commit(1, L, &[b"\x08", HUGE])
    }),
    ("a permutation that is none", |_| {
        commit(1, L, &[b"\x08\x03\0\0\x01"])
    }),
    ("runs longer than their bytes", |_| {
        commit(1, L, &[b"\x09", HUGE])
    }),
    ("a text longer than its bytes, pushed", |_| {
        commit(1, T, &[b"\x01\0", HUGE, b"a"])
    }),
    ("a text of no text, pushed", |_| {
        commit(1, T, &[b"\x01\0\x01\xFF"])
    }),
    ("lists in lists, very deep, pushed", |me| {
        [
            create(me, vec![list(0)], &[b"\0"]),
            commit(2, (me, 1), &[b"\x02\0", &[1; 1_000_000], b"\0"]),
        ]
        .concat()
    }),
    ("a path of a million steps", |me| {
        [
            create(me, vec![list(0)], &[b"\x01\0"]),
            commit(2, (me, 1), &[&b"\x01\0".repeat(1_000_000), b"\x02\0\0"]),
        ]
        .concat()
    }),
    ("8 billion units, set", |me| {
        [
            create(me, vec![list(1), unit()], &[b"\0"]),
            commit(2, (me, 1), &[b"\0", HUGE_33]),
        ]
        .concat()
    }),
    ("8 billion units in a path that leads nowhere", |me| {
        let types = vec![list(1), list(2), unit()];
        [
            create(me, types, &[b"\0"]),
            commit(2, (me, 1), &[b"\x01\x05\0", HUGE_33]),
        ]
        .concat()
    }),
    (
        "lists in lists, very deep, in a path that leads nowhere",
        |me| {
            [
                create(me, vec![list(0)], &[b"\0"]),
                commit(2, (me, 1), &[b"\x01\x05\0", &[1; 1_000_000], b"\0"]),
            ]
            .concat()
        },
    ),
    ("a commit to an object that is being announced", |me| {
        [announce(me, text(), 9), commit(2, (me, 1), &[b"\0\0"])].concat()
    }),
];
