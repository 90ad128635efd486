use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(atomic = true)]
struct Point(f64, f64);

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    #[shared(skip = "yes")]
    title: String,
    #[shared(host_only(always))]
    count: u8,
}

fn main() {}
