use std::collections::BTreeMap;

use super::{Board, Task, Tree, board, replica};
use crate::{
    core::{
        guarded::{Guarded, LONGEST_NAME},
        transform::Commit,
    },
    schema::{
        Field, Leaf, Schema, Shape, schema_of,
        tests::{at, list, table, tuple},
    },
};

#[test]
fn types_without_such_fields_are_not_looked_at() {
    let field = |ty, host_only| Field {
        name: "f".into(),
        ty: at(ty),
        host_only,
    };
    let guarded = |fields: Vec<Field>| Shape::Struct("S".into(), fields);
    let leaf = || Shape::Leaf(Leaf::Unit);
    let chain = |last| {
        let lists = (1..=1_000_000).map(list);
        table(lists.chain([last, leaf()]).collect())
    };
    let cases: [(&str, Schema, bool); 9] = [
        ("a board", schema_of::<Board>(), true),
        ("a tree", schema_of::<Tree>(), true),
        ("keys", schema_of::<BTreeMap<Task, u8>>(), true),
        (
            "a map of lists",
            schema_of::<BTreeMap<Box<u8>, Option<Vec<u32>>>>(),
            false,
        ),
        (
            "a struct that the root is not made of",
            table(vec![list(2), guarded(vec![field(2, true)]), leaf()]),
            false,
        ),
        (
            "a struct that holds the root",
            table(vec![list(2), guarded(vec![field(0, true)]), leaf()]),
            false,
        ),
        (
            "a struct through a circle",
            table(vec![
                list(1),
                tuple(&[0, 2]),
                guarded(vec![field(3, false), field(3, true)]),
                leaf(),
            ]),
            true,
        ),
        (
            "a struct a long way down",
            chain(guarded(vec![field(1_000_001, true)])),
            true,
        ),
        (
            "nothing a long way down",
            chain(guarded(vec![field(1_000_001, false)])),
            false,
        ),
    ];
    for (what, schema, expected) in cases {
        assert!(schema.is_sound(), "{what}");
        assert_eq!(Guarded::of(&schema).is_some(), expected, "{what}");
    }

    // Not even by what is in them.
    assert_eq!(replica(vec![1u32]).refuses_from_member(&[0xFF]), Ok(None));
    replica(board())
        .refuses_from_member(&[0xFF])
        .expect_err("that is no commit");
}

#[test]
fn long_names_are_cut_at_the_front() {
    let structure = |name: &str, ty, host_only| {
        let name = name.into();
        Shape::Struct(
            "S".into(),
            vec![Field {
                name,
                ty: at(ty),
                host_only,
            }],
        )
    };
    let long = "ä".repeat(1 << 20);
    let end = "ä".repeat(LONGEST_NAME);
    let within = "ä".repeat(LONGEST_NAME - 2);
    let field = |name: &str| table(vec![structure(name, 1, true), Shape::Text]);
    let nested = |name: &str| {
        table(vec![
            structure(name, 1, false),
            structure("f", 2, true),
            Shape::Text,
        ])
    };
    let pushed = |name: &str| table(vec![list(1), structure(name, 2, true), Shape::Text]);
    let written = |name: &str| format!("`{name}` is for the host alone to write");
    let cases: [(Schema, &[u8], String); 7] = [
        (field("f"), b"\0\0\0", written("f")),
        (field(&end), b"\0\0\0", written(&end)),
        (field(&long), b"\0\0\0", written(&format!("…{end}"))),
        (
            nested(&within),
            b"\0\0\0\0",
            written(&format!("{within}.f")),
        ),
        (nested(&end), b"\0\0\0\0", written(&format!("…{within}.f"))),
        (nested(&long), b"\0\0\0\0", written(&format!("…{within}.f"))),
        (
            pushed(&long),
            b"\x02\0\0",
            format!(
                "a value put into the object has the field `…{end}`, which is for the host alone \
                 to write"
            ),
        ),
    ];
    for (schema, patches, expected) in cases {
        let commit = Commit::parse(&schema, patches).unwrap();
        let guarded = Guarded::of(&schema).unwrap();
        assert_eq!(guarded.refuses(&schema, &commit), Some(expected));
    }
}
