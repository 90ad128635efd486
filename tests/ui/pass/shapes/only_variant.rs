//! An enum of one variant, and one of none.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Only {
    This { count: u8 },
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Never {}

#[test]
fn check() {
    let only = changed(Only::This { count: 1 }, |only| {
        only.this_mut().expect("there is no other").set_count(2);
    });
    assert_eq!(only, Only::This { count: 2 });
    assert_eq!(changed(None::<Never>, |never| never.set(None)), None);
}
