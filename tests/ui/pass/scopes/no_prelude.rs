//! Where nothing has a name by itself.

#![no_implicit_prelude]

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
    list: ::std::vec::Vec<::core::primitive::u8>,
    choice: ::core::option::Option<Choice>,
}

#[derive(
    ::ipos::Shared,
    ::serde::Serialize,
    ::serde::Deserialize,
    ::core::clone::Clone,
    ::core::fmt::Debug,
    ::core::cmp::PartialEq,
)]
pub(crate) enum Choice {
    This(::core::primitive::u8),
    That { text: ::std::string::String },
    Neither,
}

#[::core::prelude::v1::test]
fn check() {
    let board = Board {
        text: ::std::string::String::new(),
        list: ::std::vec::Vec::new(),
        choice: ::core::option::Option::None,
    };
    let board = crate::pass::changed(board, |b| {
        b.set_text("x");
        b.list_mut().push(1);
        b.set_choice(::core::option::Option::Some(Choice::Neither));
    });
    ::core::assert_eq!(board.text, "x");
}
