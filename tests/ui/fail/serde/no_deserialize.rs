use ipos::Shared;
use serde::Serialize;

#[derive(Shared, Serialize, Clone, Debug)]
struct Board {
    title: String,
}

fn main() {}
