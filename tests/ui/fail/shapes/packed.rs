use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[repr(C, packed)]
struct Header {
    kind: u8,
    length: u8,
}

fn main() {}
