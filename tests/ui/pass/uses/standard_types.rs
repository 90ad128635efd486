//! A field of each kind of the standard types.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet, VecDeque};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct All {
    list: Vec<u8>,
    queue: VecDeque<u8>,
    map: HashMap<String, u8>,
    sorted: BTreeMap<u8, String>,
    set: HashSet<u8>,
    ordered: BTreeSet<String>,
    option: Option<Box<u8>>,
    pair: (u8, bool),
    text: String,
    mark: char,
    number: f64,
    wide: u128,
}

#[test]
fn check() {
    let all = changed(All::default(), |all| {
        all.list_mut().push(1);
        all.queue_mut().push_front(1);
        all.map_mut().insert("a".to_owned(), 1);
        all.sorted_mut().insert(1, "a".to_owned());
        all.set_mut().insert(1);
        all.ordered_mut().insert("a".to_owned());
        all.option_mut().set(Some(Box::new(1)));
        all.pair_mut()._1_mut().set(true);
        all.text_mut().push_str("ab");
        all.mark_mut().set('x');
        all.number_mut().add(1.5);
        all.wide_mut().add(1);
    });
    assert_eq!((all.list.len(), all.map.len(), all.set.len()), (1, 1, 1));
}
