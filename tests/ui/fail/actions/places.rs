use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Board {
    title: String,
}

#[ipos::actions]
struct Other;

#[ipos::actions]
fn clear(board: &mut BoardMut<'_>) {
    board.set_title("");
}

trait Clear {
    fn clear(board: &mut BoardMut<'_>);
}

#[ipos::actions]
impl Clear for Board {
    fn clear(board: &mut BoardMut<'_>) {
        board.set_title("");
    }
}

fn main() {}
