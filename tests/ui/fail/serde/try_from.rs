use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[serde(try_from = "u8")]
struct Even(u8);

impl TryFrom<u8> for Even {
    type Error = String;

    fn try_from(count: u8) -> Result<Self, String> {
        (count % 2 == 0).then_some(Self(count)).ok_or_else(|| "odd".into())
    }
}

fn main() {}
