//! Objects that are no structs.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

use std::collections::BTreeMap;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Light {
    Red,
    Green,
}

#[test]
fn check() {
    assert_eq!(changed(vec![1_u8], |list| list.push(2)), [1, 2]);
    assert_eq!(changed(1_i32, |number| number.add(1)), 2);
    assert_eq!(changed(String::new(), |text| text.push('x')), "x");
    assert_eq!(
        changed(Some(String::new()), |option| drop(option.take())),
        None
    );
    assert_eq!(
        changed(Light::Red, |light| light.set(Light::Green)),
        Light::Green
    );
    let map = changed(BTreeMap::<u8, Vec<Light>>::new(), |map| {
        map.insert(1, vec![]);
        map.get_mut(&1).expect("it was put there").push(Light::Red);
    });
    assert_eq!(map[&1], [Light::Red]);
}
