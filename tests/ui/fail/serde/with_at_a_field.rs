use ipos::Shared;
use serde::{Deserialize, Serialize};

mod text {
    pub fn serialize<S: serde::Serializer>(_: &u8, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str("")
    }
    pub fn deserialize<'de, D: serde::Deserializer<'de>>(_: D) -> Result<u8, D::Error> {
        Ok(0)
    }
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    #[serde(with = "text")]
    count: u8,
    #[serde(serialize_with = "text::serialize", deserialize_with = "text::deserialize")]
    other: u8,
}

fn main() {}
