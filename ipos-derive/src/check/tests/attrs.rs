use syn::DeriveInput;

use super::check;
use crate::ast::{Input, Kind};

const KNOWN_FIELD: &str = "a field may have `atomic`, `skip`, `host_only`, `rename`";
const KNOWN_TYPE: &str = "a type may have `atomic`, `rename`, `crate`, `bound`";
const RENAME: &str = "`rename` takes a name in quotes; write `#[shared(rename = \"name\")]`";
const CRATE: &str = "`crate` takes the path of a module in quotes; write \
                     `#[shared(crate = \"path::to::ipos\")]`";
const BOUND: &str = "`bound` takes what may stand after a `where`, in quotes; write \
                     `#[shared(bound = \"T: Trait\")]`";
const HOST_ONLY_TYPE: &str = "`host_only` is for fields: write `#[shared(host_only)]` at each field \
                              that the host alone may write";
const SKIP_TYPE: &str =
    "`skip` is for fields: write `#[shared(skip)]` at each field that stays local";

/// What is complained about.
type Complaints<'a> = &'a [(&'a str, &'a str)];

#[test]
fn a_field_may_have_attributes() {
    let cases = [
        ("field: u8", Kind::Shared, false),
        ("#[shared()] field: u8", Kind::Shared, false),
        ("#[doc = \"host_only\"] field: u8", Kind::Shared, false),
        ("#[serde(host_only)] field: u8", Kind::Shared, false),
        ("#[shared(host_only)] field: u8", Kind::Shared, true),
        ("#[shared(host_only,)] field: u8", Kind::Shared, true),
        (
            "#[shared()] #[serde(default)] #[shared(host_only)] pub field: u8",
            Kind::Shared,
            true,
        ),
        ("#[shared(atomic)] field: u8", Kind::Atomic, false),
        ("#[shared(atomic, host_only)] field: u8", Kind::Atomic, true),
        (
            "#[shared(atomic)] #[shared(host_only, rename = \"a\")] field: u8",
            Kind::Atomic,
            true,
        ),
        ("#[shared(skip)] field: u8", Kind::Skipped, false),
    ];
    for (field, kind, host_only) in cases {
        for item in [
            format!("struct Board {{ {field}, #[shared(host_only)] other: u8 }}"),
            format!("enum Board {{ This {{ {field} }}, That }}"),
        ] {
            check(&item, &[]);
            let item: DeriveInput = syn::parse_str(&item).expect("the test gives an item");
            let input = Input::new(&item);
            let field = input.fields().next().expect("there is a field");
            assert_eq!((field.kind, field.attrs.host_only), (kind, host_only));
        }
    }
}

#[test]
fn flags_stand_alone_and_once() {
    for flag in ["host_only", "atomic", "skip"] {
        let twice = format!("`{flag}` stands here twice; write it once");
        let value = format!("`{flag}` takes no value; write `#[shared({flag})]`");
        let cases: &[(String, &[(String, &str)])] = &[
            (
                format!("{flag} = true"),
                &[(format!("{flag} = true"), &value)],
            ),
            (
                format!("{flag} = \"x\""),
                &[(format!("{flag} = \"x\""), &value)],
            ),
            (
                format!("{flag}(x, y)"),
                &[(format!("{flag}(x, y)"), &value)],
            ),
            (format!("{flag}()"), &[(format!("{flag}()"), &value)]),
            (format!("{flag}, {flag}"), &[(flag.to_owned(), &twice)]),
            (
                format!("{flag})] #[shared({flag}"),
                &[(flag.to_owned(), &twice)],
            ),
            (
                format!("{flag}, {flag} = false"),
                &[(flag.to_owned(), &twice)],
            ),
            (
                format!("{flag} ="),
                &[(
                    ")".to_owned(),
                    "unexpected end of input, expected an expression; a field may have `atomic`, \
                     `skip`, `host_only`, `rename`",
                )],
            ),
            (
                format!("{flag} 1"),
                &[(
                    "1".to_owned(),
                    "expected `,`; a field may have `atomic`, `skip`, `host_only`, `rename`",
                )],
            ),
        ];
        for (attrs, complaints) in cases {
            let complaints: Vec<_> = complaints
                .iter()
                .map(|(place, what)| (&**place, *what))
                .collect();
            let item = format!("struct Board {{ before: u8, #[shared({attrs})] field: u8 }}");
            check(&item, &complaints);
        }
    }
}

#[test]
fn values_are_what_they_should_be() {
    let of_type: &[(&str, Complaints<'_>)] = &[
        ("rename = \"Other\"", &[]),
        ("rename", &[("rename", RENAME)]),
        ("rename = \"\"", &[("rename = \"\"", RENAME)]),
        ("rename = 1", &[("rename = 1", RENAME)]),
        ("rename(\"a\")", &[("rename(\"a\")", RENAME)]),
        ("crate = \"other::ipos\"", &[]),
        ("crate = \"::ipos\"", &[]),
        ("crate = \"crate\"", &[]),
        ("crate = other::ipos", &[]),
        ("crate = crate", &[]),
        ("crate", &[("crate", CRATE)]),
        ("crate = \"a b\"", &[("crate = \"a b\"", CRATE)]),
        ("crate = 1 + 1", &[("crate = 1 + 1", CRATE)]),
        ("bound = \"\"", &[]),
        ("bound = \"T: Clone, Vec<T>: Shared\"", &[]),
        ("bound = \"T: Clone,\"", &[]),
        ("bound", &[("bound", BOUND)]),
        ("bound = \"T Clone\"", &[("bound = \"T Clone\"", BOUND)]),
        ("bound(T: Clone)", &[("bound(T: Clone)", BOUND)]),
        ("atomic, bound = \"\", rename = \"a\", crate = \"b\"", &[]),
    ];
    for (attrs, complaints) in of_type {
        check(
            &format!("#[shared({attrs})] struct Board<T> {{ field: T }}"),
            complaints,
        );
    }
    check(
        "enum Board { #[shared(rename = 1)] This(#[shared(rename)] u8) }",
        &[("rename = 1", RENAME), ("rename", RENAME)],
    );
}

#[test]
fn attributes_in_the_wrong_place_are_refused() {
    let of_type: &[(&str, Complaints<'_>)] = &[
        ("host_only", &[("host_only", HOST_ONLY_TYPE)]),
        ("host_only = true", &[("host_only", HOST_ONLY_TYPE)]),
        (
            "host_only(x), skip",
            &[("host_only", HOST_ONLY_TYPE), ("skip", SKIP_TYPE)],
        ),
    ];
    for (attrs, complaints) in of_type {
        check(
            &format!("#[shared({attrs})] struct Board {{ field: u8 }}"),
            complaints,
        );
    }
    check(
        "enum Board { #[shared(skip, host_only, atomic, crate = \"x\")] This(u8) }",
        &[
            ("skip", SKIP_TYPE),
            ("host_only", HOST_ONLY_TYPE),
            (
                "atomic",
                "`atomic` is for types and fields: write `#[shared(atomic)]` at the fields that are \
                 replaced whole",
            ),
            (
                "crate",
                "`crate` is for types: write `#[shared(crate = \"path::to::ipos\")]` at the type",
            ),
        ],
    );
    check(
        "struct Board { #[shared(bound = \"\")] field: u8 }",
        &[(
            "bound",
            "`bound` is for types: write `#[shared(bound = \"T: Trait\")]` at the type",
        )],
    );
}

#[test]
fn attributes_that_exclude_each_other_are_refused() {
    let beside = |name: &str| {
        format!(
            "`{name}` means nothing beside `skip`, which keeps the field local to each process; \
             remove one of them"
        )
    };
    check(
        "struct Board { #[shared(skip, atomic, host_only, rename = \"x\")] field: u8 }",
        &[
            ("atomic", &beside("atomic")),
            ("host_only", &beside("host_only")),
            ("rename", &beside("rename")),
        ],
    );
    let within = |name: &str, instead: &str| {
        format!(
            "`{name}` means nothing here: the type is `#[shared(atomic)]`, so its values are sent \
             whole by serde; {instead}"
        )
    };
    check(
        "#[shared(atomic)] enum Board { #[shared(rename = \"x\")] This(#[shared(host_only)] u8, \
         #[shared(skip)] u8, #[shared(atomic)] u8) }",
        &[
            (
                "rename",
                &within("rename", "write `#[serde(rename = \"..\")]`, or nothing"),
            ),
            (
                "host_only",
                &within("host_only", "remove it here or at the type"),
            ),
            ("skip", &within("skip", "write `#[serde(skip)]`")),
            ("atomic", &within("atomic", "remove it here or at the type")),
        ],
    );
}

#[test]
fn attributes_are_refused_all_at_once() {
    let unknown = |name: &str, known: &str| format!("unknown attribute `{name}`; {known}");
    check(
        "#[shared(crat = \"elsewhere\", bound(T: Clone), host_only)] struct Attributed { \
         #[shared(some::path, skipp)] #[shared(hostonly = 1, atomic = 1)] field: Rc<u8> }",
        &[
            ("crat", &unknown("crat", KNOWN_TYPE)),
            ("host_only", HOST_ONLY_TYPE),
            ("bound(T: Clone)", BOUND),
            ("some::path", &unknown("some::path", KNOWN_FIELD)),
            ("skipp", &unknown("skipp", KNOWN_FIELD)),
            ("hostonly", &unknown("hostonly", KNOWN_FIELD)),
            (
                "atomic = 1",
                "`atomic` takes no value; write `#[shared(atomic)]`",
            ),
            (
                "Rc<u8>",
                "`Rc` cannot be shared: it counts its owners within one thread; use `Arc` or `Box`",
            ),
        ],
    );
    check(
        "#[shared] enum Bare { #[shared(17)] This, #[shared(x)] That }",
        &[
            (
                "shared",
                "expected attribute arguments in parentheses: #[shared(...)]; a type may have \
                 `atomic`, `rename`, `crate`, `bound`",
            ),
            (
                "17",
                "unexpected literal in nested attribute, expected ident; a variant may have `rename`",
            ),
            ("x", "unknown attribute `x`; a variant may have `rename`"),
        ],
    );
}
