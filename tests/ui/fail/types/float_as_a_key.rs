use ipos::Shared;
use serde::{Deserialize, Serialize};

use std::collections::{BTreeMap, HashMap};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    by_weight: BTreeMap<f32, u8>,
    by_height: HashMap<f64, u8>,
}

fn main() {}
