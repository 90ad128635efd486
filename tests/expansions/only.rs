//! An enum of one variant.

use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
pub(crate) enum Only {
    Set { r#type: u8 },
}
