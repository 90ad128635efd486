use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Slot<T> {
    value: T,
}

fn create<T>(ipos: &ipos::Ipos, value: T) -> ipos::Result<()> {
    ipos.create("slot", Slot { value })?;
    Ok(())
}

fn main() {}
