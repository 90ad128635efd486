use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
enum Label<'a, 'b> {
    This(std::borrow::Cow<'a, str>),
    That { text: std::borrow::Cow<'b, str> },
}

fn main() {}
