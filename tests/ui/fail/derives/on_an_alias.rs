use ipos::Shared;

#[derive(Shared)]
type Board = Vec<u8>;

fn main() {}
