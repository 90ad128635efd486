use ipos::Shared;
use serde::{Deserialize, Serialize};

use std::collections::{BTreeMap, BTreeSet};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Hash)]
struct Name(String);

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    owners: BTreeMap<Name, u8>,
    names: BTreeSet<Name>,
}

fn main() {}
