use ipos::Shared;
use serde::{Deserialize, Serialize};

struct BoardPatch;

struct BoardMut;

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    title: String,
}

fn main() {}
