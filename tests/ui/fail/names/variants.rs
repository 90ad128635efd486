use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum Choice {
    OneTwo(u8),
    One_Two(u8),
}

fn main() {}
