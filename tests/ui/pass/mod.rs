//! What the derive takes: each case is a module, and a test of what comes of it.

mod actions;
mod attributes;
mod generics;
pub mod lints;
mod names;
mod renamed;
mod scopes;
mod shapes;
mod uses;

use ipos::{Ipos, Shared};

/// What becomes of `value` when it is shared and `change` is made.
fn changed<T: Shared>(value: T, change: impl FnOnce(&mut T::Mut<'_>)) -> T {
    let ipos = Ipos::host().expect("a session can be begun");
    let handle = ipos.create("value", value).expect("the session is there");
    handle.update(change).expect("the object is there");
    handle.snapshot()
}
