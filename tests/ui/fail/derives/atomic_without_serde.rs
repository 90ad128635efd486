use ipos::Shared;

#[derive(Shared, Clone, Debug)]
#[shared(atomic)]
struct Color(u8, u8, u8);

fn main() {}
