use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Sorted<T>
where
    T: Ord,
{
    items: Vec<T>,
}

fn create(ipos: &ipos::Ipos, weights: Sorted<f64>) {
    drop(ipos.create("weights", weights));
}

fn main() {}
