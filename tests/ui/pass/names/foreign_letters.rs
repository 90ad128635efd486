//! Names in other scripts, with underscores and digits.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[allow(non_snake_case)]
struct Größe {
    höhe: u8,
    _1: u8,
    __: u8,
    aB: u8,
    x1_y: u8,
}

#[test]
fn check() {
    let size = changed(Größe::default(), |size| {
        size.set_höhe(1);
        size.set__1(2);
        size.aB_mut().set(3);
        size.set_x1_y(4);
    });
    assert_eq!((size.höhe, size._1, size.aB, size.x1_y), (1, 2, 3, 4));
}
