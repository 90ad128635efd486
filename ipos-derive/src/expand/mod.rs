//! What it becomes.
//!
//! The output names everything by its absolute path and calls traits' methods by their traits, since
//! nothing is known about the names where it goes. For the same reason each variable begins with `__`,
//! also where docs show it: a pattern cannot shadow a constant, so a `const value` beside the type would
//! be an error in a setter's `value`.

mod atomic;
mod patch;
mod place;
mod shared;
#[cfg(test)]
mod tests;
mod writer;

use proc_macro2::TokenStream;
use quote::quote;
use syn::DeriveInput;

use crate::{
    ast::{Body, Input},
    check, fallback,
};

/// The output of the derive, with errors and all.
pub(crate) fn derive(original: &DeriveInput) -> TokenStream {
    let input = Input::new(original);
    match check::input(&input) {
        Ok(()) => expand(&input),
        Err(error) => fallback::expand(&input, &error),
    }
}

fn expand(input: &Input<'_>) -> TokenStream {
    if input.attrs.atomic {
        return atomic::expand(input);
    }
    let mut output = match &input.body {
        Body::Struct(product) => {
            let patch = patch::of_struct(input, product);
            let writer = writer::of_struct(input, product);
            quote!(#patch #writer)
        }
        Body::Enum(variants) => {
            let patch = patch::of_enum(input, variants);
            let writer = writer::of_enum(input, variants);
            let parts = variants.iter().filter(|variant| variant.has_parts());
            let parts = parts.map(|variant| {
                let patch = patch::of_variant(input, variant);
                let writer = writer::of_variant(input, variant);
                quote!(#patch #writer)
            });
            quote!(#patch #writer #(#parts)*)
        }
    };
    output.extend(shared::expand(input));
    output
}

/// The lints that what is generated for a type may run against through no fault of the user's: not
/// all of it is used, and a patch shows the types of private fields.
fn lints(input: &Input<'_>) -> TokenStream {
    let lints = &input.lints;
    quote! {
        #lints
        #[allow(dead_code, private_bounds, private_interfaces)]
    }
}
