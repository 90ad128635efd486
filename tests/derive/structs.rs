//! Structs: with named fields, tuple structs and unit structs.

use std::collections::HashMap;

use ipos::{
    __private::{Cursor, DecodeError, Reader, Recorder},
    Shared,
};
use serde::{Deserialize, Serialize};

use crate::{check, check_schema, fault};

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
    let fault = fault(&board(), &[5, 0]);
    assert!(fault.ends_with("Board has no field number 5"), "{fault}");

    let error: DecodeError = Board::decode(&mut Reader::new(&[0])).unwrap_err();
    assert_eq!(error.at, 1);
}

#[test]
fn the_schema_tells_the_fields() {
    check_schema::<Board>(
        "struct Board { title: String, tick: u64, tasks: Vec<Task>, owners: HashMap<String, u32>, \
         lead: Option<Task>, } struct Task { name: String, done: bool, }",
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
    check_schema::<Guarded>("struct Guarded { open: u8, #[host_only] closed: Vec<u8>, }");
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
    check_schema::<Node>("struct Node { children: Vec<Node>, next: Option<Node>, }");
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Empty {}

#[test]
fn a_struct_may_be_empty() {
    check(Empty {}, |empty| empty.set(Empty {}), &[]);
    check_schema::<Empty>("struct Empty;");
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
        schema.starts_with("struct Names {\n    type: u8,\n    self_: u8,\n"),
        "{schema}"
    );
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Pair(u8, pub Vec<Task>);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Wrapped(String);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Hollow();

#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
struct Unit;

#[test]
fn a_struct_may_be_a_tuple() {
    check(
        Pair::default(),
        |pair| {
            pair.set_0(1);
            pair._1_mut().push(Task::default());
            pair._1_mut().at(0).set_done(true);
            pair.set(Pair(2, vec![]));
            assert_eq!(pair.0, 2);
        },
        &[
            "F0(Set(1))",
            r#"F1(Push(0, Task { name: "", done: false }))"#,
            "F1(At(0, Done(Set(true))))",
            "F0(Set(2))",
            "F1(Set([]))",
        ],
    );
    check_schema::<Pair>("struct Pair(u8, Vec<Task>); struct Task { name: String, done: bool, }");
    check(
        Wrapped::default(),
        |wrapped| wrapped.set_0("w"),
        &[r#"F0(Set("w"))"#],
    );
    check(Hollow(), |hollow| hollow.set(Hollow()), &[]);
}

#[test]
fn a_struct_may_be_a_unit() {
    check(Unit, |unit| unit.set(Unit), &[]);
    check_schema::<Unit>("struct Unit;");
}
