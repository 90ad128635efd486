//! A session without sockets and threads, for the simulation in the test crate: what the drivers do
//! around the core, and views of what the core holds. Nothing is checked here.

mod form;
mod greeting;
mod handle;
mod hearing;
mod host;
mod member;
mod noticed;
mod told;

pub use form::{Dynamic, read_schema, write_schema};
pub use greeting::{Coming, Greeting, Reply, answer, hello, write_answer, write_hello};
pub use handle::{Handle, Pending, View, Written};
pub use hearing::{Me, hearers, waiting};
pub use host::{Host, Request};
pub use member::Member;
pub use noticed::Noticed;
pub use told::{Asked, Object, Told};

pub use crate::breaks::{Break, asked, set_break};

use std::sync::Arc;

use crate::{
    Shared,
    core::{self, Typed},
    recorder::UndoLog,
    schema::Schema,
    wire::DecodeError,
};

/// How much of the past a host remembers.
#[derive(Clone, Copy, Debug)]
pub struct Memory {
    /// How many commits of an object, to carry proposals over.
    pub commits: usize,
    /// How many changes of the session, to tell them again.
    pub changes: usize,
}

impl From<Memory> for core::Memory {
    fn from(memory: Memory) -> Self {
        let limit = |commits| core::Limit {
            commits,
            bytes: usize::MAX,
        };
        Self {
            tail: limit(memory.commits),
            log: limit(memory.changes),
            bridges: memory.commits.saturating_mul(1024),
            limits: core::Limits::default(),
        }
    }
}

/// What became of a commit's patches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// All were applied.
    Whole,
    /// What some of them change is gone; these are the others, which were applied.
    Rest(Vec<u8>),
}

impl Applied {
    fn of(applied: Result<core::Applied, DecodeError>) -> Result<Self, String> {
        match applied {
            Ok(core::Applied::Whole | core::Applied::Ends(_)) => Ok(Self::Whole),
            Ok(core::Applied::Rest(rest)) => Ok(Self::Rest(rest)),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// Applies a commit to a value, whose type has the form `schema`.
pub fn apply<T: Shared>(
    value: &mut T,
    schema: &Arc<Schema>,
    patches: &[u8],
) -> Result<Applied, String> {
    let mut state = Typed::with_schema(value.clone(), schema.clone());
    let applied = core::apply(&mut state, patches, &mut UndoLog::default());
    *value = state.value;
    Applied::of(applied)
}

/// Reads a value of a type that has the form `schema`.
pub fn decode<T: Shared>(bytes: &[u8], schema: &Arc<Schema>) -> Result<T, String> {
    let typed = Typed::from_bytes(bytes, schema.clone());
    typed.map(|typed| typed.value).map_err(|e| e.to_string())
}
