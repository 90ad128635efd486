use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(skip, host_only)]
struct Board {
    title: String,
}

fn main() {}
