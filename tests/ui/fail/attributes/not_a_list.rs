use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared]
struct Board {
    #[shared = "atomic"]
    title: String,
}

fn main() {}
