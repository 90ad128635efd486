mod attrs;
mod names;
mod serde;
mod types;

use syn::DeriveInput;

use crate::{ast::Input, check, expand};

/// Asserts where in `item` there is something to complain about, and what, in order; and that what is
/// made of it compiles as far as can be told here.
#[track_caller]
fn check(item: &str, complaints: &[(&str, &str)]) {
    let parsed: DeriveInput = syn::parse_str(item).expect("the test gives an item");
    let found: Vec<_> = match check::input(&Input::new(&parsed)) {
        Ok(()) => vec![],
        Err(errors) => errors
            .into_iter()
            .map(|error| {
                (
                    error.span().source_text().unwrap_or_default(),
                    error.to_string(),
                )
            })
            .collect(),
    };
    let told = |&(place, what): &(&str, &str)| (place.to_owned(), what.to_owned());
    assert_eq!(
        found,
        complaints.iter().map(told).collect::<Vec<_>>(),
        "{item}"
    );

    let output = expand::derive(&parsed);
    syn::parse2::<syn::File>(output.clone()).expect("the output is a sequence of items");
    let output = output.to_string();
    assert_eq!(
        output.matches("compile_error").count(),
        complaints.len(),
        "every error is told"
    );
    assert_eq!(
        output.matches(":: Shared for").count(),
        1,
        "an error is no reason to leave the impl out"
    );
}

#[test]
fn all_forms_of_types_are_legal() {
    for item in [
        "pub struct Board { pub title: String, tick: u64 }",
        "struct Empty {}",
        "struct Raw { r#type: u8, _1: u8, self_: u8, __: u8 }",
        "struct Pair(u8, u8);",
        "struct Hollow();",
        "struct Unit;",
        "enum Choice { Nothing, This(u8), These(u8, u8), That { field: u8 }, Braces {}, Parens() }",
        "enum Never {}",
        "enum Numbered { This = 4, That = 2 }",
        "struct Buffer<T, U = u8, const N: usize = 1> where T: Clone { items: Vec<T>, other: U }",
        "enum Either<A, B> where A: Ord { Left(A), Right { value: B } }",
        "struct Node { next: Option<Box<Self>>, many: Vec<Node> }",
    ] {
        check(item, &[]);
    }
}

#[test]
fn some_forms_are_refused() {
    const LIFETIME: &str = "a type with a lifetime cannot be shared: a shared value owns its data, \
                            since another process cannot borrow from this one; use `String`, `Vec` \
                            or `Box` in place of references";
    check(
        "union Either { this: u8, that: u16 }",
        &[(
            "union",
            "a union cannot be shared: nothing tells which field is in use; write an `enum`",
        )],
    );
    check(
        "struct Borrowed<'a, T> { text: Cow<'a, T> }",
        &[("'a", LIFETIME)],
    );
    check(
        "enum Borrowed<'a, 'b: 'a> { This(Cow<'a, str>), That(Cow<'b, str>) }",
        &[("'a", LIFETIME), ("'b: 'a", LIFETIME)],
    );
    check(
        "#[shared(atomic)] struct Borrowed<'a>(Cow<'a, str>);",
        &[("'a", LIFETIME)],
    );
    check(
        "#[repr(C, packed)] struct Packed { field: u8 }",
        &[(
            "#[repr(C, packed)]",
            "a packed type cannot be shared: its fields cannot be borrowed, and `repr` makes no \
             difference to what is sent; remove `packed`",
        )],
    );
}
