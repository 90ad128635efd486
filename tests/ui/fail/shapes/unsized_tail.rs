use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Text {
    length: u8,
    bytes: [u8],
}

fn main() {}
