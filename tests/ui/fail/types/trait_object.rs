use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    shape: Box<dyn std::any::Any + Send + Sync>,
}

fn main() {}
