use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
}

fn main() {}
