//! What is told of two schemas that differ; hashes, and the table that stands for a type.

use std::collections::HashSet;

use super::{
    at, chain,
    forms::{CHANGES, changed, field, types},
    list, map, structure, table, tuple,
};
use crate::schema::{Leaf, Schema, Shape, canonical, schema_of};

fn told(here: &Schema, there: &Schema) -> String {
    let told = here.difference(there);
    let told: Vec<String> = told.iter().map(ToString::to_string).collect();
    told.join("; ")
}

#[test]
fn each_single_change_is_told_on_both_sides() {
    let plain = table(types());
    assert_eq!(told(&plain, &table(types())), "");
    for (changed, &(_, here, there)) in changed().iter().zip(CHANGES) {
        assert!(changed.is_sound(), "{here}");
        assert_ne!(*changed, plain, "{here}");
        assert_eq!(told(&plain, changed), here);
        assert_eq!(told(changed, &plain), there);
    }
}

#[test]
fn each_single_change_has_a_hash_of_its_own() {
    let schemas = [table(types()), table(types())];
    let mut hashes: HashSet<_> = schemas.iter().map(Schema::hash).collect();
    assert_eq!(hashes.len(), 1, "equal schemas have one hash");
    for (changed, (_, what, _)) in changed().iter().zip(CHANGES) {
        assert!(hashes.insert(changed.hash()), "{what}");
    }
}

#[test]
fn a_hash_is_the_same_in_every_build() {
    let hash = table(types()).hash();
    assert_eq!(hash.to_string(), "126f46d6a2b3c94580328a20bb8214cd");
    let hash = schema_of::<Vec<(String, Option<u32>)>>().hash();
    assert_eq!(hash.to_string(), "ec05f300789a3358c4f969dde6fdf969");
}

#[test]
fn differences_are_few_words_whatever_a_peer_made_of_its_schema() {
    let wide = |ty| {
        table(vec![
            structure(&(0..60_000).map(|_| ty).collect::<Vec<_>>()),
            BOOL,
            U8,
        ])
    };
    let fields = |range: std::ops::Range<usize>| {
        let fields = range.map(|n| field(&format!("a{n}"), 1)).collect();
        table(vec![Shape::Struct("S".into(), fields), BOOL])
    };
    let long = |name: &str| table(vec![Shape::Opaque(name.repeat(1 << 20))]);
    let cases = [
        ("wide structs", wide(1), wide(2)),
        (
            "fields of other names",
            fields(0..60_000),
            fields(60_000..120_000),
        ),
        ("fields in reverse", fields(0..60_000), {
            let Shape::Struct(name, mut all) = fields(0..60_000).types()[0].clone() else {
                unreachable!("it was just made one")
            };
            all.reverse();
            table(vec![Shape::Struct(name, all), BOOL])
        }),
        ("long names", long("a"), long("b")),
        (
            "deep lists",
            chain(10_000, |n| list(n + 1), BOOL),
            chain(10_000, |n| list(n + 1), U8),
        ),
        (
            "circles of other lengths",
            chain(999, |n| list(n + 1), list(0)),
            chain(1008, |n| list(n + 1), list(0)),
        ),
        (
            "maps that double",
            chain(60, |n| map(n + 1, n + 1), BOOL),
            chain(60, |n| map(n + 1, n + 1), U8),
        ),
    ];
    for (what, here, there) in cases {
        assert!(here.is_sound() && there.is_sound(), "{what}");
        for (here, there) in [(&here, &there), (&there, &here)] {
            let told = told(here, there);
            assert!(!told.is_empty(), "{what}");
            assert!(told.len() < 8192, "{what} take {} bytes", told.len());
        }
    }
}

const BOOL: Shape = Shape::Leaf(Leaf::Bool);
const U8: Shape = Shape::Leaf(Leaf::U8);

#[test]
fn a_form_has_one_table_however_it_is_told() {
    let cases = [
        ("as it is", table(types()), table(types())),
        (
            "a leaf that is told twice",
            table(vec![tuple(&[1, 2]), BOOL, BOOL]),
            table(vec![tuple(&[1, 1]), BOOL]),
        ),
        (
            "another order",
            table(vec![tuple(&[2, 1]), BOOL, U8]),
            table(vec![tuple(&[1, 2]), U8, BOOL]),
        ),
        (
            "a circle of two",
            table(vec![list(1), list(0)]),
            table(vec![list(0)]),
        ),
        (
            "a way into a circle",
            table(vec![
                structure(&[3]),
                Shape::Option(at(2)),
                structure(&[3]),
                Shape::Option(at(0)),
            ]),
            table(vec![
                structure(&[3]),
                Shape::Option(at(0)),
                structure(&[3]),
                Shape::Option(at(0)),
            ]),
        ),
        (
            "what nobody uses",
            table(vec![list(2), U8, BOOL]),
            table(vec![list(1), BOOL]),
        ),
    ];
    for (what, told, expected) in cases {
        let one = canonical::table(told.root(), told.types());
        assert_eq!(
            one,
            canonical::table(expected.root(), expected.types()),
            "{what}"
        );
        assert_eq!(
            one,
            canonical::table(one.root(), one.types()),
            "{what}: it stays"
        );
        assert!(one.types().len() <= expected.types().len(), "{what}");
    }
    for (changed, (_, what, _)) in changed().iter().zip(CHANGES) {
        let plain = canonical::table(at(0), &types());
        let is_same = what.contains("means the same");
        let one = canonical::table(changed.root(), changed.types());
        assert_eq!(one == plain, is_same, "{what}");
    }
}

#[test]
fn a_schema_reads_as_rust() {
    let text = "\
struct Board {
    title: String,
    tasks: Vec<Task>,
    kind: Kind,
    owners: HashMap<String, u32>,
    size: [u8; 3],
    place: Option<(u8, i8)>,
    url: Url,
    point: Point,
    marks: BTreeSet<String>,
    next: Option<Board>,
}

enum Kind {
    Plain,
    Sized(u8),
    Named {
        x: u8,
        y: i8,
    },
}

#[opaque] type Url;

#[atomic] type Point = f64;

struct Task {
    name: String,
    done: bool,
}";
    let mut twice = types();
    let Shape::Struct(_, fields) = &mut twice[0] else {
        unreachable!("it is the board")
    };
    fields[0] = field("title", 18);
    fields[1].host_only = true;
    fields.truncate(2);
    twice.push(Shape::Struct(
        "Task".into(),
        vec![field("0", 4), field("1", 1)],
    ));
    let numbered = "\
struct Board {
    title: Task,
    #[host_only] tasks: Vec<Task#2>,
}

struct Task(bool, String);

struct Task#2 {
    name: String,
    done: bool,
}";
    let unit = Shape::Struct("Unit".into(), vec![]);
    let cases = [
        (table(types()), text),
        (table(twice), numbered),
        (table(vec![list(1), unit]), "Vec<Unit>\n\nstruct Unit;"),
        (schema_of::<Vec<(Option<()>,)>>(), "Vec<(Option<()>,)>"),
    ];
    for (schema, text) in cases {
        assert_eq!(schema.to_string(), text);
    }
}

#[test]
fn a_schema_is_json_that_people_can_read() {
    let schema = table(types());
    let json = serde_json::to_string(&schema).unwrap();
    let task = r#"{"Struct":["Task",[{"name":"name","ty":1,"host_only":false},{"name":"done","ty":4,"host_only":false}]]}"#;
    assert!(json.contains(task), "{json}");
    assert_eq!(serde_json::from_str::<Schema>(&json).unwrap(), schema);
    for unsound in [
        r#"{"root":1,"types":["Text"]}"#,
        r#"{"root":0,"types":[{"Tuple":[0]}]}"#,
    ] {
        let error = serde_json::from_str::<Schema>(unsound).unwrap_err();
        assert!(error.to_string().contains("lead nowhere"), "{error}");
    }
}

#[test]
fn a_text_is_bounded_whatever_a_peer_made_of_its_schema() {
    let optional = |count: usize| {
        let each = (0..count).map(|n| match n % 2 {
            0 => Shape::Struct("S".into(), vec![field("next", n + 1)]),
            _ => Shape::Option(at(n + 1)),
        });
        table(each.chain([BOOL]).collect())
    };
    let wide = table(vec![structure(&vec![1; 60_000]), BOOL]);
    let deep = chain(100_000, |n| list(n + 1), BOOL);
    let cases = [
        optional(100_000),
        wide,
        deep,
        chain(60, |n| map(n + 1, n + 1), BOOL),
    ];
    for schema in cases {
        assert!(schema.is_sound());
        let told = schema.to_string();
        assert!(told.len() < 1 << 16, "it takes {} bytes", told.len());
    }
}
