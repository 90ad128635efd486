use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Board {
    title: String,
}

#[derive(Serialize, Deserialize, Debug)]
struct Result(u8);

#[ipos::actions]
impl Board {
    fn clear(board: &mut BoardMut<'_>) -> Result {
        board.set_title("");
        Result(1)
    }
}

fn main() {}
