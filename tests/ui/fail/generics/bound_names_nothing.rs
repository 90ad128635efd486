use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(bound = "T: Sheared")]
struct Slot<T: Shared> {
    value: T,
}

fn main() {}
