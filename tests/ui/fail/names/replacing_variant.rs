use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum HttpState {
    Set(u8),
    Set_(u8),
}

fn main() {}
