use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(leaf)]
struct Board {
    #[shared(hostonly)]
    title: String,
    #[shared(atomic, ipos::skip)]
    count: u8,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum Choice {
    #[shared(default)]
    This,
}

fn main() {}
