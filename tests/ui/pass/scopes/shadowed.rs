//! Where the names of the prelude mean something else.

#![allow(dead_code, unused_macros)]

struct Option;
struct Vec;
struct String;
struct Box;
struct Result;
struct Some;
struct None;
struct Ok;
struct Err;
struct Shared;
struct Assign;
struct Cursor;
trait Clone {}
trait Debug {}
trait Default {}
trait Deref {}
trait Send {}
trait Sync {}
trait Serialize {}
trait Deserialize {}
macro_rules! matches {
    () => {};
}
macro_rules! unreachable {
    () => {};
}

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
    next: ::core::option::Option<::std::boxed::Box<Board>>,
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
pub(crate) enum Choice {
    Some(u8),
    None,
    Ok { text: ::std::string::String },
    Err(::std::string::String, u8),
}

#[test]
fn check() {
    let board = Board {
        text: ::std::string::String::new(),
        next: ::core::option::Option::None,
        choice: Choice::None,
    };
    let board = crate::pass::changed(board, |b| {
        b.set_text("x");
        b.choice_mut().set(Choice::Some(1));
        if let ::core::option::Option::Some(mut inside) = b.choice_mut().some_mut() {
            inside.set(2);
        }
    });
    assert_eq!(board.choice, Choice::Some(2));
}
