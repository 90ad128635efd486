struct Board;

#[shared(atomic)]
impl Board {}

fn main() {}
