use quote::{ToTokens, quote};
use syn::DeriveInput;

use super::check;
use crate::ast::Input;

const HOST_ONLY_TWICE: &str = "`host_only` stands here twice; write it once";
const HOST_ONLY_VALUE: &str = "`host_only` takes no value; write `#[shared(host_only)]`";
const HOST_ONLY_TYPE: &str = "`host_only` is for fields: write `#[shared(host_only)]` at each field \
                              that the host alone may write";

/// Asserts where in an item there is something to complain about, and what, in order.
#[track_caller]
fn check_places(item: &str, complaints: &[(&str, &str)]) {
    let parsed: DeriveInput = syn::parse_str(item).expect("the test gives an item");
    let found: Vec<_> = match crate::check::input(&Input::new(&parsed)) {
        Ok(()) => vec![],
        Err(errors) => errors
            .into_iter()
            .map(|error| (error.span().source_text(), error.to_string()))
            .collect(),
    };
    let told = |&(place, what): &(&str, &str)| (Some(place.to_owned()), what.to_owned());
    assert_eq!(found, complaints.iter().map(told).collect::<Vec<_>>());
    let messages: Vec<_> = complaints.iter().map(|&(_, what)| what).collect();
    check(parsed.into_token_stream(), &messages);
}

/// Whether the first field of an item is for the host alone.
#[track_caller]
fn is_host_only(item: &str) -> bool {
    let item: DeriveInput = syn::parse_str(item).expect("the test gives an item");
    Input::new(&item).fields[0].attrs.host_only
}

#[test]
fn a_field_may_be_for_the_host_alone() {
    let cases = [
        ("field: u8", false),
        ("#[shared()] field: u8", false),
        ("#[doc = \"host_only\"] field: u8", false),
        ("#[serde(host_only)] field: u8", false),
        ("#[shared(host_only)] field: u8", true),
        ("#[shared(host_only,)] field: u8", true),
        (
            "#[shared()] #[serde(default)] #[shared(host_only)] pub field: u8",
            true,
        ),
    ];
    for (field, expected) in cases {
        let item = format!("struct Board {{ {field}, #[shared(host_only)] other: u8 }}");
        assert_eq!(is_host_only(&item), expected, "{field}");
        check_places(&item, &[]);
    }
}

#[test]
fn host_only_stands_alone_and_once() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("host_only = true", &[("host_only = true", HOST_ONLY_VALUE)]),
        (
            "host_only = \"x\"",
            &[("host_only = \"x\"", HOST_ONLY_VALUE)],
        ),
        ("host_only(x, y)", &[("host_only(x, y)", HOST_ONLY_VALUE)]),
        ("host_only()", &[("host_only()", HOST_ONLY_VALUE)]),
        ("host_only, host_only", &[("host_only", HOST_ONLY_TWICE)]),
        (
            "host_only)] #[shared(host_only",
            &[("host_only", HOST_ONLY_TWICE)],
        ),
        (
            "host_only, host_only = false, skip",
            &[
                ("host_only = false", HOST_ONLY_VALUE),
                (
                    "skip",
                    "unknown attribute `skip`; a field may have `host_only`",
                ),
            ],
        ),
        (
            "hostonly",
            &[(
                "hostonly",
                "unknown attribute `hostonly`; a field may have `host_only`",
            )],
        ),
        (
            "host_only =",
            &[(")", "unexpected end of input, expected an expression")],
        ),
        ("host_only 1", &[("1", "expected `,`")]),
    ];
    for (attrs, complaints) in cases {
        let item = format!("struct Board {{ before: u8, #[shared({attrs})] field: u8 }}");
        check_places(&item, complaints);
    }
}

#[test]
fn host_only_is_not_for_types() {
    let cases: &[(&str, &[(&str, &str)])] = &[
        ("host_only", &[("host_only", HOST_ONLY_TYPE)]),
        ("host_only = true", &[("host_only", HOST_ONLY_TYPE)]),
        (
            "host_only(x), atomic",
            &[
                ("host_only", HOST_ONLY_TYPE),
                (
                    "atomic",
                    "unknown attribute `atomic`; a type has no attributes yet",
                ),
            ],
        ),
    ];
    for (attrs, complaints) in cases {
        check_places(
            &format!("#[shared({attrs})] struct Board {{ field: u8 }}"),
            complaints,
        );
    }
}

#[test]
fn attributes_are_refused_all_at_once() {
    check(
        quote! {
            #[shared(crate = "elsewhere", bound(T: Clone), atomic)]
            struct Attributed {
                #[shared(some::path, skip)]
                #[shared(rename = "other")]
                field: u8,
            }
        },
        &[
            "unknown attribute `crate`; a type has no attributes yet",
            "unknown attribute `bound`; a type has no attributes yet",
            "unknown attribute `atomic`; a type has no attributes yet",
            "unknown attribute `some::path`; a field may have `host_only`",
            "unknown attribute `skip`; a field may have `host_only`",
            "unknown attribute `rename`; a field may have `host_only`",
        ],
    );
    check(
        quote!(
            #[shared]
            struct Bare {
                #[shared(17)]
                field: u8,
            }
        ),
        &[
            "expected attribute arguments in parentheses: #[shared(...)]",
            "unexpected literal in nested attribute, expected ident",
        ],
    );
}
