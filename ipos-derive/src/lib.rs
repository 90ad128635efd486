//! `#[derive(Shared)]` for IPOS.
//!
//! Use it through the `ipos` crate, which tells what the derive generates.
//!
//! `#[actions]` has a room of its own. A derive is a chain of questions, one module each: what was written (`ast`, `attr`), is it
//! legal (`check`), what does it become (`expand`), and what stands in for that after an error
//! (`fallback`).

mod actions;
mod ast;
mod attr;
mod check;
mod errors;
mod expand;
mod fallback;
mod types;

use proc_macro::TokenStream;
use syn::{DeriveInput, parse_macro_input};

/// Makes a type shareable between processes.
///
/// The type itself stays as it is. It must also derive `Serialize`, `Deserialize`, `Clone` and
/// `Debug`, and the type of each field must be `Shared`, or the field `atomic` or skipped.
///
/// # What it generates
///
/// All with the type's own visibility. For `struct Board { title: String }`:
///
/// - `BoardPatch`, the typed patch: an enum with one variant for each field, `Title(..)`, which holds
///   a patch of the field's type;
/// - `BoardMut`, the wrapper: it derefs to `Board`, and has `set_title(value)` and `title_mut()` for
///   each field, and `set(value)` for all of them;
/// - `impl Shared for Board`.
///
/// The fields of a tuple struct are called by their numbers: `set_0(value)`, `_0_mut()`, `F0(..)`.
///
/// For `enum Shape { Empty, Circle(f64), Rect { w: f64, h: f64 } }`:
///
/// - `ShapePatch`: `Set(Shape)` replaces the value, and each variant that has fields has a variant in
///   it. That of a newtype variant holds a patch of what is inside, `Circle(..)`; that of any other
///   holds a generated `ShapePatchRect` with one variant for each field, `Rect(ShapePatchRect::W(..))`.
///   A variant named `Set` is called `Set_` there.
/// - `ShapeMut`: it derefs to `Shape`, and has `set(value)` and, for each variant that has fields, a
///   method that answers `None` while the value is another variant: `circle_mut()` gives the wrapper
///   of what is inside, `rect_mut()` a generated `ShapeMutRect` with `set_w(value)`, `w_mut()`, and so
///   on.
///
/// A change inside a variant that arrives when the value has become another variant is nothing.
///
/// # Parameters
///
/// Types may have parameters, with bounds, where clauses and defaults, which are repeated on what is
/// generated; but no lifetimes, since a shared value owns its data. What the fields ask of the
/// parameters is inferred, as serde does: `T: Shared` for a parameter in the type of a shared field,
/// and the same for types like `T::Item`; what serde needs in an `atomic` one; `Default` in a skipped
/// one; and `Send + Sync + 'static` for every parameter. `bound` replaces all of that.
///
/// # Attributes
///
/// They stand in `#[shared(..)]`, one or several in a list.
///
/// | where | attribute | meaning |
/// |---|---|---|
/// | field, type | `atomic` | replaced whole; needs only serde |
/// | field | `skip` | local to each process; not sent; `Default` on arrival |
/// | field | `host_only` | only the host may write the field |
/// | field, variant, type | `rename = ".."` | its name in the schema |
/// | type | `crate = ".."` | where `ipos` lives |
/// | type | `bound = ".."` | replaces the inferred bounds |
///
/// **`atomic`** fields and types go through their own serde, in postcard's form. So serde's `with`,
/// `into`, `from`, `try_from` and `transparent` count for an `atomic` type, and for no other: elsewhere
/// the fields are written as they are, and such an attribute is refused. What postcard cannot carry
/// (`flatten`, `untagged`, `tag`, `skip_serializing_if`, skipped variants) is refused everywhere. The
/// wrapper is an `AtomicMut`, the patch an `AtomicPatch`.
///
/// **`skip`** goes with serde's own `skip`, which alone is refused. The wrapper's `set_x(value)` and
/// `x_mut()`, which gives a plain `&mut`, change the field in this process alone. Neither is a change
/// of the object: nobody is told, and a rollback leaves what they did. A value that arrives has the
/// field's `Default`, or what `#[serde(default = "path")]` names. Replacing a struct whole sets the
/// field here and leaves it as it was elsewhere; replacing an enum brings the default there, and so
/// does undoing that here.
///
/// **`host_only`** fields are refused from members: a commit that writes one, or puts in a value that has
/// one, is undone as a whole. Setting a struct whole writes all its fields, and a list of such structs
/// gets its elements from the host; of an enum, it is the variants with such a field that members may not
/// put in. A member may still remove, move and sort them, and write their other fields. Two programs that differ in `host_only` do not have the same type.
///
/// # What cannot be shared
///
/// References, raw pointers, functions, trait objects, `Rc`, and what can be changed through a shared
/// reference (`Cell`, `Mutex`, and so on) are refused where they stand in a field's type, unless the
/// field is skipped. They are known by their names: a generic type of your own with such a name passes
/// when its path says where it is from, as `self::Cell<T>` does.
///
/// A struct that implements `Drop` itself cannot be taken apart, as the wrapper's `set` does: the compiler
/// says that it cannot move out of it. Make it `atomic`, or put what has to be done in the `Drop` of a type of
/// its own, which the struct has in a skipped or an `atomic` field. Enums may implement `Drop`: they are
/// replaced whole. In any case it runs for each value that IPOS drops, in every process.
#[proc_macro_derive(Shared, attributes(shared))]
pub fn derive_shared(input: TokenStream) -> TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    expand::derive(&input).into()
}

/// Makes the functions of an `impl` block actions: the caller runs them at once on its own state, and the
/// host runs them again, in order, on the true one.
///
/// The functions stay as they are. For each, `fn withdraw(account: &mut AccountMut<'_>, amount: u64) ->
/// Result<u64, Overdraft>`, there is a `fn withdraw_action(amount: u64) -> Action<Account, u64, Overdraft>`
/// beside it, of the same visibility, whose result is for `SharedHandle::call`, `SharedHandle::start`, and the
/// `call` of the type's wrapper.
///
/// The first parameter is the wrapper of the type, `&mut AccountMut<'_>`. The others, what is answered, and
/// what a `Result` fails with cross the socket by their own serde: they implement `Serialize` and
/// `Deserialize`, and own their data; an error is `Debug` as well. The type derives `Shared`, and is not
/// `atomic`.
///
/// A type has up to four such blocks. From the second on they say which one they are: `#[ipos::actions(2)]`.
/// In a block of a generic type all that the actions need is asked of the type: the derive finds the actions
/// by the bounds that it knows.
///
/// `#[ipos::actions(crate = "..")]` tells where `ipos` lives.
#[proc_macro_attribute]
pub fn actions(attribute: TokenStream, item: TokenStream) -> TokenStream {
    actions::expand(attribute.into(), item.into()).into()
}
