use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Label<'a> {
    text: std::borrow::Cow<'a, str>,
}

fn main() {}
