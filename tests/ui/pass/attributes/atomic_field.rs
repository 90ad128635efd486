//! A field that is replaced whole, of a type that has only serde.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Color(u8, u8, u8);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Board {
    #[shared(atomic)]
    color: Color,
    #[shared(atomic)]
    palette: Vec<Color>,
}

#[test]
fn check() {
    let board = Board {
        color: Color(0, 0, 0),
        palette: vec![],
    };
    let board = changed(board, |b| {
        b.set_color(Color(1, 1, 1));
        b.color_mut().modify(|color| color.0 = 2);
        b.palette_mut()
            .modify(|palette| palette.push(Color(3, 3, 3)));
    });
    assert_eq!((board.color.0, board.palette.len()), (2, 1));
}
