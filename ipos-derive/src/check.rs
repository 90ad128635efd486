//! Is it legal?

mod attrs;
mod names;
mod serde;
#[cfg(test)]
mod tests;
mod types;

use syn::{Data, GenericParam, Meta};

use crate::{ast::Input, errors::Errors};

/// Tells everything that is wrong with `input`.
pub(crate) fn input(input: &Input<'_>) -> syn::Result<()> {
    let mut errors = input.errors.clone();
    attrs::check(input, &mut errors);
    serde::check(input, &mut errors);
    check_form(input, &mut errors);
    check_lifetimes(input, &mut errors);
    if !input.attrs.atomic {
        types::check(input, &mut errors);
        names::check(input, &mut errors);
    }
    errors.finish()
}

/// What has no patch grammar.
fn check_form(input: &Input<'_>, errors: &mut Errors) {
    if let Data::Union(data) = &input.original.data {
        errors.at_span(
            data.union_token.span,
            "a union cannot be shared: nothing tells which field is in use; write an `enum`",
        );
    }
    for attr in &input.original.attrs {
        if let Meta::List(list) = &attr.meta {
            if attr.path().is_ident("repr") && list.tokens.to_string().contains("packed") {
                errors.at(
                    attr,
                    "a packed type cannot be shared: its fields cannot be borrowed, and `repr` \
                     makes no difference to what is sent; remove `packed`",
                );
            }
        }
    }
}

/// Lifetimes can never work: a value in another process cannot borrow from this one.
fn check_lifetimes(input: &Input<'_>, errors: &mut Errors) {
    for param in &input.original.generics.params {
        if let GenericParam::Lifetime(_) = param {
            errors.at(
                param,
                "a type with a lifetime cannot be shared: a shared value owns its data, since \
                 another process cannot borrow from this one; use `String`, `Vec` or `Box` in place \
                 of references",
            );
        }
    }
}
