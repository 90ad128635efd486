use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    value: u8,
    r#Value: u8,
    a_b: u8,
    a__b: u8,
}

fn main() {}
