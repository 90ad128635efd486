use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(bound = "T: Clone + Send + Sync + 'static")]
struct Slot<T> {
    value: T,
}

fn main() {}
