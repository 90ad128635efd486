//! Ways to the fields of a value.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use crate::ast::{Field, Input, Product, Style, Variant};

/// `Path { a: .., b: .. }`, or what it is for the style of `product`, with `content` for each field.
pub(super) fn construct(
    path: &TokenStream,
    product: &Product<'_>,
    content: impl Fn(&Field<'_>) -> TokenStream,
) -> TokenStream {
    let fields = product.fields.iter().map(|field| {
        let (member, content) = (&field.member, content(field));
        match product.style {
            Style::Named => quote_spanned!(field.span=> #member: #content),
            _ => content,
        }
    });
    match product.style {
        Style::Named => quote!(#path { #(#fields,)* }),
        Style::Unnamed => quote!(#path(#(#fields,)*)),
        Style::Unit => path.clone(),
    }
}

/// The pattern of a variant that binds those of its fields that `is_bound` says.
pub(super) fn pattern(
    path: &TokenStream,
    variant: &Variant<'_>,
    is_bound: impl Fn(&Field<'_>) -> bool,
) -> TokenStream {
    let product = &variant.product;
    let rest = || product.fields.iter().any(|field| !is_bound(field));
    match product.style {
        Style::Named => {
            let bound = product.fields.iter().filter(|field| is_bound(field));
            let bound = bound.map(|field| {
                let Field {
                    member, binding, ..
                } = field;
                quote_spanned!(field.span=> #member: #binding,)
            });
            let rest = rest().then(|| quote!(..));
            quote!(#path { #(#bound)* #rest })
        }
        Style::Unnamed => {
            let fields = product.fields.iter().map(|field| {
                let binding = &field.binding;
                if is_bound(field) {
                    quote!(#binding)
                } else {
                    quote!(_)
                }
            });
            quote!(#path(#(#fields),*))
        }
        Style::Unit => path.clone(),
    }
}

/// The closure that leads from the owner to `field`, which is the owner's own or in its `variant`.
pub(super) fn way(
    input: &Input<'_>,
    field: &Field<'_>,
    variant: Option<&Variant<'_>>,
) -> TokenStream {
    let Some(variant) = variant else {
        let member = &field.member;
        return quote_spanned!(field.span=> |__owner| &mut __owner.#member);
    };
    let (owner, ident) = (input.ident, variant.ident);
    let private = input.private();
    let binding = &field.binding;
    let pattern = pattern(&quote!(#owner::#ident), variant, |other| {
        other.binding == field.binding
    });
    let elsewhere = (input.variants().len() > 1).then(|| quote!(_ => #private::left_variant(),));
    quote_spanned! {field.span=>
        |__owner| match __owner {
            #pattern => #binding,
            #elsewhere
        }
    }
}
