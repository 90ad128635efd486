use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(atomic)]
struct Label<'a>(std::borrow::Cow<'a, str>);

fn main() {}
