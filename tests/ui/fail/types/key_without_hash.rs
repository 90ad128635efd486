use ipos::Shared;
use serde::{Deserialize, Serialize};

use std::collections::HashMap;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
struct Name(String);

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    owners: HashMap<Name, u8>,
}

fn main() {}
