//! A struct that has itself in a box, a list and a map.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

use std::collections::BTreeMap;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Node {
    name: String,
    next: Option<Box<Node>>,
    children: Vec<Self>,
    by_name: BTreeMap<String, Node>,
}

#[test]
fn check() {
    let node = changed(Node::default(), |node| {
        node.set_next(Some(Box::default()));
        node.next_mut()
            .as_mut()
            .expect("it was set")
            .set_name("next");
        node.children_mut().push(Node::default());
        node.children_mut()
            .at(0)
            .children_mut()
            .push(Node::default());
        node.by_name_mut().insert("n".to_owned(), Node::default());
    });
    assert_eq!(node.next.map(|next| next.name).as_deref(), Some("next"));
    assert_eq!(node.children[0].children.len(), 1);
}
