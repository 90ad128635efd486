//! A tuple struct.

use ipos::Shared;
use serde::{Deserialize, Serialize};

/// A place.
#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
pub struct Place(pub i32, Option<String>);
