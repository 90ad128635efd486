use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Good;

#[derive(Shared, Clone, Debug)]
#[shared(atomic)]
struct Color(u8, u8, u8);

fn main() {}
