use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    callback: Option<fn(u8) -> u8>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum Choice {
    This(Box<dyn Fn(u8) + Send + Sync>),
}

fn main() {}
