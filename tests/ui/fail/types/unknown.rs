use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    title: Sting,
    counts: Vec<u9>,
}

fn main() {}
