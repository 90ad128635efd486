use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(atomic)]
#[serde(untagged)]
enum Choice {
    This(u8),
    That(String),
}

fn main() {}
