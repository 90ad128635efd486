use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(atomic)]
struct Board {
    #[shared(host_only)]
    title: String,
    #[shared(skip)]
    count: u8,
    #[shared(rename = "n")]
    number: u8,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(atomic)]
enum Choice {
    #[shared(rename = "That")]
    This(#[shared(atomic)] u8),
}

fn main() {}
