//! A struct without fields, in each form.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Unit;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Braces {}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Parens();

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Board(Unit, Braces, Parens);

#[test]
fn check() {
    let board = changed(Board(Unit, Braces {}, Parens()), |board| {
        board.set_0(Unit);
        board._1_mut().set(Braces {});
        board._2_mut();
    });
    assert_eq!(board, Board(Unit, Braces {}, Parens()));
}
