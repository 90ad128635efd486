//! `#[shared(..)]`: what it may say, and where.

use syn::{Attribute, Expr, Token, meta::ParseNestedMeta, parenthesized, token::Paren};

use crate::errors::Errors;

/// Reads the attributes of a type or a field.
///
/// There are none so far. One that comes is a branch before `unknown`, which keeps its tokens, and
/// what it says is returned from here.
pub(crate) fn read(attrs: &[Attribute], errors: &mut Errors) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("shared")) {
        let read = attr.parse_nested_meta(|meta| unknown(&meta, errors));
        if let Err(error) = read {
            errors.push(error);
        }
    }
}

/// Refuses an attribute, and skips its value, so that those after it are read too.
fn unknown(meta: &ParseNestedMeta<'_>, errors: &mut Errors) -> syn::Result<()> {
    let name = path_name(&meta.path);
    errors.at(
        &meta.path,
        format!("unknown attribute `{name}`; IPOS has no attributes yet"),
    );
    skip_value(meta)
}

/// Skips what may follow an attribute's name: `= value` or `(..)`.
pub(crate) fn skip_value(meta: &ParseNestedMeta<'_>) -> syn::Result<()> {
    if meta.input.peek(Token![=]) {
        meta.value()?.parse::<Expr>()?;
    } else if meta.input.peek(Paren) {
        let content;
        parenthesized!(content in meta.input);
        content.parse::<proc_macro2::TokenStream>()?;
    }
    Ok(())
}

fn path_name(path: &syn::Path) -> String {
    let segments = path.segments.iter();
    let names: Vec<_> = segments.map(|segment| segment.ident.to_string()).collect();
    names.join("::")
}
