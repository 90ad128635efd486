use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board<T> {
    #[shared(bound = "T: Shared", crate = "ipos")]
    title: T,
}

fn main() {}
