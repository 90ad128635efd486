use ipos::Shared;
use serde::{Deserialize, Serialize};

use std::collections::HashMap;

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    by_height: HashMap<f32, u8>,
}

fn main() {}
