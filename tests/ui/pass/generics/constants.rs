//! A parameter that is a number.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Ring<const N: usize> {
    at: u8,
    items: Vec<u8>,
}

#[test]
fn check() {
    let ring = changed(
        Ring::<4> {
            at: 0,
            items: vec![0; 4],
        },
        |ring| ring.set_at(3),
    );
    assert_eq!(ring.at, 3);
}
