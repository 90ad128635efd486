use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum Choice {
    This,
    #[serde(other)]
    That,
}

fn main() {}
