use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug)]
struct Cache(u8);

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    #[shared(skip)]
    #[serde(skip, default = "Cache::new")]
    good: Cache,
    #[shared(skip)]
    #[serde(skip)]
    bad: Cache,
}

impl Cache {
    fn new() -> Self {
        Self(0)
    }
}

fn main() {}
