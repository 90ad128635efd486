use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Board {
    title: String,
}

#[ipos::actions]
impl Board {
    fn clear(board: &mut BoardMut<'_>) {
        board.set_title("");
    }
}

#[ipos::actions]
impl Board {
    fn name(board: &mut BoardMut<'_>, title: String) {
        board.set_title(title);
    }
}

fn main() {}
