use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Clone, Debug)]
struct Color(u8, u8, u8);

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Slot<T> {
    value: T,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    slot: Slot<Color>,
}

fn main() {}
