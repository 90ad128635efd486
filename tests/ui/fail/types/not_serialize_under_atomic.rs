use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug)]
struct Color(u8, u8, u8);

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    #[shared(atomic)]
    color: Color,
}

fn main() {}
