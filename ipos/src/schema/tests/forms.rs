//! A type with something of every kind, and each single change of it.

use super::{at, list, table};
use crate::schema::{Field, Leaf, Schema, Shape, Variant};

pub(super) fn field(name: &str, ty: usize) -> Field {
    Field {
        name: name.into(),
        ty: at(ty),
        host_only: false,
    }
}

pub(super) fn variant(name: &str, fields: &[(&str, usize)]) -> Variant {
    Variant {
        name: name.into(),
        fields: fields.iter().map(|&(name, ty)| field(name, ty)).collect(),
    }
}

/// The places of the types that changes speak of.
pub(super) const BOARD: usize = 0;
pub(super) const TEXT: usize = 1;
pub(super) const TASK: usize = 3;
pub(super) const BOOL: usize = 4;
pub(super) const KIND: usize = 5;
pub(super) const U8: usize = 6;

/// The type.
pub(super) fn types() -> Vec<Shape> {
    let set = |item| Shape::Set("BTreeSet".into(), at(item));
    let fields = [
        ("title", 1),
        ("tasks", 2),
        ("kind", 5),
        ("owners", 7),
        ("size", 9),
        ("place", 10),
        ("url", 13),
        ("point", 14),
        ("marks", 16),
        ("next", 17),
    ];
    let fields = fields.map(|(name, ty)| field(name, ty));
    let variants = [
        variant("Plain", &[]),
        variant("Sized", &[("0", 6)]),
        variant("Named", &[("x", 6), ("y", 12)]),
    ];
    vec![
        Shape::Struct("Board".into(), fields.into()),
        Shape::Text,
        list(3),
        Shape::Struct("Task".into(), vec![field("name", 1), field("done", 4)]),
        Shape::Leaf(Leaf::Bool),
        Shape::Enum("Kind".into(), variants.into()),
        Shape::Leaf(Leaf::U8),
        Shape::Map("HashMap".into(), at(1), at(8)),
        Shape::Leaf(Leaf::U32),
        Shape::Array(at(6), 3),
        Shape::Option(at(11)),
        Shape::Tuple(vec![at(6), at(12)]),
        Shape::Leaf(Leaf::I8),
        Shape::Opaque("Url".into()),
        Shape::Atom("Point".into(), at(15)),
        Shape::Leaf(Leaf::F64),
        set(1),
        Shape::Option(at(0)),
    ]
}

fn fields(types: &mut [Shape], ty: usize) -> &mut Vec<Field> {
    match &mut types[ty] {
        Shape::Struct(_, fields) => fields,
        other => panic!("{other:?} has no fields"),
    }
}

fn variants(types: &mut [Shape]) -> &mut Vec<Variant> {
    match &mut types[KIND] {
        Shape::Enum(_, variants) => variants,
        other => panic!("{other:?} has no variants"),
    }
}

/// A change: what it does to the type, and what is told of it on either side.
pub(super) type Change = (fn(&mut Vec<Shape>), &'static str, &'static str);

pub(super) const CHANGES: &[Change] = &[
    // Fields:
    (
        |types| fields(types, TASK)[1].ty = at(U8),
        "Board.tasks[].done is bool here and u8 there",
        "Board.tasks[].done is u8 here and bool there",
    ),
    (
        |types| fields(types, TASK).push(field("owner", TEXT)),
        "Board.tasks[].owner exists only there",
        "Board.tasks[].owner exists only here",
    ),
    (
        |types| drop(fields(types, BOARD).remove(1)),
        "Board.tasks exists only here",
        "Board.tasks exists only there",
    ),
    (
        |types| fields(types, BOARD)[0].name = "name".into(),
        "Board.title is called name there",
        "Board.name is called title there",
    ),
    (
        |types| fields(types, BOARD)[0] = field("name", BOOL),
        "Board.title exists only here; Board.name exists only there",
        "Board.name exists only here; Board.title exists only there",
    ),
    (
        |types| fields(types, TASK).reverse(),
        "Board.tasks[].name and Board.tasks[].done stand in another order",
        "Board.tasks[].done and Board.tasks[].name stand in another order",
    ),
    (
        |types| fields(types, TASK)[1].host_only = true,
        "Board.tasks[].done is #[host_only] only there",
        "Board.tasks[].done is #[host_only] only here",
    ),
    // Variants:
    (
        |types| variants(types).push(variant("Last", &[])),
        "Board.kind::Last exists only there",
        "Board.kind::Last exists only here",
    ),
    (
        |types| drop(variants(types).remove(0)),
        "Board.kind::Plain exists only here",
        "Board.kind::Plain exists only there",
    ),
    (
        |types| variants(types)[0].name = "Bare".into(),
        "Board.kind::Plain is called Bare there",
        "Board.kind::Bare is called Plain there",
    ),
    (
        |types| variants(types).swap(0, 2),
        "Board.kind::Plain and Board.kind::Named stand in another order",
        "Board.kind::Named and Board.kind::Plain stand in another order",
    ),
    (
        |types| variants(types)[0] = variant("Plain", &[("0", U8)]),
        "Board.kind::Plain.0 exists only there",
        "Board.kind::Plain.0 exists only here",
    ),
    (
        |types| variants(types)[1].fields[0].ty = at(TEXT),
        "Board.kind::Sized.0 is u8 here and String there",
        "Board.kind::Sized.0 is String here and u8 there",
    ),
    (
        |types| variants(types)[2].fields[0].name = "z".into(),
        "Board.kind::Named.x is called z there",
        "Board.kind::Named.z is called x there",
    ),
    // Types:
    (
        |types| types[2] = Shape::List("VecDeque".into(), at(TASK)),
        "Board.tasks is Vec<Task> here and VecDeque<Task> there",
        "Board.tasks is VecDeque<Task> here and Vec<Task> there",
    ),
    (
        |types| types[7] = Shape::Map("HashMap".into(), at(U8), at(8)),
        "Board.owners[key] is String here and u8 there",
        "Board.owners[key] is u8 here and String there",
    ),
    (
        |types| types[7] = Shape::Map("HashMap".into(), at(TEXT), at(U8)),
        "Board.owners[] is u32 here and u8 there",
        "Board.owners[] is u8 here and u32 there",
    ),
    (
        |types| types[9] = Shape::Array(at(U8), 4),
        "Board.size is [u8; 3] here and [u8; 4] there",
        "Board.size is [u8; 4] here and [u8; 3] there",
    ),
    (
        |types| types[11] = Shape::Tuple(vec![at(U8), at(TEXT)]),
        "Board.place?.1 is i8 here and String there",
        "Board.place?.1 is String here and i8 there",
    ),
    (
        |types| types[11] = Shape::Tuple(vec![at(U8)]),
        "Board.place? is (u8, i8) here and (u8,) there",
        "Board.place? is (u8,) here and (u8, i8) there",
    ),
    (
        |types| types[13] = Shape::Opaque("Uri".into()),
        "Board.url is opaque Url here and opaque Uri there",
        "Board.url is opaque Uri here and opaque Url there",
    ),
    (
        |types| types[13] = Shape::Text,
        "Board.url is opaque Url here and String there",
        "Board.url is String here and opaque Url there",
    ),
    (
        |types| types[14] = Shape::Struct("Point".into(), vec![]),
        "Board.point is atomic Point here and struct Point there",
        "Board.point is struct Point here and atomic Point there",
    ),
    (
        |types| types[15] = Shape::Leaf(Leaf::F32),
        "Board.point is f64 here and f32 there",
        "Board.point is f32 here and f64 there",
    ),
    (
        |types| types[16] = Shape::Set("HashSet".into(), at(TEXT)),
        "Board.marks is BTreeSet<String> here and HashSet<String> there",
        "Board.marks is HashSet<String> here and BTreeSet<String> there",
    ),
    (
        |types| types[17] = list(BOARD),
        "Board.next is Option<Board> here and Vec<Board> there",
        "Board.next is Vec<Board> here and Option<Board> there",
    ),
    (
        |types| types[0] = Shape::Struct("Plan".into(), fields(types, BOARD).clone()),
        "value is struct Board here and struct Plan there",
        "value is struct Plan here and struct Board there",
    ),
    (
        |types| types[0] = Shape::Text,
        "value is struct Board here and String there",
        "value is String here and struct Board there",
    ),
    // The same, told in another way:
    (
        |types| types.push(Shape::Text),
        "Board means the same, and is told by another table of types there",
        "Board means the same, and is told by another table of types there",
    ),
];

/// The type with each change.
pub(super) fn changed() -> Vec<Schema> {
    let change = |&(change, ..): &Change| {
        let mut types = types();
        change(&mut types);
        table(types)
    };
    CHANGES.iter().map(change).collect()
}
