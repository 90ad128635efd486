use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    #[shared(skip, host_only)]
    title: String,
    #[shared(atomic, skip, rename = "n")]
    count: u8,
}

fn main() {}
