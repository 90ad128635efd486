use ipos::Shared;
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Board {
    title: String,
}

struct Title(String);

#[derive(Debug)]
struct Taken;

#[ipos::actions]
impl Board {
    fn name(board: &mut BoardMut<'_>, title: Title) {
        board.set_title(title.0);
    }

    fn take(board: &mut BoardMut<'_>) -> Title {
        Title(board.title.clone())
    }

    fn fails(board: &mut BoardMut<'_>) -> Result<usize, Taken> {
        board.title.parse().map_err(|_| Taken)
    }
}

fn main() {}
