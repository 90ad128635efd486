//! Private types of which only a part is used.

#![deny(
    warnings,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    unused,
    elided_lifetimes_in_paths,
    unused_qualifications,
    clippy::pedantic
)]

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Board {
    title: String,
    unset: u8,
    shape: Shape,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Shape {
    Circle(f64),
    Rect { w: f64, h: f64 },
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Pair(u8, u8);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Unit;

#[test]
fn check() {
    let shape = Shape::Circle(1.0);
    let board = changed(
        Board {
            title: String::new(),
            unset: 1,
            shape,
        },
        |b| b.set_title("x"),
    );
    assert_eq!((board.title.as_str(), board.unset), ("x", 1));
    assert_ne!(board.shape, Shape::Rect { w: 1.0, h: 1.0 });
    assert_eq!(changed(Pair(1, 2), |pair| pair.set_1(3)).1, 3);
    assert_eq!(changed(Unit, |_| ()), Unit);
}
