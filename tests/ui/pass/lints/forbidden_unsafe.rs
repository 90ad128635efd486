//! A module that forbids unsafe code.

#![forbid(unsafe_code)]
#![deny(warnings, unused)]

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Choice {
    This(u8),
    That { text: String },
}

#[test]
fn check() {
    let choice = changed(Choice::This(1), |choice| {
        choice.set(Choice::That {
            text: String::new(),
        });
        choice.that_mut().expect("it is one").set_text("x");
    });
    assert_eq!(
        choice,
        Choice::That {
            text: "x".to_owned()
        }
    );
}
