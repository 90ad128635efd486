use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Board {
    title: String,
}

#[ipos::actions]
impl Board {
    fn text(board: &mut BoardMut<'_>, title: &str) {
        board.set_title(title);
    }

    fn texts(board: &mut BoardMut<'_>, titles: Vec<&'static str>) {
        board.set_title(titles.concat());
    }

    fn pair(board: &mut BoardMut<'_>, (first, second): (String, String)) {
        board.set_title(first + &second);
    }

    fn nameless(board: &mut BoardMut<'_>, _: u8) {
        board.set_title("");
    }

    fn some(board: &mut BoardMut<'_>, title: impl ToString) {
        board.set_title(title.to_string());
    }

    fn lends<'a>(board: &'a mut BoardMut<'_>) -> &'a str {
        &board.title
    }

    fn hides(board: &mut BoardMut<'_>) -> impl Iterator<Item = char> {
        board.title.clone().into_bytes().into_iter().map(char::from)
    }
}

fn main() {}
