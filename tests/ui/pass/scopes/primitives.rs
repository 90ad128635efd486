//! Where the names of the primitive types are types of the user.

#![allow(dead_code, non_camel_case_types)]

struct u8;
struct usize;
struct str;
struct bool;

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
    count: ::core::primitive::u8,
}

pub(crate) fn check() {
    let board = Board {
        text: String::new(),
        count: 0,
    };
    assert_eq!(crate::helper::changed(board, |b| b.set_count(1)).count, 1);
}
