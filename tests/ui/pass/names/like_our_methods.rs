//! Fields that are called like methods of wrappers and of what they call.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Board {
    set: u8,
    value: u8,
    deref: u8,
    clone: u8,
    len: u8,
    as_ref: u8,
    patch: u8,
    update: u8,
    cursor: u8,
    record: u8,
    field: u8,
    writer: u8,
    replace: u8,
    finish: u8,
    encode: u8,
    decode: u8,
    apply: u8,
    describe: u8,
    fmt: u8,
    eq: u8,
    into: u8,
}

#[test]
fn check() {
    let board = changed(Board::default(), |b| {
        b.set_set(1);
        b.set_value(2);
        b.set_deref(b.deref + 3);
        b.clone_mut().add(4);
        b.set_cursor(5);
        b.set_finish(6);
    });
    assert_eq!(
        [board.set, board.value, board.deref, board.clone],
        [1, 2, 3, 4]
    );
    assert_eq!([board.cursor, board.finish], [5, 6]);
    let whole = changed(board, |b| b.set(Board::default()));
    assert_eq!(whole, Board::default());
}
