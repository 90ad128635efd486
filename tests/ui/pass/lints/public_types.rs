//! Public types, with docs, that nobody uses here.

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

use std::marker::PhantomData;

use ipos::{Events, Shared};
use serde::{Deserialize, Serialize};

use crate::pass::changed;

/// A board.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Board<T> {
    /// Its title.
    pub title: String,
    /// What is on it.
    pub items: Vec<T>,
    /// What happens to it.
    pub alarms: Events<T>,
    /// Nothing.
    #[serde(skip)]
    #[shared(skip)]
    pub kind: PhantomData<T>,
}

/// A shape.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
pub enum Shape<T = u8> {
    /// None at all.
    Empty,
    /// A circle with its radius.
    Circle(T),
    /// A rectangle.
    Rect {
        /// Its width.
        w: T,
        /// Its height.
        h: T,
    },
}

/// A color.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(atomic)]
pub struct Color(pub u8, pub u8, pub u8);

#[test]
fn check() {
    let board = changed(Board::<u8>::default(), |b| {
        b.items_mut().push(1);
        b.alarms_mut().emit(1);
    });
    assert_eq!(board.items, [1]);
}
