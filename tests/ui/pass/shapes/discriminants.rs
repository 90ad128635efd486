//! An enum with numbers of its own, which are not sent.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[repr(u8)]
enum Level {
    Low = 10,
    High = 20,
}

#[test]
fn check() {
    let level = changed(Level::Low, |level| level.set(Level::High));
    assert_eq!(level as u8, 20);
}
