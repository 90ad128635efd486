use std::collections::BTreeSet;

use ipos::{Ipos, Shared};
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq, Eq, Hash)]
struct Name(String);

fn create(ipos: &Ipos, names: BTreeSet<Name>) -> ipos::Result<()> {
    ipos.create("names", names)?;
    Ok(())
}

fn main() {}
