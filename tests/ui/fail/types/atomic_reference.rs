use ipos::Shared;

#[derive(Shared)]
struct Board {
    #[shared(atomic)]
    title: &'static str,
    #[shared(atomic)]
    count: std::rc::Rc<u8>,
}

fn main() {}
