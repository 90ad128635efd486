//! Parameters with bounds, there or in a clause.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Index<K: Hash + Eq, V>
where
    V: Ord,
{
    by_key: HashMap<K, BTreeSet<V>>,
}

#[test]
fn check() {
    let index = Index {
        by_key: HashMap::from([(1_u8, BTreeSet::new())]),
    };
    let index = changed(index, |index| {
        index
            .by_key_mut()
            .get_mut(&1)
            .expect("it is there")
            .insert("v".to_owned());
    });
    assert_eq!(index.by_key[&1].len(), 1);
}
