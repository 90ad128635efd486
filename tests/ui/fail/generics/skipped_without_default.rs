use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Slot<T> {
    #[shared(skip)]
    #[serde(skip, default = "Option::default")]
    local: Option<T>,
    #[shared(skip)]
    #[serde(skip)]
    plain: T,
}

#[derive(Serialize, Deserialize, Clone, Debug)]
struct Raw;

fn host(ipos: &ipos::Ipos, slot: Slot<Raw>) {
    drop(ipos.create("slot", slot));
}

fn main() {}
