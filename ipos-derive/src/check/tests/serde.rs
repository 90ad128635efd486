use super::check;

const SKIP: &str = "the field is shared all the same; add `#[shared(skip)]` to keep `field` local to \
                    each process, or remove the attribute";
const NUMBERS: &str = "fields are told apart by their order, and variants by their number; remove the \
                       attribute";
const LEFT_OUT: &str = "what is left out must be left out on both sides; write `#[serde(skip)]`";
const VARIANT_LEFT_OUT: &str = "a variant that is left out changes the numbers of the others; remove \
                                the attribute, or the variant";
const TAG: &str = "the tag is found by its name, and names are not sent; remove the attribute: \
                   variants are told by their number";

/// A key of serde's with its value, and why it is refused, if it is.
type Row<'a> = (&'a str, &'a str, Option<&'a str>);

/// Asserts what is said to each key where `item` has a `%`.
#[track_caller]
fn rows(item: &str, what: &str, rows: &[Row<'_>]) {
    for &(key, value, reason) in rows {
        let item = item.replace('%', &format!("#[serde({key} {value})]"));
        let reason = reason.map(|reason| format!("`#[serde({key})]` {what}: {reason}"));
        let complaint = reason.as_deref().map(|reason| (key, reason));
        check(&item, complaint.as_slice());
    }
}

const NO_EFFECT: &str = "has no effect on what IPOS sends";
const NOT_SENT: &str = "cannot be sent";

#[test]
fn what_changes_the_form_of_a_field_is_refused() {
    let with = |key: &str| {
        format!(
            "IPOS writes `field` itself, not through `{key}`; give the field a type of your own \
             whose serde does what `{key}` does, with `#[shared(atomic)]` at that type"
        )
    };
    let refused: &[Row<'_>] = &[
        ("skip", "", Some(SKIP)),
        ("skip_serializing", "", Some(SKIP)),
        ("skip_deserializing", "", Some(SKIP)),
        (
            "skip_serializing_if",
            r#"= "Option::is_none""#,
            Some("every field is shared, whatever its value; remove the attribute"),
        ),
        ("with", r#"= "module""#, Some(&with("with"))),
        (
            "serialize_with",
            r#"= "module""#,
            Some(&with("serialize_with")),
        ),
        (
            "deserialize_with",
            r#"= "module""#,
            Some(&with("deserialize_with")),
        ),
        (
            "flatten",
            "",
            Some(
                "IPOS writes `field` as one field; remove the attribute, or declare what is inside \
                 as fields of the shared type",
            ),
        ),
        (
            "getter",
            r#"= "Board::field""#,
            Some(
                "IPOS reads `field` itself, not through `getter`; share a type of your own that \
                 holds what is to be sent",
            ),
        ),
        ("default", "", None),
        ("rename", r#"= "skip""#, None),
    ];
    for item in [
        "struct Board { before: u8, % field: u8 }",
        "struct Board { before: u8, #[shared(atomic)] % field: u8 }",
        "enum Board { This { % field: u8 }, That }",
    ] {
        rows(item, NO_EFFECT, refused);
    }
    let of_skipped = "struct Board { #[shared(skip)] % field: u8 }";
    let passing: Vec<Row<'_>> = refused
        .iter()
        .map(|&(key, value, _)| (key, value, None))
        .collect();
    rows(of_skipped, NO_EFFECT, &passing);
}

#[test]
fn what_changes_the_form_of_a_type_is_refused() {
    let converted = |key: &str| {
        format!(
            "IPOS writes and reads the fields of `Board` themselves; add `#[shared(atomic)]` to the \
             type, which is then sent whole as the type that `{key}` names"
        )
    };
    for item in [
        "% struct Board { field: u8 }",
        "% struct Board(u8);",
        "% enum Board { This(u8) }",
    ] {
        rows(
            item,
            NO_EFFECT,
            &[
                ("untagged", "", Some(NUMBERS)),
                ("tag", r#"= "type""#, Some(NUMBERS)),
                ("content", r#"= "value""#, Some(NUMBERS)),
                ("into", r#"= "Other""#, Some(&converted("into"))),
                ("from", r#"= "Other""#, Some(&converted("from"))),
                ("try_from", r#"= "Other""#, Some(&converted("try_from"))),
                (
                    "remote",
                    r#"= "Other""#,
                    Some(
                        "IPOS shares `Board` itself, not the type that `remote` names; remove the \
                         attribute, and convert between the two yourself",
                    ),
                ),
                (
                    "transparent",
                    "",
                    Some(
                        "IPOS shares `Board` as a type with a field; remove the attribute, or add \
                         `#[shared(atomic)]` to the type, which is then sent whole by serde",
                    ),
                ),
                ("deny_unknown_fields", "", None),
            ],
        );
    }
}

#[test]
fn what_changes_the_form_of_a_variant_is_refused() {
    let every = "every variant can be sent; remove the attribute, or the variant";
    let number = "variants are told apart by their number; remove the attribute";
    rows(
        "enum Board { This(u8), % That(u8) }",
        NO_EFFECT,
        &[
            ("skip", "", Some(every)),
            ("skip_serializing", "", Some(every)),
            ("skip_deserializing", "", Some(every)),
            ("untagged", "", Some(number)),
            ("other", "", Some(number)),
            (
                "with",
                r#"= "module""#,
                Some(
                    "IPOS writes the variant's fields itself, not through `with`; give the variant \
                     one field of a type of your own, with `#[shared(atomic)]` at that type",
                ),
            ),
            ("rename", r#"= "x""#, None),
            ("rename_all", r#"= "lowercase""#, None),
            ("alias", r#"= "x""#, None),
        ],
    );
}

#[test]
fn what_postcard_cannot_carry_is_refused_in_atomic_types() {
    let untagged = "nothing tells which variant was written; remove the attribute";
    let left_out = "what is left out cannot be told from what follows; remove the attribute";
    let flatten = "it makes a map of unknown length; remove the attribute, or declare what is inside \
                   as fields of this type";
    rows(
        "#[shared(atomic)] % enum Board { This { field: u8 } }",
        NOT_SENT,
        &[
            ("untagged", "", Some(untagged)),
            ("tag", r#"= "type""#, Some(TAG)),
            ("content", r#"= "value""#, Some(TAG)),
            ("into", r#"= "Other""#, None),
            ("from", r#"= "Other""#, None),
            ("try_from", r#"= "Other""#, None),
            ("transparent", "", None),
            ("rename_all", r#"= "lowercase""#, None),
        ],
    );
    rows(
        "#[shared(atomic)] enum Board { % This { field: u8 }, That }",
        NOT_SENT,
        &[
            ("untagged", "", Some(untagged)),
            (
                "other",
                "",
                Some("variants are told by their number; remove the attribute"),
            ),
            ("skip", "", Some(VARIANT_LEFT_OUT)),
            ("skip_serializing", "", Some(VARIANT_LEFT_OUT)),
            ("skip_deserializing", "", Some(VARIANT_LEFT_OUT)),
            ("with", r#"= "module""#, None),
        ],
    );
    rows(
        "#[shared(atomic)] struct Board { % field: u8 }",
        NOT_SENT,
        &[
            ("flatten", "", Some(flatten)),
            ("skip_serializing_if", r#"= "is_zero""#, Some(left_out)),
            ("skip_serializing", "", Some(LEFT_OUT)),
            ("skip_deserializing", "", Some(LEFT_OUT)),
            ("skip", "", None),
            ("with", r#"= "module""#, None),
            ("serialize_with", r#"= "module""#, None),
            ("default", "", None),
        ],
    );
    check(
        "#[shared(atomic)] struct Board { #[serde(skip_serializing, skip_deserializing)] a: u8 }",
        &[],
    );
}

#[test]
fn what_changes_no_form_passes() {
    check(
        r#"
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
        "#,
        &[],
    );
}

#[test]
fn all_of_it_is_told_at_once() {
    check(
        r#"
            #[serde(rename = "other", tag = "x")]
            struct Board {
                #[serde(default, skip)]
                field: u8,
                #[serde(rename(serialize = "b"), flatten)]
                #[serde(alias = "c")]
                other: &'static u8,
            }
        "#,
        &[
            ("tag", &format!("`#[serde(tag)]` {NO_EFFECT}: {NUMBERS}")),
            ("skip", &format!("`#[serde(skip)]` {NO_EFFECT}: {SKIP}")),
            (
                "flatten",
                "`#[serde(flatten)]` has no effect on what IPOS sends: IPOS writes `other` as one \
                 field; remove the attribute, or declare what is inside as fields of the shared type",
            ),
            (
                "&'static u8",
                "a reference cannot be shared: a shared value owns its data; use the type without \
                 the `&`, or keep the field local to each process with `#[shared(skip)]`",
            ),
        ],
    );
}

#[test]
fn what_cannot_be_read_is_for_serde_to_tell() {
    check(
        "#[serde] struct Board { #[serde(17, skip)] #[serde(default = )] field: u8 }",
        &[],
    );
}
