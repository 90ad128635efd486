use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Debug)]
struct Slot<T> {
    value: T,
}

fn create(ipos: &ipos::Ipos) {
    drop(ipos.create("slot", Slot { value: 1_u8 }));
}

fn main() {}
