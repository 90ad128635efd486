//! A struct with named fields.

use ipos::Shared;
use serde::{Deserialize, Serialize};

/// What a team works on.
#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
pub struct Board {
    /// Its title.
    pub title: String,
    /// How often it was changed.
    pub(crate) tick: u64,
    owners: Vec<String>,
}
