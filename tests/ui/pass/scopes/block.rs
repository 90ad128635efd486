//! Types of one name in two blocks.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[test]
fn check() {
    {
        #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
        struct Local(u8);
        assert_eq!(changed(Local(1), |local| local.set_0(2)), Local(2));
    }
    {
        #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
        struct Local(String);
        assert_eq!(
            changed(Local(String::new()), |local| local.set_0("x")).0,
            "x"
        );
    }
}
