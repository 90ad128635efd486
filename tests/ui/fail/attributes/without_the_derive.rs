use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Clone, Debug)]
struct Board {
    #[shared(atomic)]
    title: String,
}

fn main() {}
