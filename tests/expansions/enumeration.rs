//! An enum with variants of all kinds.

use ipos::Shared;
use serde::{Deserialize, Serialize};

/// A shape.
#[derive(Shared, Serialize, Deserialize, Clone, Debug)]
pub enum Shape {
    /// None at all.
    Empty,
    /// By its radius.
    Circle(f64),
    /// By two corners.
    Line(u32, u32),
    /// By its sides.
    Rect {
        /// The width.
        w: f64,
        /// The height.
        h: f64,
    },
}
