use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[serde(tag = "kind", content = "value")]
enum Choice {
    This(u8),
    That(String),
}

fn main() {}
