use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Debug)]
struct Board {
    title: String,
}

fn main() {}
