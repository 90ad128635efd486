//! What errors say: what happened, to what, and what to do.

use std::{collections::HashMap, process::Command, time::Duration};

use ipos::{Error, Ipos, Shared};
use ipos_tests::{
    child,
    roles::life::{
        HOUR,
        board::{Board, Entry},
    },
};
use serde::{Deserialize, Serialize};

/// A type of the same name as another one, and of another form.
mod namesake {
    use super::*;

    #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
    pub struct Entry {
        pub count: u32,
    }
}

/// A type of the same name and form as another one.
mod twin {
    use super::*;

    #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
    pub struct Entry {
        pub count: u64,
        pub note: String,
    }
}

/// Something that fails in a session of its own.
type Failing = fn(&Ipos) -> ipos::Result<()>;

/// (what is done, whose error it is, the parts that its text has in this order)
type Case = (
    &'static str,
    Failing,
    fn(&Error) -> bool,
    &'static [&'static str],
);

const fn timeout() -> Duration {
    Duration::from_millis(1)
}

macro_rules! is {
    ($variant:ident) => {
        |error| matches!(error, Error::$variant { .. })
    };
}

const CASES: &[Case] = &[
    // Keys and types:
    (
        "get of an unknown key",
        |i| i.get::<u64>("k").map(drop),
        is!(NoSuchObject),
        &["`k`", "`create`", "`wait_for`"],
    ),
    (
        "get of the empty key",
        |i| i.get::<u64>("").map(drop),
        is!(NoSuchObject),
        &["``"],
    ),
    (
        "get of a deleted key",
        |i| {
            i.create("k", 1u64)?;
            i.delete("k")?;
            i.get::<u64>("k").map(drop)
        },
        is!(Deleted),
        &["`k` was deleted"],
    ),
    (
        "get of a leaf as another one",
        |i| {
            i.create("k", 1u64)?;
            i.get::<i64>("k").map(drop)
        },
        is!(TypeMismatch),
        &["`k`", "i64", "u64"],
    ),
    (
        "get of a list as a text",
        |i| {
            i.create("k", vec![1u8])?;
            i.get::<String>("k").map(drop)
        },
        is!(TypeMismatch),
        &["`k`", "String", "Vec<u8>"],
    ),
    (
        "wait_for of another type",
        |i| {
            i.create("k", HashMap::from([(1u8, Some('a'))]))?;
            i.wait_for::<(bool, f32)>("k", HOUR).map(drop)
        },
        is!(TypeMismatch),
        &["`k`", "(bool, f32)", "HashMap<u8, Option<char>>"],
    ),
    (
        "get of a struct as another one",
        |i| {
            i.create("k", Entry::default())?;
            i.get::<Board>("k").map(drop)
        },
        is!(TypeMismatch),
        &[
            "`k`",
            "Board {",
            "left: u64",
            "Entry { count: u64, note: String }",
        ],
    ),
    (
        "get of a struct as one of the same name",
        |i| {
            i.create("k", Entry::default())?;
            i.get::<namesake::Entry>("k").map(drop)
        },
        is!(TypeMismatch),
        &[
            "`k`",
            "Entry { count: u32 }",
            "Entry { count: u64, note: String }",
        ],
    ),
    (
        "get of a struct as one of the same name and form",
        |i| {
            i.create("k", Entry::default())?;
            i.get::<twin::Entry>("k").map(drop)
        },
        is!(TypeMismatch),
        &["`k`", "twin::Entry", "Entry { count: u64, note: String }"],
    ),
    (
        "get of structs in a list as ones of the same name",
        |i| {
            i.create("k", vec![Entry::default()])?;
            i.get::<Vec<namesake::Entry>>("k").map(drop)
        },
        is!(TypeMismatch),
        &["`k`", "namesake::Entry", "Vec<Entry>"],
    ),
    (
        "create with a key that is too long",
        |i| i.create("k".repeat(1025), 1u64).map(drop),
        is!(KeyTooLong),
        &["1025", "1024"],
    ),
    // Handles of what is gone:
    (
        "update of a deleted object",
        |i| {
            let handle = i.create("k", 1u64)?;
            i.delete("k")?;
            handle.update(|_| unreachable!())
        },
        is!(Deleted),
        &["`k` was deleted", "read", "last state"],
    ),
    (
        "set of a deleted object",
        |i| {
            let handle = i.create("k", 1u64)?;
            i.delete("k")?;
            handle.set(2)
        },
        is!(Deleted),
        &["`k`"],
    ),
    (
        "write of a deleted object",
        |i| {
            let handle = i.create("k", 1u64)?;
            i.delete("k")?;
            handle.write().map(drop)
        },
        is!(Deleted),
        &["`k`"],
    ),
    (
        "changed of a deleted object",
        |i| {
            let handle = i.create("k", 1u64)?;
            i.delete("k")?;
            handle.changed(HOUR)
        },
        is!(Deleted),
        &["`k`"],
    ),
    (
        "wait_until of a deleted object",
        |i| {
            let handle = i.create("k", 1u64)?;
            i.delete("k")?;
            handle.wait_until(HOUR, |&n| n == 2)
        },
        is!(Deleted),
        &["`k`"],
    ),
    (
        "update of a deleted object whose key was given anew",
        |i| {
            let handle = i.create("k", 1u64)?;
            i.delete("k")?;
            i.create("k", 2u64)?;
            handle.set(3)
        },
        is!(Deleted),
        &["`k`"],
    ),
    (
        "update of an object whose key was given to another type",
        |i| {
            let handle = i.create("k", 1u64)?;
            i.create("k", String::new())?;
            handle.update(|_| unreachable!())
        },
        is!(TypeMismatch),
        &["`k`", "u64", "String"],
    ),
    (
        "changed of an object whose key was given to another type",
        |i| {
            let handle = i.create("k", 1u64)?;
            i.create("k", String::new())?;
            handle.changed(HOUR)
        },
        is!(TypeMismatch),
        &["`k`", "u64", "String"],
    ),
    // Time:
    (
        "wait_for of what does not come",
        |i| i.wait_for::<u64>("k", timeout()).map(drop),
        is!(Timeout),
        &["`k`", "1ms"],
    ),
    (
        "wait_until of what does not come",
        |i| i.create("k", 1u64)?.wait_until(timeout(), |&n| n == 2),
        is!(Timeout),
        &["`k`", "1ms"],
    ),
    (
        "changed of what does not change",
        |i| i.create("k", 1u64)?.changed(timeout()),
        is!(Timeout),
        &["`k`", "1ms"],
    ),
    (
        "changed without any time",
        |i| i.create("k", 1u64)?.changed(Duration::ZERO),
        is!(Timeout),
        &["`k`", "0ns"],
    ),
    // Processes:
    (
        "join of a process that nobody invited",
        |_| Ipos::join().map(drop),
        is!(NotInvited),
        &[
            "IPOS_ENDPOINT",
            "`Ipos::spawn`",
            "`Ipos::invite`",
            "`Ipos::host`",
        ],
    ),
    (
        "spawn of no program",
        |i| i.spawn(Command::new("/no/such")).map(drop),
        is!(Process),
        &["start `/no/such`", "No such file"],
    ),
    (
        "spawn of a program that ends",
        |i| i.spawn(child!("life/exits", "7")).map(drop),
        is!(ExitedEarly),
        &[
            "ipos-tests-child",
            "before it was in sync",
            "exit status: 7",
        ],
    ),
    (
        "an invitation that nobody accepts",
        |i| i.invite()?.wait(timeout()).map(drop),
        is!(SyncTimeout),
        &["1ms", "`Ipos::join`"],
    ),
];

#[test]
fn errors_say_what_happened_to_what_and_what_to_do() {
    for (name, failing, is_it, parts) in CASES {
        let ipos = Ipos::host().unwrap();
        let error = failing(&ipos).expect_err(name);
        assert!(is_it(&error), "{name}: {error:?}");
        let text = error.to_string();
        let mut rest = &text[..];
        for part in *parts {
            let at = rest.find(part);
            let at = at.unwrap_or_else(|| panic!("{name}: `{text}` says nothing of {part} there"));
            rest = &rest[at + part.len()..];
        }
        assert!(
            !text.contains("``") || *name == "get of the empty key",
            "{name}: `{text}`"
        );
        // The session is as it was.
        assert_eq!(*ipos.create("after", 1u64).unwrap().read(), 1, "{name}");
    }
}

#[test]
fn what_was_deleted_or_given_to_another_type_keeps_its_last_state() {
    let ipos = Ipos::host().unwrap();
    let deleted = ipos.create("deleted", vec![1, 2]).unwrap();
    let replaced = ipos.create("replaced", vec![1, 2]).unwrap();
    deleted.update(|list| list.push(3)).unwrap();
    replaced.update(|list| list.push(3)).unwrap();
    assert!(ipos.delete("deleted").unwrap());
    assert!(!ipos.delete("deleted").unwrap(), "it is gone already");
    ipos.create("replaced", 5u64).unwrap();
    for handle in [&deleted, &replaced] {
        assert_eq!(*handle.read(), [1, 2, 3]);
        assert!(handle.set(vec![]).is_err());
        assert_eq!(handle.snapshot(), [1, 2, 3]);
        assert_eq!(*handle.clone().read(), [1, 2, 3]);
    }
    assert_eq!(ipos.keys(), ["replaced"]);
    assert!(ipos.contains("replaced") && !ipos.contains("deleted"));
    drop(ipos);
    assert_eq!(*deleted.read(), [1, 2, 3]);
}
