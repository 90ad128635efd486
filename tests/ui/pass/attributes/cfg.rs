//! Fields and variants that are there or not by `cfg`.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Board {
    #[cfg(all())]
    there: u8,
    #[cfg(any())]
    gone: std::rc::Rc<u8>,
    last: u8,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Choice {
    #[cfg(any())]
    Gone(*const u8),
    Here(#[cfg(any())] *const u8, u8),
}

#[test]
fn check() {
    let board = changed(Board::default(), |b| {
        b.set_there(1);
        b.set_last(2);
    });
    assert_eq!((board.there, board.last), (1, 2));
    let choice = changed(Choice::Here(1), |choice| {
        choice.here_mut().expect("there is no other").add(1);
    });
    assert_eq!(choice, Choice::Here(2));
}
