use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    title: String,
    #[shared(rename = "title")]
    name: String,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum Choice {
    This,
    #[shared(rename = "This")]
    That,
}

fn main() {}
