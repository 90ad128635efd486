use std::collections::HashMap;

use ipos::{Ipos, Shared};
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq, Eq)]
struct Name(String);

fn create(ipos: &Ipos, owners: HashMap<Name, u8>) -> ipos::Result<()> {
    ipos.create("owners", owners)?;
    Ok(())
}

fn main() {}
