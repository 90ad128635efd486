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

macro_rules! enum_by_macro {
    ($name:ident<$param:ident> { $($variant:ident($ty:ty)),* }) => {
        #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
        enum $name<$param> {
            Fixed { task: $crate::structs::Task, of: $param },
            $($variant($ty),)*
        }
    };
}

enum_by_macro!(MadeEnum<T> { Given(Vec<u8>), Other(T) });

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

#[test]
fn an_enum_may_come_from_a_macro() {
    let made = MadeEnum::Fixed {
        task: Task::default(),
        of: 1u8,
    };
    check(
        made,
        |made| {
            made.fixed_mut().unwrap().task_mut().set_name("m");
            made.fixed_mut().unwrap().set_of(2);
            made.set(MadeEnum::Given(vec![]));
            made.given_mut().unwrap().push(1);
            made.set(MadeEnum::Other(3));
            made.other_mut().unwrap().add(1);
        },
        &[
            r#"Fixed(Task(Name(Set("m"))))"#,
            "Fixed(Of(Set(2)))",
            "Set(Given([]))",
            "Given(Push(0, 1))",
            "Set(Other(3))",
            "Other(Add(1))",
        ],
    );
}

#[test]
fn an_enum_may_be_local_to_a_function() {
    #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
    enum Local<T: Default> {
        Of { task: Task, many: Vec<Local<T>> },
        Other(T),
    }
    let local = Local::<u8>::Of {
        task: Task::default(),
        many: vec![Local::Other(1)],
    };
    check(
        local,
        |local| {
            let mut inside = local.of_mut().unwrap();
            inside.task_mut().set_done(true);
            inside.many_mut().at(0).other_mut().unwrap().set(2);
        },
        &[
            "Of(Task(Done(Set(true))))",
            "Of(Many(At(0, Other(Set(2)))))",
        ],
    );
}

/// Where another crate has put it.
mod renamed {
    pub(crate) mod inner {
        pub(crate) use ipos::*;
    }
}

#[derive(ipos::Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(crate = "renamed::inner")]
struct Elsewhere {
    text: String,
}

#[derive(ipos::Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(crate = crate::scopes::renamed::inner)]
enum AlsoElsewhere {
    Text(String),
}

#[test]
fn the_crate_may_be_elsewhere() {
    let elsewhere = Elsewhere {
        text: String::new(),
    };
    check(elsewhere, |e| e.set_text("e"), &[r#"Text(Set("e"))"#]);
    let elsewhere = AlsoElsewhere::Text(String::new());
    check(
        elsewhere,
        |e| e.text_mut().unwrap().push('e'),
        &[r#"Text(Push(0, "e"))"#],
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

    #[derive(
        ::ipos::Shared,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::core::clone::Clone,
        ::core::fmt::Debug,
        ::core::cmp::PartialEq,
    )]
    pub enum Either<A, B> {
        None,
        Some(A),
        Ok { b: B, some: u8 },
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

    #[derive(
        ::ipos::Shared,
        ::serde::Serialize,
        ::serde::Deserialize,
        ::core::clone::Clone,
        ::core::fmt::Debug,
        ::core::cmp::PartialEq,
    )]
    pub enum Either<A, B> {
        Nothing(Nothing),
        Left(A),
        Right {
            b: B,
            #[shared(skip)]
            local: ::core::primitive::u8,
        },
    }
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

    check(
        foreign::Either::<u8, u8>::Ok { b: 1, some: 2 },
        |either| {
            either.ok_mut().unwrap().set_b(3);
            either.set(foreign::Either::Some(4));
            either.some_mut().unwrap().set(5);
        },
        &["Ok(B(Set(3)))", "Set(Some(4))", "Some(Set(5))"],
    );
    check(
        unpreluded::Either::<u8, u8>::Right { b: 1, local: 0 },
        |either| {
            either.right_mut().unwrap().set_b(3);
            either.right_mut().unwrap().set_local(0);
            either.set(unpreluded::Either::Left(4));
            either.left_mut().unwrap().set(5);
        },
        &["Right(B(Set(3)))", "Set(Left(4))", "Left(Set(5))"],
    );
}
