use ipos::Shared;
use serde::{Deserialize, Serialize};

use std::collections::BTreeSet;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Hash)]
struct Name(String);

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    names: BTreeSet<Name>,
}

fn main() {}
