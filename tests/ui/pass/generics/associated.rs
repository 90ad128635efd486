//! A field whose type belongs to a parameter.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

trait Kind {
    type Item;
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Text;

impl Kind for Text {
    type Item = String;
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[serde(bound(
    serialize = "K::Item: Serialize",
    deserialize = "K::Item: Deserialize<'de>"
))]
struct Held<K: Kind> {
    item: K::Item,
}

#[test]
fn check() {
    let held = Held::<Text> {
        item: "a".to_owned(),
    };
    assert_eq!(changed(held, |held| held.item_mut().push('b')).item, "ab");
}
