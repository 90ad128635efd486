//! Live objects, shared between processes.
//!
//! A struct that derives [`Shared`] can live in a parent process and in its children at once. Each
//! holds a [`SharedHandle`] to it: reads it as a plain value, and writes it through a generated
//! wrapper. Every other process sees exactly that change.
//!
//! ```
//! use ipos::{Ipos, Shared};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
//! struct Board {
//!     title: String,
//!     scores: Vec<u32>,
//! }
//!
//! # fn main() -> ipos::Result<()> {
//! let ipos = Ipos::host()?;
//! let board = ipos.create("board", Board::default())?;
//! board.update(|b| {
//!     b.set_title("first");
//!     b.scores_mut().push(1);
//! })?;
//! assert_eq!(board.read().title, "first");
//! # Ok(())
//! # }
//! ```
//!
//! # A session
//!
//! [`Ipos::host`] begins a session. [`Ipos::spawn`] starts a program as a process of it, whose
//! [`Ipos::join`] returns when it holds every object. From then on all processes are alike: each may
//! [`create`](Ipos::create), [`get`](Ipos::get), write and [`delete`](Ipos::delete) objects, and
//! start sessions of its own beside.
//!
//! The host puts all changes in one order. A process sees its own writes at once and tells the host;
//! when the host has ordered others before, they are slid in below. [`SharedHandle::flush`] waits
//! until what this process wrote is confirmed.
//!
//! # Writing
//!
//! [`SharedHandle::update`] is one atomic commit. Its closure gets the value's wrapper, which derefs
//! to the value for reading, and has for each field `x` a setter `set_x` and a deeper wrapper
//! `x_mut`. The wrappers of the standard types have the standard methods: [`VecMut`], [`MapMut`],
//! [`SetMut`], [`StringMut`], [`OptionMut`], [`LeafMut`]. What was not changed through a wrapper
//! cannot be changed: a wrapper never lends `&mut` to the value.
//!
//! Numbers have a [`NumberMut`]. `set_hits(b.hits + 1)` in two processes at once counts once, since
//! the later one replaces the earlier one; `hits_mut().add(1)` counts twice.
//!
//! # What the host alone may write
//!
//! A field under `#[shared(host_only)]` is for the host to write. A member's commit that writes it, or
//! puts in a value that has it, is refused as a whole and undone. An object whose type has such a field
//! is for the host alone to create, to overwrite and to delete.
//!
//! ```
//! # use ipos::Shared;
//! # use serde::{Deserialize, Serialize};
//! #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
//! struct Task {
//!     name: String,
//!     #[shared(host_only)]
//!     approved: bool,
//! }
//! ```
//!
//! # Waiting
//!
//! [`SharedHandle::wait_until`] waits for a state, [`SharedHandle::changed`] for a change,
//! [`Ipos::wait_for`] for an object. All of them end at once, with an error that says so, when the
//! session does.
//!
//! # Errors
//!
//! [`Error`] tells what happened, to which key or process, and what to do. A panic of this library
//! is a bug, but for the ones that are documented: an index that is out of bounds, and reading an
//! object through its handle inside its own `update`.

// A test that unwraps says all there is to say when it fails.
#![cfg_attr(test, allow(clippy::unwrap_used))]

// The derive's output names the crate as its users do, also in the tests in here.
#[cfg(test)]
extern crate self as ipos;

#[doc(hidden)]
#[path = "derive_support.rs"]
pub mod __private;
mod breaks;
mod builder;
mod cell;
mod codec;
mod core;
mod cursor;
mod deadline;
mod driver;
mod dynamic;
mod error;
mod guard;
mod handle;
mod patch;
mod process;
mod recorder;
pub mod schema;
mod seat;
mod session;
mod shared;
#[cfg(feature = "simulation")]
#[doc(hidden)]
pub mod simulation;
mod store;
mod subscribe;
mod types;
mod value;
mod wire;

pub use crate::core::{Origin, PeerId};
pub use builder::Builder;
pub use driver::Waiting;
pub use error::{Error, Result};
pub use guard::{ReadGuard, WriteGuard};
pub use handle::SharedHandle;
pub use ipos_derive::Shared;
pub use patch::Patch;
pub use process::{Invitation, Process};
pub use schema::{Difference, Schema, SchemaHash, schema_of};
pub use session::Ipos;
pub use shared::{Assign, Shared};
pub use subscribe::{SessionEvent, Subscription};
pub use types::*;
pub use value::Value;
