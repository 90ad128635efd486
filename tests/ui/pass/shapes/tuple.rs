//! A tuple struct.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Pair(u8, String);

#[test]
fn check() {
    let pair = changed(Pair(1, "a".to_owned()), |pair| {
        pair.set_0(pair.0 + 1);
        pair._1_mut().push('b');
    });
    assert_eq!(pair, Pair(2, "ab".to_owned()));
}
