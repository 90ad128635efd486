use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Board {
    title: String,
}

#[ipos::actions(0)]
impl Board {}

#[ipos::actions(5)]
impl Board {}

#[ipos::actions(block = 2)]
impl Board {}

#[ipos::actions(crate = ipos)]
impl Board {}

#[ipos::actions(second)]
impl Board {}

fn main() {}
