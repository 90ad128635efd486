//! An enum with parameters, each in one variant.

use ipos::Shared;
use serde::{Deserialize, Serialize};

/// One of two.
#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
pub enum Either<A, B = u8> {
    /// The one.
    Left {
        /// What it is.
        value: A,
        /// How often.
        count: u32,
    },
    /// The other.
    Right(B),
}
