use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(rename = 7, bound = "T")]
struct Board<T> {
    #[shared(rename = "")]
    title: T,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(crate = "not a path")]
struct Other;

fn main() {}
