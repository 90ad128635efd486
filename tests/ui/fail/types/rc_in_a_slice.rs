use ipos::Shared;

#[derive(Shared)]
struct Board {
    bytes: Box<[std::rc::Rc<u8>]>,
    #[shared(skip)]
    kept: std::rc::Rc<u8>,
}

fn main() {}
