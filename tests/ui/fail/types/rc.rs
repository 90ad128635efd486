use ipos::Shared;

use std::{rc::Rc, sync::Weak};

#[derive(Shared)]
struct Board {
    title: Rc<str>,
    parts: Vec<(u8, std::rc::Rc<u8>)>,
    parent: Weak<u8>,
}

fn main() {}
