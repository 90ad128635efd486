//! `#[shared(..)]` attributes that say nothing beside others.

use crate::{
    ast::Input,
    attr::{OfField, Said},
    errors::Errors,
};

pub(super) fn check(input: &Input<'_>, errors: &mut Errors) {
    let of_variants = input.variants().iter().map(|variant| &variant.attrs.said);
    if input.attrs.atomic {
        let of_fields = input.fields().map(|field| &field.attrs.said);
        for said in of_variants.chain(of_fields).flatten() {
            within_atomic(said, errors);
        }
        return;
    }
    for field in input.fields() {
        beside_skip(&field.attrs, errors);
    }
}

/// The parts of what is sent as one value are serde's.
fn within_atomic(said: &Said, errors: &mut Errors) {
    let name = said.name;
    let instead = match name {
        "skip" => "write `#[serde(skip)]`",
        "rename" => "write `#[serde(rename = \"..\")]`, or nothing",
        _ => "remove it here or at the type",
    };
    errors.at(
        &said.path,
        format!(
            "`{name}` means nothing here: the type is `#[shared(atomic)]`, so its values are sent \
             whole by serde; {instead}"
        ),
    );
}

/// What is not sent has nothing else to be said about it.
fn beside_skip(attrs: &OfField, errors: &mut Errors) {
    if !attrs.skip {
        return;
    }
    for said in attrs.said.iter().filter(|said| said.name != "skip") {
        let name = said.name;
        errors.at(
            &said.path,
            format!(
                "`{name}` means nothing beside `skip`, which keeps the field local to each process; \
                 remove one of them"
            ),
        );
    }
}
