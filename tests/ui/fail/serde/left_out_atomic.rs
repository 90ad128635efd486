use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(atomic)]
struct Board {
    #[serde(skip_serializing_if = "Option::is_none")]
    owner: Option<String>,
    #[serde(skip_serializing)]
    count: u8,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(atomic)]
enum Choice {
    This,
    #[serde(skip)]
    That,
}

fn main() {}
