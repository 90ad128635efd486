use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[serde(tag = "kind")]
enum Choice {
    This { count: u8 },
    That { text: String },
}

fn main() {}
