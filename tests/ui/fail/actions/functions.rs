use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Board {
    title: String,
}

#[ipos::actions]
impl Board {
    fn by_value(self) {}

    fn by_reference(&mut self, title: String) {
        self.title = title;
    }

    fn of_nothing() {}

    fn of_the_type(board: &mut Board) {
        board.title.clear();
    }

    fn of_a_shared_wrapper(board: &BoardMut<'_>) -> usize {
        board.title.len()
    }

    fn of_an_owned_wrapper(board: BoardMut<'_>) -> usize {
        board.title.len()
    }

    async fn waits(board: &mut BoardMut<'_>) {
        board.set_title("");
    }

    unsafe fn trusts(board: &mut BoardMut<'_>) {
        board.set_title("");
    }

    fn of_any<T: ToString>(board: &mut BoardMut<'_>, title: T) {
        board.set_title(title.to_string());
    }

    fn of_so_many<const N: usize>(board: &mut BoardMut<'_>, titles: [String; N]) {
        board.set_title(titles.concat());
    }

    fn is_right(board: &mut BoardMut<'_>) {
        board.set_title("");
    }
}

fn main() {
    let _ = Board::is_right_action();
}
