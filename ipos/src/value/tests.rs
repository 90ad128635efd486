//! Values of all kinds, as text and as JSON.
#![cfg(not(loom))]

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::Value;
use crate::{
    Shared,
    schema::{
        Leaf, Schema, Shape, Variant,
        tests::{at, list, table},
    },
    wire::{Problem, Reader},
};

/// A value is told as its `Debug` tells it, on one line and on several, and its JSON is serde's.
#[allow(clippy::needless_pass_by_value)] // a row is easier to read without a `&`
fn check<T: Shared + std::fmt::Debug + serde::Serialize>(value: T) {
    let told = Value::of(&value);
    assert_eq!(told.to_string(), format!("{value:?}"));
    assert_eq!(format!("{told:#}"), format!("{value:#?}"));
    let json = serde_json::to_string(&told).unwrap();
    assert_eq!(json, serde_json::to_string(&value).unwrap());
}

#[test]
fn a_value_is_told_as_rust_and_serde_tell_it() {
    check(());
    check(true);
    check('ß');
    check((u8::MAX, u16::MAX, u32::MAX, u64::MAX, usize::MAX));
    check((i8::MIN, i16::MIN, i32::MIN, i64::MIN, isize::MIN));
    check((u128::MAX, i128::MIN));
    check((0.1_f32, 0.1_f64, -0.0_f64, f64::MAX, 1e-300_f64));
    check("a \"text\"\n".to_owned());
    check(vec![1_u8, 2, 255]);
    check(Some(Some(5_u8)));
    check((None::<u8>, Some(())));
    check(vec![Some("a".to_owned()), None]);
    check(VecDeque::from([1_u16, 2]));
    check(BTreeSet::from([3_i8, -1]));
    check(BTreeMap::from([
        ("a".to_owned(), 1_u8),
        ("b".to_owned(), 2),
    ]));
    check(Box::new((1_u8,)));
    check(vec![(); 3]);
    check(BTreeMap::<String, BTreeMap<String, Vec<u16>>>::from([(
        "a".into(),
        [("b".into(), vec![1])].into(),
    )]));
}

#[test]
fn what_is_no_plain_data_is_told_by_its_text() {
    use std::{net::SocketAddr, num::NonZero, path::PathBuf, time::Duration, time::SystemTime};
    check(NonZero::<u8>::MIN);
    check(NonZero::<i128>::MAX);
    check(PathBuf::from("/a/b"));
    let address: SocketAddr = "[::1]:80".parse().unwrap();
    check(address);
    check(address.ip());
    let told = |value: Value| (value.to_string(), serde_json::to_string(&value).unwrap());
    let times = [
        (Value::of(&Duration::from_millis(1_500)), "1.5s"),
        (Value::of(&SystemTime::UNIX_EPOCH), "1970 + 0ns"),
        (
            Value::of(&(SystemTime::UNIX_EPOCH - Duration::from_secs(1))),
            "1970 - 1s",
        ),
    ];
    for (value, expected) in times {
        assert_eq!(told(value), (expected.into(), format!("\"{expected}\"")));
    }
}

#[test]
fn keys_that_are_no_texts_make_a_list_of_pairs() {
    let map = BTreeMap::from([(1_u8, true), (2, false)]);
    let value = Value::of(&map);
    assert_eq!(value.to_string(), "{1: true, 2: false}");
    assert_eq!(
        serde_json::to_string(&value).unwrap(),
        "[[1,true],[2,false]]"
    );
}

/// A struct, an enum, an array, an atom and an opaque leaf, by their numbers.
fn shapes() -> Vec<Shape> {
    use crate::schema::Field;
    let field = |name: &str, ty| Field {
        name: name.into(),
        ty: at(ty),
        host_only: false,
    };
    let variant = |name: &str, fields| Variant {
        name: name.into(),
        fields,
    };
    let variants = vec![
        variant("Unit", vec![]),
        variant("One", vec![field("0", 1)]),
        variant("Two", vec![field("0", 1), field("1", 1)]),
        variant("Named", vec![field("x", 1)]),
    ];
    vec![
        list(2),
        Shape::Leaf(Leaf::U8),
        Shape::Enum("E".into(), variants),
        Shape::Struct("S".into(), vec![field("a", 1), field("e", 2)]),
        Shape::Struct("New".into(), vec![field("0", 1)]),
        Shape::Struct("Pair".into(), vec![field("0", 1), field("1", 1)]),
        Shape::Struct("Nothing".into(), vec![]),
        Shape::Array(at(1), 3),
        Shape::Atom("A".into(), at(5)),
        Shape::Opaque("Url".into()),
    ]
}

#[test]
fn shapes_that_have_names_are_told_by_them() {
    let root = |root| Schema::new(at(root), shapes());
    let cases: [(usize, &[u8], &str, &str); 10] = [
        (
            0,
            &[4, 0, 1, 7, 2, 7, 8, 3, 9],
            "[Unit, One(7), Two(7, 8), Named { x: 9 }]",
            r#"["Unit",{"One":7},{"Two":[7,8]},{"Named":{"x":9}}]"#,
        ),
        (0, &[0], "[]", "[]"),
        (2, &[0], "Unit", r#""Unit""#),
        (
            3,
            &[1, 1, 2],
            "S { a: 1, e: One(2) }",
            r#"{"a":1,"e":{"One":2}}"#,
        ),
        (4, &[5], "New(5)", "5"),
        (5, &[5, 6], "Pair(5, 6)", "[5,6]"),
        (6, &[], "Nothing", "null"),
        (7, &[1, 2, 3], "[1, 2, 3]", "[1,2,3]"),
        (8, &[5, 6], "Pair(5, 6)", "[5,6]"),
        (9, &[3, 9, 9, 9], "<Url: 3 bytes>", r#""<Url: 3 bytes>""#),
    ];
    for (ty, bytes, text, json) in cases {
        let schema = root(ty);
        schema.check(bytes).unwrap();
        let value = Value::read(&schema, &mut Reader::new(bytes)).unwrap();
        assert_eq!(value.to_string(), text);
        assert_eq!(serde_json::to_string(&value).unwrap(), json);
    }
}

#[test]
fn what_a_peer_must_not_send_is_no_value() {
    let nested = |shape: fn(usize) -> Shape| table(vec![shape(0)]);
    let units = |unit| table(vec![list(1), unit]);
    let millions: &[u8] = b"\x80\x80\x80\x80\x20";
    let deep = vec![1; 5_000_000];
    let cases: [(&str, Schema, &[u8], Problem); 7] = [
        ("nested lists", nested(list), &deep, Problem::TooDeep),
        (
            "nested options",
            nested(|ty| Shape::Option(at(ty))),
            &deep,
            Problem::TooDeep,
        ),
        (
            "nested variants",
            table(vec![Shape::Enum(
                "E".into(),
                vec![
                    Variant {
                        name: "Leaf".into(),
                        fields: vec![],
                    },
                    boxed(),
                ],
            )]),
            &deep,
            Problem::TooDeep,
        ),
        (
            "units",
            units(Shape::Leaf(Leaf::Unit)),
            millions,
            Problem::TooManyEmpty,
        ),
        (
            "empty arrays",
            units(Shape::Array(at(1), 0)),
            millions,
            Problem::TooManyEmpty,
        ),
        (
            "empty structs",
            units(Shape::Struct("S".into(), vec![])),
            millions,
            Problem::TooManyEmpty,
        ),
        (
            "atoms of nothing",
            table(vec![
                list(1),
                Shape::Atom("A".into(), at(2)),
                Shape::Leaf(Leaf::Unit),
            ]),
            millions,
            Problem::TooManyEmpty,
        ),
    ];
    for (what, schema, bytes, expected) in cases {
        let value = Value::read(&schema, &mut Reader::new(bytes));
        assert_eq!(value.unwrap_err().problem, expected, "{what}");
        assert_eq!(schema.check(bytes).unwrap_err().problem, expected, "{what}");
        // A patch that sets it.
        let patch = [&[0], bytes].concat();
        assert_eq!(
            schema.check_patches(&patch).unwrap_err().problem,
            expected,
            "{what}"
        );
    }
}

/// A variant that holds the type itself.
fn boxed() -> Variant {
    let inner = crate::schema::Field {
        name: "0".into(),
        ty: at(0),
        host_only: false,
    };
    Variant {
        name: "Boxed".into(),
        fields: vec![inner],
    }
}
