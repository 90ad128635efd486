//! Patches can be matched without a wildcard.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

use ipos::{NumberPatch, TextPatch};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Board {
    title: String,
    tick: u32,
    shape: Shape,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
enum Shape {
    #[default]
    Empty,
    Circle(f64),
    Rect {
        w: f64,
        h: f64,
    },
}

fn told(patch: &BoardPatch) -> &'static str {
    match patch {
        BoardPatch::Title(TextPatch::Set(_)) => "a title",
        BoardPatch::Title(_) => "the title",
        BoardPatch::Tick(NumberPatch::Add(_)) => "more ticks",
        BoardPatch::Tick(_) => "ticks",
        BoardPatch::Shape(ShapePatch::Set(Shape::Empty)) => "no shape",
        BoardPatch::Shape(ShapePatch::Set(Shape::Circle(_) | Shape::Rect { .. })) => "a shape",
        BoardPatch::Shape(ShapePatch::Circle(_)) => "the circle",
        BoardPatch::Shape(ShapePatch::Rect(ShapePatchRect::W(_))) => "the width",
        BoardPatch::Shape(ShapePatch::Rect(ShapePatchRect::H(_))) => "the height",
    }
}

#[test]
fn check() {
    changed(Board::default(), |b| b.shape_mut().set(Shape::Empty));
    assert_eq!(told(&BoardPatch::Tick(NumberPatch::Add(1))), "more ticks");
    let height = ShapePatchRect::H(NumberPatch::Set(1.0));
    assert_eq!(
        told(&BoardPatch::Shape(ShapePatch::Rect(height))),
        "the height"
    );
}
