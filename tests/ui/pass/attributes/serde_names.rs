//! Attributes of serde that change names, defaults and bounds alone.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Board {
    #[serde(rename = "Title", alias = "name", default)]
    title: String,
    #[serde(default = "one")]
    tick: u8,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(rename_all = "UPPERCASE", rename = "choice")]
enum Choice {
    #[serde(rename = "first", alias = "one")]
    This {
        #[serde(default)]
        count: u8,
    },
}

fn one() -> u8 {
    1
}

#[test]
fn check() {
    let board = Board {
        title: String::new(),
        tick: one(),
    };
    assert_eq!(changed(board, |b| b.set_tick(2)).tick, 2);
    let choice = changed(Choice::This { count: 0 }, |choice| {
        choice.this_mut().expect("it is one").set_count(1);
    });
    assert_eq!(choice, Choice::This { count: 1 });
}
