//! What a parameter has to be follows from the fields.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Slot<T> {
    value: T,
    more: Vec<T>,
}

#[test]
fn check() {
    let slot = changed(
        Slot {
            value: "a".to_owned(),
            more: vec![],
        },
        |slot| {
            slot.value_mut().push('b');
            slot.more_mut().push("c".to_owned());
        },
    );
    assert_eq!((slot.value.as_str(), slot.more.len()), ("ab", 1));
}
