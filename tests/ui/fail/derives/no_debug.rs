use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone)]
struct Board {
    title: String,
}

fn main() {}
