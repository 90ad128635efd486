//! An enum with variants of each form.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Shape {
    Empty,
    Circle(f64),
    Pair(u8, u8),
    Rect { w: f64, h: f64 },
    Braces {},
    Parens(),
}

#[test]
fn check() {
    let shape = changed(Shape::Empty, |shape| {
        assert!(shape.circle_mut().is_none());
        shape.set(Shape::Circle(1.0));
        shape.circle_mut().expect("it is one now").set(2.0);
        shape.set(Shape::Pair(1, 2));
        shape.pair_mut().expect("it is one now").set_1(3);
        shape.set(Shape::Braces {});
        shape.set(Shape::Parens());
        shape.set(Shape::Rect { w: 1.0, h: 1.0 });
        if let Some(mut rect) = shape.rect_mut() {
            rect.set_w(3.0);
            rect.h_mut().add(1.0);
        }
    });
    assert_eq!(shape, Shape::Rect { w: 3.0, h: 2.0 });
}
