//! Types that are not the same in two processes: each says what differs, in its own words.

use ipos::{Ipos, Shared};
use ipos_tests::{
    PATIENCE, child,
    roles::forms::{CHANGES, Change, KEY, get, outlive, plain},
    talk::Talk,
};
use serde::{Deserialize, Serialize};

/// The child asks for the host's object, and then the host for the child's, by types of one name.
fn check(ipos: &Ipos, child: &mut Talk, number: usize, row: &Change) {
    let told = |words: &str, there: &str| words.replace("{there}", there);
    let plain = ipos.create(KEY, plain::Board::default()).unwrap();
    ipos.barrier(PATIENCE).unwrap();
    child.say(&number.to_string());
    let at_the_child = told(row.changed_here, "at the host");
    assert_eq!(child.hear().unwrap(), at_the_child, "get, at the child");
    // Then the child puts its own in place of it.
    let at_the_host = told(row.plain_here, "in peer 1's object");
    assert_eq!(outlive(&plain), at_the_host, "a handle at the host");
    assert_eq!(get::<plain::Board>(ipos), at_the_host, "get, at the host");
    let value = ipos.value(KEY).unwrap().to_string();
    assert_eq!(child.hear().unwrap(), value, "the value, by its schema");
    let schema = ipos.schema(KEY).unwrap();
    assert!(
        !schema
            .difference(&ipos::schema_of::<plain::Board>())
            .is_empty()
    );
    // And the host again.
    ipos.create(KEY, plain::Board::default()).unwrap();
    assert_eq!(child.hear().unwrap(), at_the_child, "a handle at the child");
}

#[test]
fn each_change_of_a_type_is_told_on_both_sides() {
    let ipos = Ipos::host().unwrap();
    let process = ipos.spawn(child!("forms/child")).unwrap();
    let mut child = Talk::with(&process);
    for (number, row) in CHANGES.iter().enumerate() {
        println!("{}", row.plain_here);
        check(&ipos, &mut child, number, row);
    }
}

mod guarded {
    use super::{Deserialize, Serialize, Shared};

    /// The plain board, but that the host alone may write its title.
    #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
    pub struct Task {
        pub name: String,
        #[shared(host_only)]
        pub done: bool,
    }
}

#[test]
fn a_type_that_members_may_not_create_differs_by_its_attribute() {
    let ipos = Ipos::host().unwrap();
    ipos.create(KEY, plain::Task::default()).unwrap();
    let told = get::<guarded::Task>(&ipos);
    let there = "in this process's object";
    assert_eq!(told, "Task.done is #[host_only] only here");
    ipos.create(KEY, guarded::Task::default()).unwrap();
    let told = get::<plain::Task>(&ipos);
    assert_eq!(told, format!("Task.done is #[host_only] only {there}"));
    let error = ipos.get::<plain::Task>(KEY).unwrap_err().to_string();
    assert!(
        error.starts_with("`board` is asked for as Task {"),
        "{error}"
    );
    assert!(error.contains(&told), "{error}");
}
