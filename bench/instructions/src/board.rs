//! What is changed where the steps of a commit are measured, in instructions and in time.

use ipos::Shared;
use serde::{Deserialize, Serialize};

/// How many elements there are.
pub(crate) const CELLS: usize = 64;

/// What is changed.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
pub(crate) struct Board {
    pub(crate) title: String,
    pub(crate) tick: u64,
    pub(crate) cells: Vec<Cell>,
}

/// An element of a list.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
pub(crate) struct Cell {
    pub(crate) name: String,
    pub(crate) count: u64,
}

pub(crate) fn board() -> Board {
    Board {
        cells: vec![Cell::default(); CELLS],
        ..Board::default()
    }
}
