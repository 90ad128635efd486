//! Names that what is generated might be called by itself.

use ipos::{Ipos, Shared};
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
struct Board {
    call: u32,
    action: u32,
}

#[allow(non_upper_case_globals, dead_code)]
mod constants {
    pub const writer: u8 = 0;
    pub const arguments: u8 = 0;
    pub const argument_0: u8 = 0;
    pub const entry: u8 = 0;
}
#[allow(unused_imports)]
use constants::*;

#[ipos::actions]
impl Board {
    fn r#type(board: &mut BoardMut<'_>, answer: u32, r#fn: u32) -> u32 {
        board.set_call(answer);
        board.set_action(r#fn);
        board.call + board.action
    }
}

#[test]
fn check() {
    let ipos = Ipos::host().unwrap();
    let board = ipos.create("board", Board::default()).unwrap();
    assert_eq!(board.call(Board::type_action(1, 2)).unwrap(), 3);
    let sum = board.update(|board| board.call(Board::type_action(3, 4)));
    assert_eq!(sum.unwrap(), Ok(7));
}
