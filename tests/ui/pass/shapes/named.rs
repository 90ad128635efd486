//! A struct with named fields.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Board {
    title: String,
    tick: u64,
}

#[test]
fn check() {
    let board = changed(Board::default(), |b| {
        b.set_title("release");
        b.set_tick(b.tick + 1);
        b.title_mut().push('!');
    });
    assert_eq!((board.title.as_str(), board.tick), ("release!", 1));
}
