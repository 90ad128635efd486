use ipos::{Events, Shared};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Clone, Debug)]
struct Color(u8, u8, u8);

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    picked: Events<Color>,
}

fn main() {}
