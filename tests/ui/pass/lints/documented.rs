//! Docs of every form stand at the type and its parts.

#![deny(warnings, missing_docs)]

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[doc = "A board, with a [link](Board::title)."]
/** And more. */
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Board {
    #[doc = concat!("Its ", "title.")]
    pub title: String,
    #[doc(hidden)]
    pub hidden: u8,
    #[allow(missing_docs)]
    pub bare: u8,
}

#[test]
fn check() {
    assert_eq!(changed(Board::default(), |b| b.set_bare(1)).bare, 1);
}
