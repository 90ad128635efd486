use ipos::Shared;
use serde::{Deserialize, Serialize};

use std::collections::{HashMap, HashSet};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Name(String);

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    owners: HashMap<Name, u8>,
    names: HashSet<Name>,
}

fn main() {}
