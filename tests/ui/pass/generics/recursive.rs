//! A recursive type with a parameter.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum List<T> {
    Empty,
    Cell { head: T, tail: Box<List<T>> },
}

#[test]
fn check() {
    let list = List::Cell {
        head: 1_u8,
        tail: Box::new(List::Empty),
    };
    let list = changed(list, |list| {
        let mut cell = list.cell_mut().expect("it is one");
        cell.tail_mut().set(List::Cell {
            head: 2,
            tail: Box::new(List::Empty),
        });
        cell.set_head(3);
    });
    assert!(matches!(list, List::Cell { head: 3, .. }));
}
