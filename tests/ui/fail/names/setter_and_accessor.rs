use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    set_x: u8,
    x_mut: u8,
}

fn main() {}
