use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(rename = "board", rename = "table")]
struct Board {
    #[shared(host_only, host_only)]
    title: String,
    #[shared(skip)]
    #[shared(skip)]
    count: u8,
}

fn main() {}
