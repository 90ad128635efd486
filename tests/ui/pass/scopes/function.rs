//! Types that are local to a function.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[test]
fn check() {
    #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
    struct Local {
        inner: Inner,
    }

    #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
    enum Inner {
        This(u8),
        That,
    }

    let local = changed(Local { inner: Inner::That }, |local| {
        local.inner_mut().set(Inner::This(1));
        local.inner_mut().this_mut().expect("it is one").add(1);
    });
    assert_eq!(local.inner, Inner::This(2));
}
