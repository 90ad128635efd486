use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum Choice {
    This(u8),
    #[serde(skip)]
    That,
}

fn main() {}
