//! Types that are called like ours, and parameters like the derive's.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Cursor {
    at: u8,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Patch {
    of: Cursor,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Mut<V, S, D> {
    One(V),
    Two(S),
    Three(D),
}

#[test]
fn check() {
    assert_eq!(
        changed(Patch::default(), |patch| patch.of_mut().set_at(1))
            .of
            .at,
        1
    );
    let value = changed(Mut::<u8, u16, u32>::Two(1), |value| {
        value.two_mut().expect("it is one").set(2);
    });
    assert_eq!(value, Mut::Two(2));
}
