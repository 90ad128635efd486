//! What it becomes.
//!
//! The output names everything by its absolute path and calls traits' methods by their traits, since
//! nothing is known about the names where it goes.

mod patch;
mod shared;
#[cfg(test)]
mod tests;
mod writer;

use proc_macro2::TokenStream;
use syn::DeriveInput;

use crate::{ast::Input, check, fallback};

/// The output of the derive, with errors and all.
pub(crate) fn derive(original: &DeriveInput) -> TokenStream {
    let input = Input::new(original);
    match check::input(&input) {
        Ok(()) => expand(&input),
        Err(error) => fallback::expand(&input, &error),
    }
}

fn expand(input: &Input<'_>) -> TokenStream {
    let mut output = patch::expand(input);
    output.extend(writer::expand(input));
    output.extend(shared::expand(input));
    output
}
