//! A struct with parameters, and what is inferred of them.

use ipos::Shared;
use serde::{Deserialize, Serialize};

/// A list with room.
#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
pub struct Buffer<T, const ROOM: usize = 8>
where
    T: Default,
{
    /// What is in it.
    pub items: Vec<T>,
    /// What was in it last.
    pub last: Option<T>,
}
