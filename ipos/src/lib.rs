//! Live objects shared between processes.

#[doc(hidden)]
#[path = "derive_support.rs"]
pub mod __private;
mod builder;
mod cell;
mod codec;
mod core;
mod cursor;
mod directory;
mod driver;
mod dynamic;
mod error;
mod guard;
mod handle;
mod patch;
mod process;
mod recorder;
mod schema;
mod seat;
mod session;
mod shared;
mod types;
mod wire;

pub use crate::core::PeerId;
pub use builder::Builder;
pub use driver::Waiting;
pub use error::{Error, Result};
pub use guard::{ReadGuard, WriteGuard};
pub use handle::SharedHandle;
pub use ipos_derive::Shared;
pub use process::{Invitation, Process};
pub use schema::{Schema, schema_of};
pub use session::Ipos;
pub use shared::{Assign, Shared};
pub use types::*;
