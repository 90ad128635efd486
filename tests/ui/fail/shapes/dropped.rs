use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    title: String,
    tick: u32,
}

impl Drop for Board {
    fn drop(&mut self) {}
}

fn main() {}
