mod attrs;
mod serde;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::{ast::Input, check, expand};

/// Asserts what is complained about in `item`, in order.
#[track_caller]
fn check(item: TokenStream, complaints: &[&str]) {
    let item: DeriveInput = syn::parse2(item).expect("the test gives an item");
    let found: Vec<_> = match check::input(&Input::new(&item)) {
        Ok(()) => vec![],
        Err(errors) => errors.into_iter().map(|error| error.to_string()).collect(),
    };
    assert_eq!(found, complaints);

    let output = expand::derive(&item);
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
fn structs_with_named_fields_are_legal() {
    check(
        quote!(
            pub struct Board {
                pub title: String,
                tick: u64,
            }
        ),
        &[],
    );
    check(
        quote!(
            struct Empty {}
        ),
        &[],
    );
    check(
        quote!(
            struct Raw {
                r#type: u8,
                _1: u8,
                self_: u8,
                __: u8,
            }
        ),
        &[],
    );
}

#[test]
fn other_forms_are_refused() {
    check(
        quote!(
            struct Pair(u8, u8);
        ),
        &[
            "`Shared` can be derived for structs with named fields; tuple structs are not supported yet",
        ],
    );
    check(
        quote!(
            struct Unit;
        ),
        &[
            "`Shared` can be derived for structs with named fields; unit structs are not supported \
           yet, but `struct Unit {}` is",
        ],
    );
    check(
        quote!(
            enum Choice {
                This,
                That { field: u8 },
            }
        ),
        &["`Shared` can be derived for structs with named fields; enums are not supported yet"],
    );
    check(
        quote!(union Either { this: u8, that: u16 }),
        &[
            "`Shared` can be derived for structs with named fields; unions are not: nothing tells \
           which field is in use",
        ],
    );
}

#[test]
fn generic_structs_are_refused() {
    let generic = "`Shared` can be derived for structs with named fields; generic parameters are \
                   not supported yet";
    check(
        quote!(
            struct Buffer<T, const N: usize>
            where
                T: Clone,
            {
                items: [T; N],
            }
        ),
        &[generic, generic],
    );
    check(
        quote!(
            struct Borrowed<'a> {
                text: &'a str,
            }
        ),
        &[
            "`Shared` can be derived for structs with named fields; lifetimes are not supported: \
             a shared value owns its data",
            "a reference cannot be shared: a shared value owns its data; use `String`",
        ],
    );
}

#[test]
fn references_are_refused() {
    check(
        quote!(
            struct References {
                text: &'static str,
                list: (&'static [u8]),
                number: &'static u8,
            }
        ),
        &[
            "a reference cannot be shared: a shared value owns its data; use `String`",
            "a reference cannot be shared: a shared value owns its data; use `Vec`",
            "a reference cannot be shared: a shared value owns its data; use the type without the `&`",
        ],
    );
}

#[test]
fn names_that_would_be_generated_twice_are_refused() {
    check(
        quote!(
            struct Variants {
                a_12: u8,
                a_1_2: u8,
            }
        ),
        &[
            "the field `a_1_2` would have the patch variant `A12`, which the field `a_12` has; \
           rename one of them",
        ],
    );
    check(
        quote!(
            struct Methods {
                set_a: u8,
                a_mut: u8,
            }
        ),
        &[
            "the field `a_mut` would have the wrapper method `set_a_mut`, which the field `set_a` \
           has; rename one of them",
        ],
    );
}
