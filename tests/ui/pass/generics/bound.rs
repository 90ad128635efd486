//! What is asked of parameters is given by hand.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

use std::collections::BTreeMap;

trait Named: Shared + Ord {
    const NAME: &'static str;
}

impl Named for u8 {
    const NAME: &'static str = "byte";
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(bound = "K: Named")]
struct Table<K: Ord> {
    rows: BTreeMap<K, u8>,
}

#[test]
fn check() {
    let table = changed(
        Table {
            rows: BTreeMap::new(),
        },
        |table| {
            table.rows_mut().insert(1_u8, 2);
        },
    );
    assert_eq!((table.rows[&1], <u8 as Named>::NAME), (2, "byte"));
}
