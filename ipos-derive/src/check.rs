//! Is it legal?

mod serde;
#[cfg(test)]
mod tests;

use std::collections::HashMap;

use syn::{Data, Fields, GenericParam, Type, spanned::Spanned};

use crate::{
    ast::{Field, Input},
    errors::Errors,
};

/// Tells everything that is wrong with `input`.
pub(crate) fn input(input: &Input<'_>) -> syn::Result<()> {
    let mut errors = input.errors.clone();
    serde::check_type(input, &mut errors);
    check_form(input, &mut errors);
    check_generics(input, &mut errors);
    for field in &input.fields {
        serde::check_field(field, &mut errors);
        check_owned(field, &mut errors);
    }
    check_names(input, &mut errors);
    errors.finish()
}

const SUPPORTED: &str = "`Shared` can be derived for structs with named fields";

/// Only structs with named fields have a patch grammar so far.
fn check_form(input: &Input<'_>, errors: &mut Errors) {
    let (span, form) = match &input.original.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(_) => return,
            Fields::Unnamed(fields) => (
                fields.span(),
                "tuple structs are not supported yet".to_owned(),
            ),
            Fields::Unit => (
                input.ident.span(),
                format!(
                    "unit structs are not supported yet, but `struct {} {{}}` is",
                    input.ident
                ),
            ),
        },
        Data::Enum(data) => (
            data.enum_token.span,
            "enums are not supported yet".to_owned(),
        ),
        Data::Union(data) => (
            data.union_token.span,
            "unions are not: nothing tells which field is in use".to_owned(),
        ),
    };
    errors.at_span(span, format!("{SUPPORTED}; {form}"));
}

/// Lifetimes can never work: a value in another process cannot borrow from this one.
fn check_generics(input: &Input<'_>, errors: &mut Errors) {
    for param in &input.original.generics.params {
        match param {
            GenericParam::Lifetime(_) => errors.at(
                param,
                format!("{SUPPORTED}; lifetimes are not supported: a shared value owns its data"),
            ),
            GenericParam::Type(_) | GenericParam::Const(_) => errors.at(
                param,
                format!("{SUPPORTED}; generic parameters are not supported yet"),
            ),
        }
    }
}

/// The same for a reference in a field. One deeper in the type is found by the compiler, which
/// knows what the type means.
fn check_owned(field: &Field<'_>, errors: &mut Errors) {
    let mut ty = &field.original.ty;
    while let Type::Group(syn::TypeGroup { elem, .. }) | Type::Paren(syn::TypeParen { elem, .. }) =
        ty
    {
        ty = elem;
    }
    if let Type::Reference(reference) = ty {
        let owned = match &*reference.elem {
            Type::Path(path) if path.path.is_ident("str") => "use `String`",
            Type::Slice(_) => "use `Vec`",
            _ => "use the type without the `&`",
        };
        errors.at(
            ty,
            format!("a reference cannot be shared: a shared value owns its data; {owned}"),
        );
    }
}

/// Two fields may not lead to the same name in what is generated.
fn check_names(input: &Input<'_>, errors: &mut Errors) {
    let mut variants = HashMap::new();
    let mut methods = HashMap::new();
    for field in &input.fields {
        let variant = field.variant.to_string();
        check_name("patch variant", &mut variants, field, variant, errors);
        for method in [&field.setter, &field.accessor] {
            let method = method.to_string();
            check_name("wrapper method", &mut methods, field, method, errors);
        }
    }
}

fn check_name<'a>(
    what: &str,
    taken: &mut HashMap<String, &'a str>,
    field: &'a Field<'_>,
    generated: String,
    errors: &mut Errors,
) {
    let name = &field.name;
    // A field that is there twice is the compiler's to tell.
    if let Some(first) = taken.get(&generated).filter(|first| *first != name) {
        errors.at(
            field.member,
            format!(
                "the field `{name}` would have the {what} `{generated}`, which the field \
                 `{first}` has; rename one of them"
            ),
        );
    } else {
        taken.insert(generated, name);
    }
}
