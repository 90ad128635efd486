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
mod types;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a struct shareable between processes.
///
/// For `struct Board` it generates `BoardPatch`, the typed patch with one variant for each field;
/// `BoardMut`, the wrapper with `set_<field>(value)` and `<field>_mut()` for each field; and
/// `impl Shared for Board`. The struct itself stays as it is. It must also derive `Serialize`,
/// `Deserialize`, `Clone` and `Debug`, and each field's type must be `Shared`.
///
/// # Attributes
///
/// They stand in `#[shared(..)]`, one or several in a list.
///
/// | where | attribute | meaning |
/// |---|---|---|
/// | field | `host_only` | only the host may write the field |
///
/// A member's commit that writes a `host_only` field, or puts in a value whose type has one, is
/// refused as a whole and undone. Setting a struct whole writes all its fields, and a list of such
/// structs gets its elements from the host. A member may still remove, move and sort them, and write
/// their other fields. Two programs that differ in `host_only` do not have the same type.
#[proc_macro_derive(Shared, attributes(shared))]
pub fn derive_shared(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::derive(&input).into()
}
