use proc_macro2::TokenStream;
use quote::quote;

use super::check;

/// Asserts that `#[serde(key value)]` is refused at the field `field`, with `reason`.
#[track_caller]
fn check_field(key: &str, value: &str, reason: &str) {
    let attr = tokens(key, value);
    check(
        quote!(
            struct Board {
                before: u8,
                #[serde(#attr)]
                field: u8,
            }
        ),
        &[&complaint(key, reason)],
    );
}

/// Asserts that `#[serde(key value)]` is refused at the type `Board`, with `reason`.
#[track_caller]
fn check_type(key: &str, value: &str, reason: &str) {
    let attr = tokens(key, value);
    check(
        quote!(
            #[serde(#attr)]
            struct Board {
                field: u8,
            }
        ),
        &[&complaint(key, reason)],
    );
}

fn tokens(key: &str, value: &str) -> TokenStream {
    syn::parse_str(&format!("{key} {value}")).expect("the test gives tokens")
}

fn complaint(key: &str, reason: &str) -> String {
    format!("`#[serde({key})]` has no effect on what IPOS sends: {reason}")
}

#[test]
fn skipped_fields_are_refused() {
    for key in ["skip", "skip_serializing", "skip_deserializing"] {
        check_field(
            key,
            "",
            "every field is shared; move `field` out of the shared struct",
        );
    }
    check_field(
        "skip_serializing_if",
        r#"= "Option::is_none""#,
        "every field is shared, whatever its value; remove the attribute",
    );
}

#[test]
fn fields_in_another_form_are_refused() {
    for key in ["with", "serialize_with", "deserialize_with"] {
        check_field(
            key,
            r#"= "module""#,
            &format!(
                "IPOS writes `field` itself, not through `{key}`; give the field a type of your own \
                 that holds what is to be sent"
            ),
        );
    }
    check_field(
        "flatten",
        "",
        "IPOS writes `field` as one field; remove the attribute, or declare what is inside as \
         fields of the shared struct",
    );
    check_field(
        "getter",
        r#"= "Board::field""#,
        "IPOS reads `field` itself, not through `getter`; share a struct of your own that holds \
         what is to be sent",
    );
}

#[test]
fn types_in_another_form_are_refused() {
    for (key, value) in [
        ("untagged", ""),
        ("tag", r#"= "type""#),
        ("content", r#"= "value""#),
    ] {
        check_type(
            key,
            value,
            "fields are told apart by their order, and variants by their number; remove the \
             attribute",
        );
    }
    for key in ["into", "from", "try_from"] {
        check_type(
            key,
            r#"= "Other""#,
            &format!(
                "IPOS writes and reads the fields of `Board` themselves; share the type that \
                 `{key}` names instead, and convert to and from it yourself"
            ),
        );
    }
    check_type(
        "remote",
        r#"= "Other""#,
        "IPOS shares `Board` itself, not the type that `remote` names; remove the attribute, and \
         convert between the two yourself",
    );
    check_type(
        "transparent",
        "",
        "IPOS shares `Board` as a struct with fields; remove the attribute, or share the type \
         inside instead",
    );
}

#[test]
fn another_form_is_refused_whether_transparent_or_not() {
    check(
        quote!(
            #[serde(transparent)]
            struct Wrapper(u8);
        ),
        &[
            "`Shared` can be derived for structs with named fields; tuple structs are not supported yet",
        ],
    );
}

#[test]
fn what_changes_no_form_passes() {
    check(
        quote! {
            #[serde(rename = "board", rename_all = "camelCase", default, deny_unknown_fields)]
            #[serde(rename_all(serialize = "lowercase"), crate = "elsewhere", bound = "")]
            #[serde(default = "Board::new", bound(serialize = "", deserialize = ""))]
            struct Board {
                #[serde(rename = "skip", alias = "with", alias = "flatten", default)]
                #[serde(rename(serialize = "tag", deserialize = "skip"), default = "skip")]
                #[serde(borrow, bound(serialize = ""))]
                text: String,
                #[other(skip)]
                with: u8,
            }
        },
        &[],
    );
}

#[test]
fn all_of_it_is_told_at_once() {
    let skip = "every field is shared; move `type` out of the shared struct";
    let converted = "IPOS writes and reads the fields of `Board` themselves; share the type that \
                     `into` names instead, and convert to and from it yourself";
    let with = |key| {
        let reason = format!(
            "IPOS writes `at` itself, not through `{key}`; give the field a type of your own that \
             holds what is to be sent"
        );
        complaint(key, &reason)
    };
    check(
        quote! {
            #[serde(rename = "other", into = "Other")]
            #[shared(atomic)]
            struct Board {
                #[serde(default, skip)]
                r#type: &'static u8,
                #[serde(serialize_with = "to", rename(serialize = "b"), deserialize_with = "from")]
                #[serde(alias = "c")]
                #[serde(with = "both")]
                at: u8,
            }
        },
        &[
            "unknown attribute `atomic`; a type has no attributes yet",
            &complaint("into", converted),
            &complaint("skip", skip),
            "a reference cannot be shared: a shared value owns its data; use the type without the `&`",
            &with("serialize_with"),
            &with("deserialize_with"),
            &with("with"),
        ],
    );
}

#[test]
fn what_cannot_be_read_is_for_serde_to_tell() {
    check(
        quote!(
            #[serde]
            struct Board {
                #[serde(17, skip)]
                #[serde(default = )]
                field: u8,
            }
        ),
        &[],
    );
}
