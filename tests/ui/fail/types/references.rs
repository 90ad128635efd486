use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    title: &'static str,
    bytes: &'static [u8],
    count: Option<&'static u8>,
}

fn main() {}
