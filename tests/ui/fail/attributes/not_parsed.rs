use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    #[shared(atomic skip)]
    title: String,
    #[shared("atomic")]
    count: u8,
}

fn main() {}
