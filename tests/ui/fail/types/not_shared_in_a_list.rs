use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Clone, Debug)]
struct Color(u8, u8, u8);

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    colors: Vec<Color>,
    by_name: std::collections::HashMap<String, Color>,
    best: Option<Color>,
}

fn main() {}
