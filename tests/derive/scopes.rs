//! Types in modules, functions and macros, and where no name means what one would think.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::{check, structs::Task};

mod visible {
    pub mod inner {
        #[derive(
            ipos::Shared, serde::Serialize, serde::Deserialize, Clone, Debug, Default, PartialEq,
        )]
        pub(in crate::scopes::visible) struct Limited {
            pub everywhere: u8,
            pub(super) outside: u8,
            inside: u8,
        }

        #[test]
        fn inside_all_is_visible() {
            crate::check(Limited::default(), |l| l.set_inside(1), &["Inside(Set(1))"]);
        }
    }

    #[test]
    fn outside_what_is_visible_can_be_set() {
        let change = |limited: &mut inner::LimitedMut<'_>| {
            limited.set_everywhere(1);
            limited.set_outside(2);
        };
        let expected = ["Everywhere(Set(1))", "Outside(Set(2))"];
        crate::check(inner::Limited::default(), change, &expected);
    }
}

#[test]
fn a_struct_may_be_local_to_a_function() {
    #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
    struct Local {
        of: Task,
    }
    let local = Local {
        of: Task::default(),
    };
    check(
        local,
        |local| local.of_mut().set_done(true),
        &["Of(Done(Set(true)))"],
    );
}

macro_rules! by_macro {
    ($(#[$attr:meta])* $vis:vis struct $name:ident { $($field:ident: $ty:ty,)* }) => {
        $(#[$attr])*
        $vis struct $name {
            fixed: $crate::structs::Task,
            $($field: $ty,)*
        }
    };
}

by_macro! {
    #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
    pub struct Made { given: Vec<u8>, }
}

#[test]
fn a_struct_may_come_from_a_macro() {
    let made = Made {
        fixed: Task::default(),
        given: vec![],
    };
    check(
        made,
        |made| {
            made.fixed_mut().set_name("m");
            made.given_mut().push(1);
        },
        &[r#"Fixed(Name(Set("m")))"#, "Given(Push(0, 1))"],
    );
}

/// Where nothing has the name that one would think.
mod foreign {
    #![allow(dead_code, non_camel_case_types, unused_macros)]

    mod core {}
    mod std {}
    mod serde {}
    struct Vec;
    struct Box;
    struct String;
    struct Option;
    struct Result;
    struct Some;
    struct None;
    struct Ok;
    struct Err;
    struct Shared;
    struct Cursor;
    trait Serialize {}
    trait Deserialize {}
    trait Clone {}
    trait Debug {}
    trait Deref {}
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
    pub struct Foreign {
        pub text: ::std::string::String,
        pub list: ::std::vec::Vec<u8>,
    }
}

mod unpreluded {
    #![no_implicit_prelude]

    #[derive(
        ::ipos::Shared,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::core::clone::Clone,
        ::core::fmt::Debug,
        ::core::cmp::PartialEq,
    )]
    pub struct Unpreluded {
        pub text: ::std::string::String,
        pub list: ::std::vec::Vec<::core::primitive::u8>,
        pub empty: Nothing,
    }

    #[derive(
        ::ipos::Shared,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::core::clone::Clone,
        ::core::fmt::Debug,
        ::core::cmp::PartialEq,
    )]
    pub struct Nothing {}
}

#[test]
fn a_struct_may_stand_in_any_scope() {
    let foreign = foreign::Foreign {
        text: String::new(),
        list: vec![],
    };
    check(foreign, |f| f.list_mut().push(1), &["List(Push(0, 1))"]);
    let unpreluded = unpreluded::Unpreluded {
        text: String::new(),
        list: vec![],
        empty: unpreluded::Nothing {},
    };
    check(unpreluded, |u| u.set_text("u"), &[r#"Text(Set("u"))"#]);
}
