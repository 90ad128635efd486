//! Types that are called like an enum and one of its variants.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Shape {
    Rect { width: u8, inside: ShapeRect },
    Circle(ShapeCircle, u8),
    Patch { width: u8 },
    Mut(u8, u8),
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct ShapeRect {
    width: u8,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum ShapeCircle {
    Rect { width: u8 },
}

#[test]
fn check() {
    let rect = Shape::Rect {
        width: 0,
        inside: ShapeRect { width: 0 },
    };
    let shape = changed(rect, |shape| {
        let mut rect = shape.rect_mut().expect("it is one");
        rect.set_width(1);
        rect.inside_mut().set_width(2);
    });
    let expected = Shape::Rect {
        width: 1,
        inside: ShapeRect { width: 2 },
    };
    assert_eq!(shape, expected);
    let circle = Shape::Circle(ShapeCircle::Rect { width: 0 }, 0);
    let shape = changed(circle, |shape| {
        let mut circle = shape.circle_mut().expect("it is one");
        let mut rect = circle._0_mut();
        rect.rect_mut().expect("it is one").set_width(3);
    });
    assert_eq!(shape, Shape::Circle(ShapeCircle::Rect { width: 3 }, 0));
}
