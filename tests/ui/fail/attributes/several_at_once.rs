use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
#[shared(host_only)]
struct Board<'a> {
    #[shared(atomic, atomic)]
    title: &'a str,
    #[serde(flatten)]
    counts: Vec<std::cell::Cell<u8>>,
    #[shared(what)]
    other: u8,
}

fn change(board: &mut BoardMut<'_, '_>) {
    board.set_title("x");
    board.set_other(board.other + 1);
}

fn main() {}
