use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[allow(non_camel_case_types)]
enum Choice {
    OneTwo(u8),
    oneTwo(u8),
}

fn main() {}
