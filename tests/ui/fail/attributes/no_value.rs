use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(rename, crate, bound)]
struct Board {
    #[shared(rename)]
    title: String,
}

fn main() {}
