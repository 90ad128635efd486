//! Where `ipos`, `std`, `core` and `serde` are modules of the user.

#![allow(dead_code)]

mod ipos {}
mod std {}
mod core {}
mod serde {}
mod alloc {}

#[derive(
    ::ipos::Shared,
    ::serde::Serialize,
    ::serde::Deserialize,
    ::core::clone::Clone,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
)]
pub(crate) struct Board {
    text: ::std::string::String,
    choice: Choice,
}

#[derive(
    ::ipos::Shared,
    ::serde::Serialize,
    ::serde::Deserialize,
    ::core::clone::Clone,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
)]
#[shared(rename = "choice")]
pub(crate) enum Choice {
    This(u8),
    That { count: u8 },
}

#[test]
fn check() {
    let board = Board {
        text: String::new(),
        choice: Choice::This(1),
    };
    let board = crate::pass::changed(board, |b| {
        b.set_text("x");
        b.choice_mut().set(Choice::That { count: 1 });
        b.choice_mut().that_mut().expect("it is one").set_count(2);
    });
    assert_eq!(board.choice, Choice::That { count: 2 });
}
