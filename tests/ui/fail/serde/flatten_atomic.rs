use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Inner {
    count: u8,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(atomic)]
struct Board {
    #[serde(flatten)]
    inner: Inner,
}

fn main() {}
