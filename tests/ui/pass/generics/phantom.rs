//! A parameter that no value is of.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

use std::marker::PhantomData;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Meters;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Length<Unit> {
    value: u32,
    #[serde(skip)]
    #[shared(skip)]
    unit: PhantomData<Unit>,
}

#[test]
fn check() {
    let length = Length::<Meters> {
        value: 1,
        unit: PhantomData,
    };
    assert_eq!(changed(length, |length| length.value_mut().add(1)).value, 2);
}
