//! `#[serde(..)]`: what would change the form that serde gives to a type.
//!
//! IPOS writes a type's fields itself, in their order, and does not ask the type's `Serialize`. An
//! attribute that changes what that one writes would be silently ignored, so it is refused. One that
//! changes names, defaults or bounds changes nothing in that form, and passes.
//!
//! An atomic type is written by its `Serialize`, in postcard. There what postcard cannot carry is
//! refused: it tells no names, so each value must have all that is read, in the same order.

use syn::Attribute;

use crate::{
    ast::{Field, Input, Kind},
    attr::serde::keys,
    errors::Errors,
};

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Type,
    Variant,
    Field,
}

pub(super) fn check(input: &Input<'_>, errors: &mut Errors) {
    let items = || {
        let of_type = (Place::Type, &input.original.attrs, None);
        let of_variants = input.variants().iter();
        let of_variants = of_variants.map(|it| (Place::Variant, &it.original.attrs, None));
        let of_fields = input.fields();
        let of_fields = of_fields.map(|it| (Place::Field, &it.original.attrs, Some(it)));
        std::iter::once(of_type).chain(of_variants).chain(of_fields)
    };
    for (place, attrs, field) in items() {
        if input.attrs.atomic {
            within_atomic(place, attrs, errors);
        } else {
            let reason = |key: &str| match (place, field) {
                (Place::Type, _) => at_type(key, input),
                (Place::Variant, _) => at_variant(key),
                (Place::Field, field) => field.and_then(|field| at_field(key, field)),
            };
            refuse(attrs, errors, "has no effect on what IPOS sends", reason);
        }
    }
}

/// Why `key` is refused at the type, and the way out.
fn at_type(key: &str, input: &Input<'_>) -> Option<String> {
    let name = &input.name;
    Some(match key {
        "untagged" | "tag" | "content" => "fields are told apart by their order, and variants by \
             their number; remove the attribute"
            .to_owned(),
        "into" | "from" | "try_from" => format!(
            "IPOS writes and reads the fields of `{name}` themselves; add `#[shared(atomic)]` to the \
             type, which is then sent whole as the type that `{key}` names"
        ),
        "remote" => format!(
            "IPOS shares `{name}` itself, not the type that `remote` names; remove the attribute, \
             and convert between the two yourself"
        ),
        "transparent" => format!(
            "IPOS shares `{name}` as a type with a field; remove the attribute, or add \
             `#[shared(atomic)]` to the type, which is then sent whole by serde"
        ),
        _ => return None,
    })
}

/// Why `key` is refused at a variant, and the way out.
fn at_variant(key: &str) -> Option<String> {
    Some(match key {
        "skip" | "skip_serializing" | "skip_deserializing" => {
            "every variant can be sent; remove the attribute, or the variant".to_owned()
        }
        "untagged" | "other" => {
            "variants are told apart by their number; remove the attribute".to_owned()
        }
        "with" | "serialize_with" | "deserialize_with" => format!(
            "IPOS writes the variant's fields itself, not through `{key}`; give the variant one field \
             of a type of your own, with `#[shared(atomic)]` at that type"
        ),
        _ => return None,
    })
}

/// Why `key` is refused at a field, and the way out.
fn at_field(key: &str, field: &Field<'_>) -> Option<String> {
    if field.kind == Kind::Skipped {
        return None;
    }
    let name = &field.name;
    Some(match key {
        "skip" | "skip_serializing" | "skip_deserializing" => format!(
            "the field is shared all the same; add `#[shared(skip)]` to keep `{name}` local to each \
             process, or remove the attribute"
        ),
        "skip_serializing_if" => {
            "every field is shared, whatever its value; remove the attribute".to_owned()
        }
        "flatten" => format!(
            "IPOS writes `{name}` as one field; remove the attribute, or declare what is inside as \
             fields of the shared type"
        ),
        "with" | "serialize_with" | "deserialize_with" => format!(
            "IPOS writes `{name}` itself, not through `{key}`; give the field a type of your own \
             whose serde does what `{key}` does, with `#[shared(atomic)]` at that type"
        ),
        "getter" => format!(
            "IPOS reads `{name}` itself, not through `getter`; share a type of your own that holds \
             what is to be sent"
        ),
        _ => return None,
    })
}

/// What postcard cannot carry.
fn within_atomic(place: Place, attrs: &[Attribute], errors: &mut Errors) {
    let names: Vec<_> = keys(attrs).into_iter().map(|key| key.name).collect();
    let has = |name: &str| names.iter().any(|found| found == name);
    let skips_both = has("skip_serializing") && has("skip_deserializing");
    let reason = |key: &str| {
        let reason = match (key, place) {
            ("untagged", _) => "nothing tells which variant was written; remove the attribute",
            ("tag" | "content", _) => {
                "the tag is found by its name, and names are not sent; remove the attribute: \
                 variants are told by their number"
            }
            ("flatten", _) => {
                "it makes a map of unknown length; remove the attribute, or declare what is inside \
                 as fields of this type"
            }
            ("skip_serializing_if", _) => {
                "what is left out cannot be told from what follows; remove the attribute"
            }
            ("other", _) => "variants are told by their number; remove the attribute",
            ("skip" | "skip_serializing" | "skip_deserializing", Place::Variant) => {
                "a variant that is left out changes the numbers of the others; remove the \
                 attribute, or the variant"
            }
            ("skip_serializing" | "skip_deserializing", _) if !skips_both => {
                "what is left out must be left out on both sides; write `#[serde(skip)]`"
            }
            _ => return None,
        };
        Some(reason.to_owned())
    };
    refuse(attrs, errors, "cannot be sent", reason);
}

/// Refuses each key in `#[serde(..)]` for which there is a `reason`.
fn refuse(
    attrs: &[Attribute],
    errors: &mut Errors,
    what: &str,
    reason: impl Fn(&str) -> Option<String>,
) {
    for key in keys(attrs) {
        if let Some(reason) = reason(&key.name) {
            let name = &key.name;
            errors.at(&key.path, format!("`#[serde({name})]` {what}: {reason}"));
        }
    }
}
