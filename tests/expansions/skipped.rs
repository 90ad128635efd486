//! Fields that are local to each process.

use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct View {
    title: String,
    #[serde(skip)]
    #[shared(skip)]
    cache: Vec<u8>,
    #[serde(skip, default = "far")]
    #[shared(skip)]
    at: u32,
}

fn far() -> u32 {
    9
}
