//! A struct around one value.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Count(u32);

#[test]
fn check() {
    assert_eq!(changed(Count(1), |count| count._0_mut().add(2)), Count(3));
}
