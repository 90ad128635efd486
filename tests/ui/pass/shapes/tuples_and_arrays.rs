//! Fields that are tuples, arrays and the unit.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Board {
    pair: (u8, String),
    grid: [[u8; 2]; 2],
    nothing: (),
}

#[test]
fn check() {
    let board = Board {
        pair: (1, String::new()),
        grid: [[0; 2]; 2],
        nothing: (),
    };
    let board = changed(board, |b| {
        b.pair_mut()._1_mut().push('x');
        b.grid_mut().at(1).at(0).set(7);
        b.set_nothing(());
    });
    assert_eq!((board.pair.1.as_str(), board.grid[1][0]), ("x", 7));
}
