use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum Choice {
    #[shared(skip)]
    This,
    #[shared(host_only, atomic)]
    That(u8),
}

fn main() {}
