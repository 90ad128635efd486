//! A struct with a bound of the user's own.

use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(bound = "T: Shared")]
struct Pages<T> {
    all: Vec<T>,
}
