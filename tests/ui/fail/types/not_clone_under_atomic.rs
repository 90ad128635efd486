use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
struct Color(u8, u8, u8);

#[derive(Shared, Serialize, Deserialize)]
struct Board {
    #[shared(atomic)]
    color: Color,
}

fn main() {}
