use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
struct Board {
    #[shared(atomic)]
    title: &'static str,
    #[shared(atomic)]
    count: std::rc::Rc<u8>,
}

fn main() {}
