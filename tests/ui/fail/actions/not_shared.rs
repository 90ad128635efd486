use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize, Clone, Debug, Default)]
struct Board {
    title: String,
}

struct BoardMut<'a>(&'a mut Board);

#[ipos::actions]
impl Board {
    fn clear(board: &mut BoardMut<'_>) {
        board.0.title.clear();
    }
}

fn main() {}
