//! What stands in for a struct with an error in it.

use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
pub struct Refused<T> {
    /// What cannot be shared.
    pub cell: std::cell::RefCell<T>,
    /// What could.
    pub text: String,
}
