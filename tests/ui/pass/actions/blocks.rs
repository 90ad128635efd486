//! Several blocks of one type, in several modules; functions that are no actions beside them.

use ipos::{Ipos, Shared};
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
pub struct Board {
    pub title: String,
    pub tick: u32,
}

impl Board {
    fn length(&self) -> usize {
        self.title.len()
    }
}

#[ipos::actions(3)]
impl Board {
    fn clear(board: &mut BoardMut<'_>) -> usize {
        let length = board.length();
        board.set_title("");
        length
    }

    #[cfg(any())]
    fn never(board: &mut BoardMut<'_>, no: NoSuchType) {}
}

mod inside {
    use super::{Board, BoardMut};

    #[ipos::actions]
    impl Board {
        /// Where an item stands that is none.
        pub const STEP: u32 = 2;

        pub fn step(board: &mut BoardMut<'_>) -> u32 {
            board.tick_mut().add(Self::STEP);
            board.tick
        }
    }

    #[ipos::actions(2)]
    impl Board {}

    #[ipos::actions(crate = "ipos", 4)]
    impl Board {
        pub fn name(board: &mut <Board as ipos::Shared>::Mut<'_>, mut title: String) {
            title.push('!');
            board.set_title(title);
        }
    }
}

#[test]
fn check() {
    let ipos = Ipos::host().unwrap();
    let board = ipos.create("board", Board::default()).unwrap();
    board.call(Board::name_action("x".into())).unwrap();
    assert_eq!(board.call(Board::step_action()).unwrap(), Board::STEP);
    assert_eq!(board.call(Board::clear_action()).unwrap(), 2);
    // They are functions like any other.
    let step = board.update(Board::step).unwrap();
    assert_eq!(step, 4);
}
