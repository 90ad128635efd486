//! `#[serde(..)]`: what would change the form that serde gives to a type.
//!
//! IPOS writes a type's fields itself, in their order, and does not ask the type's `Serialize`. An
//! attribute that changes what that one writes would be silently ignored, so it is refused. One that
//! changes names, defaults or bounds changes nothing in that form, and passes.

use syn::{Attribute, Data, Fields};

use crate::{
    ast::{Field, Input},
    attr,
    errors::Errors,
};

/// Refuses what stands at the type and changes its form.
pub(super) fn check_type(input: &Input<'_>, errors: &mut Errors) {
    let attrs = &input.original.attrs;
    refuse(attrs, errors, |key| at_type(key, input));
}

/// Refuses what stands at a field and changes whether and how it is written.
pub(super) fn check_field(field: &Field<'_>, errors: &mut Errors) {
    let attrs = &field.original.attrs;
    refuse(attrs, errors, |key| at_field(key, &field.name));
}

/// Why `key` is refused at the type, and the way out.
fn at_type(key: &str, input: &Input<'_>) -> Option<String> {
    let name = &input.name;
    Some(match key {
        "untagged" | "tag" | "content" => "fields are told apart by their order, and variants by \
             their number; remove the attribute"
            .to_owned(),
        "into" | "from" | "try_from" => format!(
            "IPOS writes and reads the fields of `{name}` themselves; share the type that `{key}` \
             names instead, and convert to and from it yourself"
        ),
        "remote" => format!(
            "IPOS shares `{name}` itself, not the type that `remote` names; remove the attribute, \
             and convert between the two yourself"
        ),
        // Any other form is refused as such.
        "transparent" if has_named_fields(input) => format!(
            "IPOS shares `{name}` as a struct with fields; remove the attribute, or share the type \
             inside instead"
        ),
        _ => return None,
    })
}

/// Why `key` is refused at the field `name`, and the way out.
fn at_field(key: &str, name: &str) -> Option<String> {
    Some(match key {
        "skip" | "skip_serializing" | "skip_deserializing" => {
            format!("every field is shared; move `{name}` out of the shared struct")
        }
        "skip_serializing_if" => {
            "every field is shared, whatever its value; remove the attribute".to_owned()
        }
        "flatten" => format!(
            "IPOS writes `{name}` as one field; remove the attribute, or declare what is inside as \
             fields of the shared struct"
        ),
        "with" | "serialize_with" | "deserialize_with" => format!(
            "IPOS writes `{name}` itself, not through `{key}`; give the field a type of your own \
             that holds what is to be sent"
        ),
        "getter" => format!(
            "IPOS reads `{name}` itself, not through `getter`; share a struct of your own that \
             holds what is to be sent"
        ),
        _ => return None,
    })
}

fn has_named_fields(input: &Input<'_>) -> bool {
    matches!(&input.original.data, Data::Struct(data) if matches!(data.fields, Fields::Named(_)))
}

/// Refuses each key in `#[serde(..)]` for which there is a `reason`.
fn refuse(attrs: &[Attribute], errors: &mut Errors, reason: impl Fn(&str) -> Option<String>) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("serde")) {
        let read = attr.parse_nested_meta(|meta| {
            let key = meta.path.get_ident().map(ToString::to_string);
            if let Some((key, reason)) = key.and_then(|key| reason(&key).map(|it| (key, it))) {
                errors.at(
                    &meta.path,
                    format!("`#[serde({key})]` has no effect on what IPOS sends: {reason}"),
                );
            }
            attr::value(&meta).map(drop)
        });
        drop(read); // what cannot be read is serde's own derive to tell
    }
}
