//! Which schemas are accepted from a peer, and how they are told to people.
#![cfg(not(loom))]

mod forms;
mod known;
mod told;

use super::{Field, Leaf, Schema, Shape, TypeRef, schema_of};
use crate::wire::DEPTH_LIMIT;

/// A reference to a type of a table.
pub(crate) fn at(place: usize) -> TypeRef {
    TypeRef(u32::try_from(place).unwrap())
}

/// The schema of the first of `types`.
pub(crate) fn table(types: Vec<Shape>) -> Schema {
    Schema::new(at(0), types)
}

pub(crate) fn list(item: usize) -> Shape {
    Shape::List("Vec".into(), at(item))
}

fn map(key: usize, value: usize) -> Shape {
    Shape::Map("BTreeMap".into(), at(key), at(value))
}

pub(crate) fn tuple(parts: &[usize]) -> Shape {
    Shape::Tuple(parts.iter().copied().map(at).collect())
}

fn structure(fields: &[usize]) -> Shape {
    let field = |&ty: &usize| Field {
        name: format!("of_{ty}"),
        ty: at(ty),
        host_only: false,
    };
    Shape::Struct("S".into(), fields.iter().map(field).collect())
}

/// The schema of one of `types`.
fn table_at(root: usize, types: Vec<Shape>) -> Schema {
    Schema::new(at(root), types)
}

/// `count` types, each told by its place.
fn chain(count: usize, shape: impl Fn(usize) -> Shape, last: Shape) -> Schema {
    table((0..count).map(shape).chain([last]).collect())
}

/// A struct of so many parts of one type.
fn wide(parts: usize, part: Shape) -> Schema {
    table(vec![tuple(&vec![1; parts]), part])
}

const BOOL: Shape = Shape::Leaf(Leaf::Bool);

#[test]
fn a_schema_is_sound_when_it_is_closed_and_its_values_are_finite() {
    let sound = [
        ("a leaf", table(vec![BOOL])),
        ("an empty tuple", table(vec![tuple(&[])])),
        ("a list of itself", table(vec![list(0)])),
        (
            "a struct that holds itself in a list",
            table(vec![structure(&[1, 2]), list(0), BOOL]),
        ),
        (
            "a struct that may hold itself",
            table(vec![structure(&[1]), Shape::Option(at(0))]),
        ),
        (
            "a map to itself",
            table(vec![structure(&[1]), map(2, 0), BOOL]),
        ),
        (
            "types that are not in order",
            table(vec![tuple(&[3, 1]), tuple(&[2]), list(3), BOOL]),
        ),
        ("a wide struct", wide(60_000, BOOL)),
        ("a type that nobody uses", table(vec![BOOL, list(0)])),
        ("a deep struct", chain(100, |n| tuple(&[n + 1]), BOOL)),
    ];
    for (what, schema) in sound {
        assert!(schema.is_sound(), "{what}");
    }
    let unsound = [
        ("no types", table(vec![])),
        ("a root that leads nowhere", Schema::new(at(1), vec![BOOL])),
        ("a list that leads nowhere", table(vec![list(1)])),
        (
            "an option that leads nowhere",
            table(vec![Shape::Option(at(9))]),
        ),
        (
            "a set that leads nowhere",
            table(vec![Shape::Set("S".into(), at(1))]),
        ),
        ("keys that lead nowhere", table(vec![map(1, 0)])),
        ("values that lead nowhere", table(vec![map(0, 1)])),
        (
            "a part that leads nowhere",
            table(vec![tuple(&[1, 2]), BOOL]),
        ),
        (
            "a field that leads nowhere",
            table(vec![structure(&[1, 7]), BOOL]),
        ),
        (
            "a reference from a type that nobody uses",
            table(vec![BOOL, list(9)]),
        ),
        ("a tuple in itself", table(vec![tuple(&[0])])),
        ("a struct in itself", table(vec![structure(&[1, 0]), BOOL])),
        (
            "structs in each other",
            table(vec![structure(&[1]), tuple(&[2]), structure(&[0])]),
        ),
        (
            "a circle that the root is not on",
            table(vec![list(1), structure(&[1])]),
        ),
        ("a circle that nobody uses", table(vec![BOOL, tuple(&[1])])),
        (
            "a struct that doubles 40 times",
            chain(40, |n| tuple(&[n + 1, n + 1]), BOOL),
        ),
        ("a struct that is too wide", wide(70_000, BOOL)),
        (
            "a struct that is wide twice",
            table(vec![tuple(&[1; 300]), tuple(&[2; 300]), BOOL]),
        ),
        (
            "structs in each other without an end",
            chain(1_000_000, |n| tuple(&[n + 1]), BOOL),
        ),
        (
            "atoms in each other, the innermost told first",
            table_at(
                60_000,
                std::iter::once(BOOL)
                    .chain((0..60_000).map(|n| Shape::Atom("A".into(), at(n))))
                    .collect(),
            ),
        ),
        (
            "structs that nest deeper than values may",
            chain(DEPTH_LIMIT as usize + 1, |n| tuple(&[n + 1]), BOOL),
        ),
    ];
    for (what, schema) in unsound {
        assert!(!schema.is_sound(), "{what}");
    }
}

#[test]
fn every_type_of_this_program_is_sound() {
    for schema in [
        schema_of::<()>(),
        schema_of::<Vec<(String, Option<Box<u8>>)>>(),
        schema_of::<std::collections::BTreeMap<Vec<u8>, std::collections::HashSet<char>>>(),
    ] {
        assert!(schema.is_sound(), "{schema}");
    }
}

#[test]
fn a_schema_is_looked_through_at_once_whatever_a_peer_made_of_it() {
    let wide_lists = |lists| {
        let wide = [tuple(&[2; 250]), tuple(&[3; 250]), Shape::Leaf(Leaf::Unit)];
        let lists = (0..lists).map(|_| list(1));
        table([list(1)].into_iter().chain(wide).chain(lists).collect())
    };
    let cases = [
        ("a leaf", table(vec![BOOL]), false, false),
        ("a list of itself", table(vec![list(0)]), true, false),
        (
            "a list of units",
            table(vec![list(1), Shape::Leaf(Leaf::Unit)]),
            false,
            true,
        ),
        (
            "a list of empty tuples",
            table(vec![list(1), tuple(&[])]),
            false,
            true,
        ),
        (
            "a set of units",
            table(vec![Shape::Set("S".into(), at(1)), tuple(&[])]),
            false,
            true,
        ),
        (
            "a map of units",
            table(vec![map(1, 1), tuple(&[])]),
            false,
            true,
        ),
        (
            "a map to units",
            table(vec![map(1, 2), BOOL, tuple(&[])]),
            false,
            false,
        ),
        (
            "an option of a unit",
            table(vec![Shape::Option(at(1)), tuple(&[])]),
            false,
            false,
        ),
        (
            "a way into a circle",
            table(vec![list(1), tuple(&[2, 3]), list(1), BOOL]),
            true,
            false,
        ),
        (
            "a circle that nobody uses",
            table(vec![list(1), BOOL, list(2)]),
            false,
            false,
        ),
        (
            "a deep list",
            chain(1_000_000, |n| list(n + 1), BOOL),
            false,
            false,
        ),
        (
            "maps that double",
            chain(60, |n| map(n + 1, n + 1), BOOL),
            false,
            false,
        ),
        (
            "many lists of something wide",
            wide_lists(1_000_000),
            false,
            true,
        ),
    ];
    for (what, schema, is_recursive, has_empty_elements) in cases {
        assert!(schema.is_sound(), "{what}");
        assert_eq!(schema.is_recursive(), is_recursive, "{what}");
        assert_eq!(schema.has_empty_elements(), has_empty_elements, "{what}");
    }
}

#[test]
fn a_schema_is_told_in_few_words_whatever_a_peer_made_of_it() {
    let cases = [
        ("a list of itself", table(vec![list(0)])),
        ("an option of itself", table(vec![Shape::Option(at(0))])),
        ("maps that double", chain(60, |n| map(n + 1, n + 1), BOOL)),
        ("a wide tuple", wide(60_000, BOOL)),
        (
            "a wide struct",
            table(vec![structure(&vec![1; 60_000]), BOOL]),
        ),
        ("a deep list", chain(100_000, |n| list(n + 1), BOOL)),
    ];
    for (what, schema) in cases {
        assert!(schema.is_sound(), "{what}");
        let told = schema.in_a_line();
        assert!(told.len() < 4096, "{what} takes {} bytes", told.len());
        assert!(told.contains('…'), "{what} is cut: {told}");
    }
}

/// A struct with two fields, each for the host alone or not, and its bytes.
fn pair(first: bool, second: bool) -> (Schema, Vec<u8>) {
    let fields = [("a", first), ("b", second)].map(|(name, host_only)| Field {
        name: name.into(),
        ty: at(1),
        host_only,
    });
    let told = |host_only| u8::from(host_only);
    let bytes = vec![
        0,
        2,
        7,
        1,
        b'S',
        2,
        1,
        b'a',
        1,
        told(first),
        1,
        b'b',
        1,
        told(second),
        0,
        1,
    ];
    (
        table(vec![Shape::Struct("S".into(), fields.into()), BOOL]),
        bytes,
    )
}

#[test]
fn what_is_for_the_host_alone_is_a_part_of_the_type() {
    let cases = [
        (pair(false, false), "S { a: bool, b: bool }"),
        (pair(true, false), "S { #[host_only] a: bool, b: bool }"),
        (pair(false, true), "S { a: bool, #[host_only] b: bool }"),
        (
            pair(true, true),
            "S { #[host_only] a: bool, #[host_only] b: bool }",
        ),
    ];
    for (i, ((schema, bytes), told)) in cases.iter().enumerate() {
        assert_eq!(schema.in_a_line(), *told);
        assert_eq!(&postcard::to_stdvec(schema).unwrap(), bytes, "{told}");
        assert_eq!(
            &postcard::from_bytes::<Schema>(bytes).unwrap(),
            schema,
            "{told}"
        );
        for (j, ((other, _), _)) in cases.iter().enumerate() {
            assert_eq!(schema == other, i == j, "{schema} and {other}");
        }
    }
}

#[test]
fn equal_values_have_equal_bytes_unless_a_set_is_in_them() {
    let set = |item| Shape::Set("BTreeSet".into(), at(item));
    let cases = [
        ("a leaf", table(vec![BOOL]), true),
        ("a text", table(vec![Shape::Text]), true),
        ("a list of itself", table(vec![list(0)]), true),
        ("a set", table(vec![set(1), BOOL]), false),
        ("a map", table(vec![map(1, 1), BOOL]), false),
        (
            "an option of a set",
            table(vec![Shape::Option(at(1)), set(2), BOOL]),
            false,
        ),
        (
            "an option of a text",
            table(vec![Shape::Option(at(1)), Shape::Text]),
            true,
        ),
        (
            "a struct with a map",
            table(vec![structure(&[1, 2]), BOOL, map(1, 1)]),
            false,
        ),
        (
            "a struct of leaves and lists",
            table(vec![structure(&[1, 2]), BOOL, list(1)]),
            true,
        ),
        (
            "a tuple with a list of sets",
            table(vec![tuple(&[1]), list(2), set(3), BOOL]),
            false,
        ),
        (
            "a set that is not in it",
            table(vec![list(1), BOOL, set(1)]),
            true,
        ),
        (
            "a circle with a set",
            table(vec![list(1), tuple(&[2, 3]), list(0), set(4), BOOL]),
            false,
        ),
        ("a deep list", chain(1_000_000, |n| list(n + 1), BOOL), true),
        (
            "a deep list of sets",
            chain(1_000_000, |n| list(n + 1), set(0)),
            false,
        ),
    ];
    for (what, schema, has_one_form) in cases {
        assert!(schema.is_sound(), "{what}");
        assert_eq!(schema.has_one_form(schema.root()), has_one_form, "{what}");
    }
}
