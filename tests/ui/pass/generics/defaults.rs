//! Parameters with defaults.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Measured<T = f64, const DIGITS: u8 = 2> {
    value: T,
}

#[test]
fn check() {
    let measured: Measured = Measured { value: 1.5 };
    assert_eq!(
        changed(measured, |measured| measured.set_value(2.5)).value,
        2.5
    );
}
