//! `#[shared(..)]`: what it may say, and where.

use proc_macro2::{Group, TokenStream};
use quote::{ToTokens, quote};
use syn::{Attribute, Expr, Token, meta::ParseNestedMeta, token::Paren};

use crate::errors::Errors;

/// What the attributes of a field say.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct OfField {
    /// `host_only`: the host alone may write the field.
    pub(crate) host_only: bool,
}

/// Reads the attributes of a type. There are none so far, and nothing to return.
pub(crate) fn of_type(attrs: &[Attribute], errors: &mut Errors) {
    each(attrs, errors, |meta, errors| {
        if meta.path.is_ident("host_only") {
            errors.at(
                &meta.path,
                "`host_only` is for fields: write `#[shared(host_only)]` at each field that the \
                 host alone may write",
            );
            value(meta).map(drop)
        } else {
            unknown(meta, "a type has no attributes yet", errors)
        }
    });
}

/// Reads the attributes of a field.
pub(crate) fn of_field(attrs: &[Attribute], errors: &mut Errors) -> OfField {
    let mut said = OfField::default();
    each(attrs, errors, |meta, errors| {
        if meta.path.is_ident("host_only") {
            flag(&mut said.host_only, "host_only", meta, errors)
        } else {
            unknown(meta, "a field may have `host_only`", errors)
        }
    });
    said
}

/// Reads each attribute in each `#[shared(..)]`.
fn each(
    attrs: &[Attribute],
    errors: &mut Errors,
    mut read: impl FnMut(&ParseNestedMeta<'_>, &mut Errors) -> syn::Result<()>,
) {
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("shared")) {
        let read = attr.parse_nested_meta(|meta| read(&meta, errors));
        if let Err(error) = read {
            errors.push(error);
        }
    }
}

/// Sets a flag: an attribute that stands alone, and once.
fn flag(
    flag: &mut bool,
    name: &str,
    meta: &ParseNestedMeta<'_>,
    errors: &mut Errors,
) -> syn::Result<()> {
    let value = value(meta)?;
    if !value.is_empty() {
        let path = &meta.path;
        errors.at(
            quote!(#path #value),
            format!("`{name}` takes no value; write `#[shared({name})]`"),
        );
    } else if *flag {
        errors.at(
            &meta.path,
            format!("`{name}` stands here twice; write it once"),
        );
    }
    *flag = true;
    Ok(())
}

/// Refuses an attribute, and skips its value, so that those after it are read too.
fn unknown(meta: &ParseNestedMeta<'_>, known: &str, errors: &mut Errors) -> syn::Result<()> {
    let name = path_name(&meta.path);
    errors.at(&meta.path, format!("unknown attribute `{name}`; {known}"));
    value(meta).map(drop)
}

/// What may follow an attribute's name: `= value` or `(..)`.
pub(crate) fn value(meta: &ParseNestedMeta<'_>) -> syn::Result<TokenStream> {
    if meta.input.peek(Token![=]) {
        let equals: Token![=] = meta.input.parse()?;
        let value: Expr = meta.input.parse()?;
        Ok(quote!(#equals #value))
    } else if meta.input.peek(Paren) {
        Ok(meta.input.parse::<Group>()?.into_token_stream())
    } else {
        Ok(TokenStream::new())
    }
}

fn path_name(path: &syn::Path) -> String {
    let segments = path.segments.iter();
    let names: Vec<_> = segments.map(|segment| segment.ident.to_string()).collect();
    names.join("::")
}
