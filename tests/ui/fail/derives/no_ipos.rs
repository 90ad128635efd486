use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(atomic, crate = "nowhere::ipos")]
struct Board {
    title: String,
}

fn main() {}
