use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board<#[shared(atomic)] T> {
    title: T,
}

fn main() {}
