use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Good;

#[derive(Shared, Clone, Debug)]
struct Board {
    title: String,
}

fn main() {}
