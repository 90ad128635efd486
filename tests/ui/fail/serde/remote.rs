use ipos::Shared;
use serde::{Deserialize, Serialize};

mod theirs {
    #[derive(Clone, Debug)]
    pub struct Duration {
        pub seconds: u8,
    }
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[serde(remote = "theirs::Duration")]
struct Duration {
    seconds: u8,
}

fn main() {}
