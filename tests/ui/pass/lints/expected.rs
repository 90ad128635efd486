//! Lints that the user expects at fields, variants and types.

#![deny(warnings, unfulfilled_lint_expectations)]

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[expect(non_snake_case)]
struct Board {
    Title: String,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[expect(non_camel_case_types)]
enum choice {
    this,
    that(u8),
}

#[test]
fn check() {
    assert_eq!(changed(Board::default(), |b| b.set_Title("x")).Title, "x");
    assert_eq!(
        changed(choice::this, |it| it.set(choice::that(1))),
        choice::that(1)
    );
}
