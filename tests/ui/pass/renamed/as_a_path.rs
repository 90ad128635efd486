//! The crate in a module, as a path.

use super::other::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

mod facade {
    pub(super) mod shared {
        pub(in crate::pass::renamed::as_a_path) use crate::pass::renamed::other::*;
    }
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(crate = crate::pass::renamed::as_a_path::facade::shared)]
struct Slot<T> {
    value: T,
    #[shared(atomic)]
    whole: Vec<T>,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(atomic, crate = "self::facade::shared")]
struct Point(f64, f64);

#[test]
fn check() {
    let slot = Slot {
        value: Point(0.0, 0.0),
        whole: vec![],
    };
    let slot = changed(slot, |slot| {
        slot.set_value(Point(1.0, 0.0));
        slot.whole_mut().modify(|whole| whole.push(Point(0.0, 1.0)));
    });
    assert_eq!((slot.value.0, slot.whole[0].1), (1.0, 1.0));
}
