//! Several attributes at once, in one list or in several, also by `cfg_attr`.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(rename = "board")]
#[cfg_attr(all(), shared(bound = "T: Shared"))]
struct Board<T> {
    #[shared(atomic, host_only, rename = "first")]
    one: Vec<u8>,
    #[shared(atomic)]
    #[shared(rename = "second")]
    two: u8,
    #[cfg_attr(all(), shared(skip), serde(skip))]
    three: u8,
    #[cfg_attr(any(), shared(what, serde))]
    four: T,
}

#[test]
fn check() {
    let board = Board {
        one: vec![],
        two: 0,
        three: 0,
        four: 0_u8,
    };
    let board = changed(board, |b| {
        b.set_one(vec![1]);
        b.two_mut().set(2);
        *b.three_mut() = 3;
        b.four_mut().add(4);
    });
    assert_eq!(
        (board.one[0], board.two, board.three, board.four),
        (1, 2, 3, 4)
    );
}
