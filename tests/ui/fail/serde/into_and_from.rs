use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[serde(into = "u8", from = "u8")]
struct Count(u8);

impl From<Count> for u8 {
    fn from(count: Count) -> Self {
        count.0
    }
}

impl From<u8> for Count {
    fn from(count: u8) -> Self {
        Self(count)
    }
}

fn main() {}
