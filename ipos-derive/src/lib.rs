//! `#[derive(Shared)]` for IPOS.
//!
//! Use it through the `ipos` crate, which tells what the derive generates.
//!
//! A derive is a chain of questions, one module each: what was written (`ast`, `attr`), is it
//! legal (`check`), what does it become (`expand`), and what stands in for that after an error
//! (`fallback`).

mod ast;
mod attr;
mod check;
mod errors;
mod expand;
mod fallback;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct shareable between processes.
///
/// For `struct Board` it generates `BoardPatch`, the typed patch with one variant for each field;
/// `BoardMut`, the wrapper with `set_<field>(value)` and `<field>_mut()` for each field; and
/// `impl Shared for Board`. The struct itself stays as it is. It must also derive `Serialize`,
/// `Deserialize`, `Clone` and `Debug`, and each field's type must be `Shared`.
#[proc_macro_derive(Shared, attributes(shared))]
pub fn derive_shared(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::derive(&input).into()
}
