#[derive(ipos::Shared)]
type Board = Vec<u8>;

fn main() {}
