//! `#[derive(Shared)]`: what it generates does what the hand-written types do, for every form of
//! struct and in every scope.

use std::collections::HashMap;

use ipos::{
    __private::{Cursor, DecodeError, Incoming, Reader, Recorder},
    Shared,
};
use serde::{Deserialize, Serialize};

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Task {
    pub name: String,
    pub done: bool,
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Board {
    pub title: String,
    pub(crate) tick: u64,
    tasks: Vec<Task>,
    owners: HashMap<String, u32>,
    lead: Option<Task>,
}

/// Applies all patches in `bytes`.
fn apply<T: Shared>(value: &mut T, bytes: &[u8]) {
    let mut incoming = Incoming::new(bytes, None);
    while incoming.advance() {
        value.apply(&mut incoming).unwrap();
    }
}

/// Asserts that `change` writes the patches that `expected` shows, and that all forms of a patch
/// agree: its typed form, its bytes, what they do elsewhere, and what undoes them.
#[track_caller]
fn check<T: Shared + PartialEq>(
    mut value: T,
    change: impl FnOnce(&mut T::Mut<'_>),
    expected: &[&str],
) {
    let before = value.clone();
    let mut recorder = Recorder::default();
    change(&mut T::writer(Cursor::new(&mut value, &mut recorder)));

    let mut rest = recorder.patches();
    let mut patches = vec![];
    while !rest.is_empty() {
        let (patch, after) = postcard::take_from_bytes::<T::Patch>(rest).unwrap();
        let bytes = postcard::to_stdvec(&patch).unwrap();
        assert_eq!(bytes, &rest[..rest.len() - after.len()]);
        patches.push(format!("{:?}", patch.clone()));
        rest = after;
    }
    assert_eq!(patches, expected);

    let mut replica = before.clone();
    apply(&mut replica, recorder.patches());
    assert_eq!(replica, value, "a replica ends as the writer did");
    for undo in recorder.undo().patches() {
        apply(&mut replica, undo);
    }
    assert_eq!(replica, before, "what is undone was never there");

    for value in [&before, &value] {
        let mut bytes = vec![];
        value.encode(&mut bytes);
        assert_eq!(bytes, postcard::to_stdvec(value).unwrap());
        let mut reader = Reader::new(&bytes);
        assert_eq!(&T::decode(&mut reader).unwrap(), value);
        reader.finish().unwrap();
    }
}

/// A board with one of everything.
fn board() -> Board {
    let task = |name: &str| Task {
        name: name.to_owned(),
        done: false,
    };
    Board {
        title: "start".to_owned(),
        tick: 1,
        tasks: vec![task("plan"), task("build")],
        owners: HashMap::from([("ada".to_owned(), 7)]),
        lead: Some(task("lead")),
    }
}

#[test]
fn a_setter_replaces_its_field() {
    check(board(), |b| b.set_tick(b.tick + 1), &["Tick(Set(2))"]);
    check(board(), |b| b.set_title("t"), &[r#"Title(Set("t"))"#]);
    check(board(), |b| b.set_lead(None), &["Lead(Set(None))"]);
    check(board(), |b| b.set_tasks(vec![]), &["Tasks(Set([]))"]);
}

#[test]
fn a_deeper_wrapper_changes_its_field_in_place() {
    check(
        board(),
        |b| {
            b.tick_mut().modify(|tick| *tick *= 10);
            b.tasks_mut().push(Task::default());
            b.tasks_mut().at(1).set_done(true);
            b.owners_mut().remove("ada");
            b.lead_mut().as_mut().unwrap().set_name("l");
        },
        &[
            "Tick(Set(10))",
            r#"Tasks(Push(2, Task { name: "", done: false }))"#,
            "Tasks(At(1, Done(Set(true))))",
            r#"Owners(Remove("ada"))"#,
            r#"Lead(Some(Name(Set("l"))))"#,
        ],
    );
}

#[test]
fn set_replaces_all_fields() {
    check(
        board(),
        |b| b.set(Board::default()),
        &[
            r#"Title(Set(""))"#,
            "Tick(Set(0))",
            "Tasks(Set([]))",
            "Owners(Set([]))",
            "Lead(Set(None))",
        ],
    );
    check(
        board(),
        |b| b.tasks_mut().at(0).set(Task::default()),
        &[
            r#"Tasks(At(0, Name(Set(""))))"#,
            "Tasks(At(0, Done(Set(false))))",
        ],
    );
}

#[test]
fn a_wrapper_reads_and_prints_as_its_struct() {
    let mut task = Task::default();
    let mut recorder = Recorder::default();
    let mut writer = Task::writer(Cursor::new(&mut task, &mut recorder));
    writer.set_name("read me");
    assert_eq!(writer.name, "read me");
    assert_eq!(
        format!("{writer:?}"),
        r#"TaskMut(Task { name: "read me", done: false })"#
    );
}

#[test]
fn a_patch_has_one_form_in_each_format() {
    let patch = BoardPatch::Tick(ipos::NumberPatch::Set(300));
    let bytes = postcard::to_stdvec(&patch).unwrap();
    assert_eq!(bytes, [1, 0, 0xac, 2]);
    let BoardPatch::Tick(ipos::NumberPatch::Set(300)) = postcard::from_bytes(&bytes).unwrap()
    else {
        panic!("{patch:?} was read as something else");
    };
    assert!(postcard::from_bytes::<BoardPatch>(&[5, 0]).is_err());
}

#[test]
fn a_number_that_names_no_field_is_a_fault() {
    let mut value = board();
    let mut incoming = Incoming::new(&[5, 0], None);
    assert!(incoming.advance());
    let fault = value.apply(&mut incoming).unwrap_err();
    assert!(
        fault.to_string().ends_with("Board has no field number 5"),
        "{fault}"
    );
    assert_eq!(value, board());

    let error: DecodeError = Board::decode(&mut Reader::new(&[0])).unwrap_err();
    assert_eq!(error.at, 1);
}

#[test]
fn the_schema_tells_the_fields() {
    assert_eq!(
        ipos::schema_of::<Board>().to_string(),
        "Board { title: String, tick: u64, tasks: Vec<Task>, owners: HashMap<String, u32>, \
         lead: Option<Task> }"
    );
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Guarded {
    open: u8,
    #[shared(host_only)]
    closed: Vec<u8>,
}

#[test]
fn a_field_for_the_host_alone_is_written_as_any_other() {
    check(
        Guarded::default(),
        |guarded| {
            guarded.set_open(1);
            guarded.closed_mut().push(1);
        },
        &["Open(Set(1))", "Closed(Push(0, 1))"],
    );
    assert_eq!(
        ipos::schema_of::<Guarded>().to_string(),
        "Guarded { open: u8, #[host_only] closed: Vec<u8> }"
    );
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Node {
    children: Vec<Node>,
    next: Option<Box<Self>>,
}

#[test]
fn a_struct_may_hold_itself() {
    check(
        Node::default(),
        |node| {
            node.children_mut().push(Node::default());
            node.children_mut()
                .at(0)
                .set_next(Some(Box::new(Node::default())));
            node.children_mut()
                .at(0)
                .next_mut()
                .as_mut()
                .unwrap()
                .set_next(None);
        },
        &[
            "Children(Push(0, Node { children: [], next: None }))",
            "Children(At(0, Next(Set(Some(Node { children: [], next: None })))))",
            "Children(At(0, Next(Some(Next(Set(None))))))",
        ],
    );
    assert_eq!(
        ipos::schema_of::<Node>().to_string(),
        "Node { children: Vec<Node>, next: Option<Node> }"
    );
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Empty {}

#[test]
fn a_struct_may_be_empty() {
    check(Empty {}, |empty| empty.set(Empty {}), &[]);
    assert_eq!(ipos::schema_of::<Empty>().to_string(), "Empty { }");
    assert!(postcard::from_bytes::<EmptyPatch>(&[0]).is_err());
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
#[allow(non_snake_case)]
struct r#Names {
    r#type: u8,
    self_: u8,
    _1: u8,
    camelCase: u8,
    value: u8,
    cursor: u8,
    operation: u8,
    patch: u8,
    out: u8,
    reader: u8,
    owner: u8,
    schema: u8,
    index: u8,
    access: u8,
    writer: u8,
    serializer: u8,
    deref: u8,
    set: u8,
}

#[test]
fn a_field_may_have_any_name() {
    check(
        Names::default(),
        |names| {
            names.set_type(1);
            names.self__mut().set(1);
            names.set__1(1);
            names.set_camelCase(1);
            names.set_value(1);
            names.cursor_mut().set(1);
            names.deref_mut().set(1);
            names.set_set(1);
            names.set_mut().set(2);
        },
        &[
            "Type(Set(1))",
            "Self_(Set(1))",
            "_1(Set(1))",
            "CamelCase(Set(1))",
            "Value(Set(1))",
            "Cursor(Set(1))",
            "Deref(Set(1))",
            "Set(Set(1))",
            "Set(Set(2))",
        ],
    );
    let schema = ipos::schema_of::<Names>().to_string();
    assert!(
        schema.starts_with("Names { type: u8, self_: u8,"),
        "{schema}"
    );
}

mod visible {
    pub mod inner {
        #[derive(
            ipos::Shared, serde::Serialize, serde::Deserialize, Clone, Debug, Default, PartialEq,
        )]
        pub(in crate::visible) struct Limited {
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
            fixed: $crate::Task,
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
