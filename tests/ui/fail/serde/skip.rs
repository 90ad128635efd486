use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    #[serde(skip)]
    cache: u8,
    #[serde(skip_serializing)]
    one: u8,
    #[serde(skip_deserializing)]
    other: u8,
}

fn main() {}
