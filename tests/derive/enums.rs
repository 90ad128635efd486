//! Enums: replaced whole, or changed inside the variant that the value is.

use ipos::{Patch, Shared};
use serde::{Deserialize, Serialize};

use crate::{bytes, check, check_schema, fault, record, structs::Task};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub(crate) enum Shape {
    #[default]
    Empty,
    Circle(f64),
    Pair(u8, Vec<u8>),
    Rect {
        w: u64,
        of: Task,
    },
    Nothing {},
    Blank(),
}

fn rect() -> Shape {
    Shape::Rect {
        w: 1,
        of: Task::default(),
    }
}

#[test]
fn an_enum_is_replaced_whole() {
    for (value, told) in [
        (Shape::Empty, "Set(Empty)"),
        (Shape::Circle(1.5), "Set(Circle(1.5))"),
        (Shape::Pair(1, vec![2]), "Set(Pair(1, [2]))"),
        (
            rect(),
            r#"Set(Rect { w: 1, of: Task { name: "", done: false } })"#,
        ),
        (Shape::Nothing {}, "Set(Nothing)"),
        (Shape::Blank(), "Set(Blank)"),
    ] {
        check(rect(), |shape| shape.set(value.clone()), &[told]);
        check(Shape::Empty, |shape| shape.set(value), &[told]);
    }
}

#[test]
fn its_variant_is_changed_in_place() {
    check(
        Shape::Circle(1.0),
        |shape| shape.circle_mut().unwrap().set(2.0),
        &["Circle(Set(2.0))"],
    );
    check(
        Shape::Pair(1, vec![]),
        |shape| {
            let mut pair = shape.pair_mut().unwrap();
            pair.set_0(2);
            pair._1_mut().push(3);
            assert_eq!(*pair, Shape::Pair(2, vec![3]));
        },
        &["Pair(F0(Set(2)))", "Pair(F1(Push(0, 3)))"],
    );
    check(
        rect(),
        |shape| {
            let mut rect = shape.rect_mut().unwrap();
            rect.set_w(2);
            rect.of_mut().set_done(true);
        },
        &["Rect(W(Set(2)))", "Rect(Of(Done(Set(true))))"],
    );
}

#[test]
fn another_variant_has_no_wrapper() {
    let nothing_else = |shape: &mut ShapeMut<'_>| {
        assert!(shape.circle_mut().is_none());
        assert!(shape.pair_mut().is_none());
        shape.set(Shape::Circle(1.0));
        assert!(shape.rect_mut().is_none());
        shape.circle_mut().unwrap().add(1.0);
    };
    check(
        rect(),
        nothing_else,
        &["Set(Circle(1.0))", "Circle(Add(1.0))"],
    );
}

#[test]
fn a_change_inside_a_variant_that_is_gone_is_a_fault() {
    let inside = bytes(&ShapePatch::Rect(ShapePatchRect::W(
        ipos::NumberPatch::Set(300),
    )));
    assert_eq!(inside, [4, 0, 0, 0xac, 2]);
    assert_eq!(fault(&Shape::Empty, &inside), "what it changes is gone");
    let inside = bytes(&ShapePatch::Circle(ipos::NumberPatch::Set(0.0)));
    assert_eq!(inside, [2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
    assert_eq!(fault(&rect(), &inside), "what it changes is gone");
}

#[test]
fn numbers_that_name_nothing_are_faults() {
    for (value, bytes, expected) in [
        (rect(), &[4, 2][..], "Shape::Rect has no field number 2"),
        (
            Shape::Circle(1.0),
            &[2, 1],
            "Shape::Circle has no field number 1",
        ),
        (rect(), &[1, 0], "Shape has no variant number 1"),
        (rect(), &[7, 0], "Shape has no variant number 7"),
        (rect(), &[0, 6], "Shape has no variant number 6"),
    ] {
        let found = fault(&value, bytes);
        assert!(found.ends_with(expected), "{bytes:?}: {found}");
        let mut reader = ipos::__private::Reader::new(bytes);
        assert!(ShapePatch::decode(&mut reader).is_err(), "{bytes:?}");
    }
}

#[test]
fn a_patch_of_an_enum_has_a_serde_form() {
    let error = postcard::from_bytes::<ShapePatch>(&[1, 0]).unwrap_err();
    assert!(matches!(error, postcard::Error::SerdeDeCustom), "{error}");
    assert!(postcard::from_bytes::<ShapePatch>(&[7, 0]).is_err());
}

#[test]
fn the_schema_tells_the_variants() {
    check_schema::<Shape>(
        "enum Shape { Empty, Circle(f64), Pair(u8, Vec<u8>), Rect { w: u64, of: Task, }, Nothing, Blank, } struct Task { name: String, done: bool, }",
    );
}

/// Variants and fields of any name.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[allow(non_camel_case_types)]
enum Named {
    Set(u8),
    r#Type {
        r#type: u8,
        patch: u8,
        field: u8,
        operation: u8,
        reader: u8,
        out: u8,
        owner: u8,
    },
    HTTPServer2 {
        set: u8,
    },
    snake_case(u8, u8),
    Ok(u8),
    Some(u8),
    None,
}

#[test]
fn variants_and_fields_may_have_any_name() {
    check(
        Named::Set(1),
        |named| named.set_mut().unwrap().set(2),
        &["Set_(Set(2))"],
    );
    check(
        Named::Type {
            r#type: 1,
            patch: 1,
            field: 1,
            operation: 1,
            reader: 1,
            out: 1,
            owner: 1,
        },
        |named| {
            let mut inside = named.type_mut().unwrap();
            inside.set_type(2);
            inside.set_owner(2);
            inside.out_mut().add(2);
        },
        &[
            "Type(Type(Set(2)))",
            "Type(Owner(Set(2)))",
            "Type(Out(Add(2)))",
        ],
    );
    check(
        Named::HTTPServer2 { set: 1 },
        |named| named.http_server2_mut().unwrap().set_set(2),
        &["HTTPServer2(Set(Set(2)))"],
    );
    check(
        Named::snake_case(1, 2),
        |named| named.snake_case_mut().unwrap().set_1(3),
        &["snake_case(F1(Set(3)))"],
    );
    check(
        Named::Some(1),
        |named| named.some_mut().unwrap().set(3),
        &["Some(Set(3))"],
    );
}

/// Of one variant: there is no other to be in.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Only {
    This { x: u8 },
}

/// Of one newtype variant.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Wrapped {
    Inner(String),
}

/// Of variants without fields.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Hash)]
enum Color {
    Red = 7,
    Green = 3,
}

/// Of no variants: there are no values.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Never {}

#[test]
fn an_enum_may_have_few_variants() {
    check(
        Only::This { x: 1 },
        |only| only.this_mut().unwrap().set_x(2),
        &["This(X(Set(2)))"],
    );
    check(
        Wrapped::Inner("a".to_owned()),
        |wrapped| wrapped.inner_mut().unwrap().push('b'),
        &[r#"Inner(Push(1, "b"))"#],
    );
    check(Color::Red, |color| color.set(Color::Green), &["Set(Green)"]);
    let mut reader = ipos::__private::Reader::new(&[0]);
    let error = Never::decode(&mut reader).unwrap_err();
    assert_eq!(error.to_string(), "byte 1: Never has no variant number 0");
    check_schema::<Never>("enum Never {}");
}

/// Holds values of its own type.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Expr {
    Number(i64),
    Negative(Box<Expr>),
    Sum(Box<Self>, Box<Self>),
    Call { arguments: Vec<Self> },
}

#[test]
fn an_enum_may_hold_itself() {
    let number = |n| Box::new(Expr::Number(n));
    check(
        Expr::Sum(number(1), number(2)),
        |expr| {
            let mut sum = expr.sum_mut().unwrap();
            sum._0_mut().number_mut().unwrap().set(3);
            sum._1_mut().set(Expr::Negative(number(4)));
            let mut right = sum._1_mut();
            let mut negative = right.negative_mut().unwrap();
            negative.set(Expr::Call { arguments: vec![] });
            let mut call = negative.call_mut().unwrap();
            call.arguments_mut().push(Expr::Number(5));
            call.arguments_mut().at(0).number_mut().unwrap().add(1);
        },
        &[
            "Sum(F0(Number(Set(3))))",
            "Sum(F1(Set(Negative(Number(4)))))",
            "Sum(F1(Negative(Set(Call { arguments: [] }))))",
            "Sum(F1(Negative(Call(Arguments(Push(0, Number(5)))))))",
            "Sum(F1(Negative(Call(Arguments(At(0, Number(Add(1))))))))",
        ],
    );
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Guarded {
    Open(u8),
    Mixed {
        open: u8,
        #[shared(host_only, rename = "shut")]
        closed: u8,
    },
}

#[test]
fn a_field_of_a_variant_may_be_for_the_host_alone() {
    let schema = format!("{:?}", ipos::schema_of::<Guarded>());
    for told in [
        r#"name: "0", ty: TypeRef(1), host_only: false"#,
        r#"name: "open", ty: TypeRef(1), host_only: false"#,
        r#"name: "shut", ty: TypeRef(1), host_only: true"#,
    ] {
        assert!(schema.contains(told), "{schema}");
    }
    check(
        Guarded::Mixed { open: 1, closed: 2 },
        |guarded| guarded.mixed_mut().unwrap().set_closed(3),
        &["Mixed(Closed(Set(3)))"],
    );
}

#[test]
fn a_wrapper_prints_as_its_enum() {
    let mut value = Shape::Pair(1, vec![]);
    record(&mut value, |shape| {
        assert_eq!(format!("{shape:?}"), "ShapeMut(Pair(1, []))");
        let pair = shape.pair_mut().unwrap();
        assert_eq!(format!("{pair:?}"), "ShapeMutPair(Pair(1, []))");
    });
}
