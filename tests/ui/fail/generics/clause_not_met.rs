use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Sorted<T>
where
    T: Ord,
{
    items: Vec<T>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    weights: Sorted<f64>,
}

fn main() {}
