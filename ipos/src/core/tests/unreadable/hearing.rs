//! Who listens to an object that becomes unreadable hears of all that its type takes, and that it ends.

use std::sync::{Arc, Mutex};

use super::{
    Both,
    Edit::{Insert, Push, Remove, Set},
    OBJECT, OTHER,
    Step::{self, Accepted, Amended, Anew, Own, Refused, Theirs},
    even, list, numbers, patches, propose, replica,
};
use crate::{
    core::{
        Audience, ObjectId, Parcel, Replica, Told, Typed, Untyped,
        commit::{self, Applied},
    },
    recorder::UndoLog,
};

/// One who listens, by the type that refuses odd numbers.
#[derive(Debug)]
struct Listener(Mutex<Log>);

#[derive(Debug)]
struct Log {
    /// The value, as what was told makes it.
    copy: Typed<Vec<even::Even>>,
    heard: Vec<String>,
}

impl Audience for Listener {
    fn is_empty(&self) -> bool {
        false
    }

    fn tell(&self, told: Told<'_>) {
        let mut log = self.0.lock().unwrap();
        let line = match told {
            Told::Committed { commit, patches } => {
                log.apply(patches);
                format!("{commit}: {:?}", numbers(&log.copy))
            }
            Told::Happened { seq, .. } => format!("happened at {seq}"),
            Told::Patched { seq, patches, .. } => {
                log.apply(patches);
                format!("at {seq}: {:?}", numbers(&log.copy))
            }
            Told::Rebased(rebased) => {
                for patches in [rebased.inverse, rebased.commit, rebased.after] {
                    log.apply(patches);
                }
                format!("at {}: {:?}", rebased.seq, numbers(&log.copy))
            }
            Told::Reset { seq } => format!("anew at {seq}"),
            Told::Settled { commit, verdict } => match verdict {
                Ok(seq) => format!("{commit} counts at {seq}"),
                Err(reason) => format!("{commit}: {reason}"),
            },
            Told::Ended => "ended".into(),
        };
        log.heard.push(line);
    }
}

impl Log {
    fn apply(&mut self, patches: &[u8]) {
        let applied = commit::apply(&mut self.copy, patches, &mut UndoLog::default());
        assert_eq!(applied, Ok(Applied::Whole));
    }
}

impl Listener {
    /// Listens to an object from now on.
    fn join(replica: &mut Replica) -> Arc<Self> {
        let listener = Arc::new(Self(Mutex::new(Log {
            copy: Typed::new(list(&numbers(replica.state()))),
            heard: vec![],
        })));
        replica.tell_to(listener.clone());
        listener
    }

    fn copy(&self) -> Vec<u32> {
        numbers(&self.0.lock().unwrap().copy)
    }

    fn heard(&self) -> Vec<String> {
        self.0.lock().unwrap().heard.clone()
    }
}

struct Row {
    name: &'static str,
    start: &'static [u32],
    steps: &'static [Step],
    heard: &'static [&'static str],
}

const ROWS: &[Row] = &[
    Row {
        name: "nothing is pending; what comes together is told one by one",
        start: &[2, 4],
        steps: &[
            Theirs(&[&[Push(6)], &[Push(3)], &[Push(8)]]),
            Theirs(&[&[Remove(3)]]),
        ],
        heard: &["at 1: [2, 4, 6]", "ended"],
    },
    Row {
        name: "what comes passes what is pending",
        start: &[2, 4],
        steps: &[
            Own(&[Set(0, 6)]),
            Theirs(&[&[Set(1, 8)], &[Set(1, 3)]]),
            Accepted,
        ],
        heard: &["1: [6, 4]", "at 1: [6, 8]", "1: ?", "ended"],
    },
    Row {
        name: "what comes is where something is pending",
        start: &[2, 4],
        steps: &[
            Own(&[Set(1, 6)]),
            Own(&[Push(8)]),
            Theirs(&[&[Insert(0, 10)], &[Set(2, 3)], &[Set(2, 4)]]),
            Accepted,
            Refused,
        ],
        heard: &[
            "1: [2, 6]",
            "2: [2, 6, 8]",
            "at 1: [10, 2, 6, 8]",
            "1: ?",
            "2: ?",
            "ended",
        ],
    },
    Row {
        name: "a verdict that came before, and one that comes with what cannot be read",
        start: &[2],
        steps: &[
            Own(&[Push(4)]),
            Own(&[Push(6)]),
            Own(&[Push(8)]),
            Own(&[Push(10)]),
            Accepted,
            Refused,
            Amended(&[Push(3)]),
            Accepted,
        ],
        heard: &[
            "1: [2, 4]",
            "2: [2, 4, 6]",
            "3: [2, 4, 6, 8]",
            "4: [2, 4, 6, 8, 10]",
            "1 counts at 1",
            "at 2: [2, 4, 8, 10]",
            "2: no",
            "3 counts at 3",
            "4: ?",
            "ended",
        ],
    },
    Row {
        name: "it is given anew",
        start: &[2],
        steps: &[Own(&[Push(4)]), Anew(&[5, 3]), Accepted, Anew(&[2])],
        heard: &["1: [2, 4]", "1: ?", "ended"],
    },
];

#[test]
fn who_listens_is_told_what_the_type_takes_and_then_that_it_ends() {
    let unknown = "not known here: the object became unreadable before its host answered";
    for row in ROWS {
        let mut both = Both::new(row.start);
        let listener = Listener::join(&mut both.strict);
        let mut number = 0;
        for &step in row.steps {
            both.step(&mut number, step);
            let seen = both.last.as_ref().unwrap_or(&both.strict);
            let name = row.name;
            assert_eq!(listener.copy(), numbers(seen.state()), "{name}, {step:?}");
        }
        assert!(both.last.is_some(), "{}", row.name);
        let heard = listener.heard().into_iter();
        let heard: Vec<_> = heard.map(|line| line.replace(unknown, "?")).collect();
        assert_eq!(heard, row.heard, "{}", row.name);
    }
}

#[test]
fn what_was_pending_on_an_overwritten_object_is_refused_though_the_next_cannot_be_read() {
    let mut strict = replica::<even::Even>(&[2]);
    let listener = Listener::join(&mut strict);
    propose::<even::Even>(&mut strict, 1, &[Push(4)]);
    let next = replica::<super::any::Even>(&[3]);
    let mut value = Vec::new();
    next.state().encode(&mut value);
    let parcel = Parcel {
        at: 1,
        object: ObjectId {
            number: 1,
            ..OBJECT
        },
        key: "list".into(),
        schema: next.state().schema().clone(),
        reserved: false,
        value: value.into(),
    };
    let change = |replica: &mut Replica| {
        let state = Untyped::from_bytes(parcel.value.clone(), parcel.schema.clone())?;
        replica.rebind(&parcel, Box::new(state)).map(|()| true)
    };
    let refused = change(&mut strict).unwrap_err();
    strict.part(refused, change).unwrap();
    let reason = "the object was overwritten or deleted before its host answered";
    assert_eq!(strict.verdict(1), Some(Err(reason.to_owned())));
    let heard = ["1: [2, 4]", &format!("1: {reason}"), "ended"];
    assert_eq!(listener.heard(), heard);
}

#[test]
fn what_the_schema_refuses_is_told_to_nobody() {
    let mut strict = replica::<even::Even>(&[2]);
    let listener = Listener::join(&mut strict);
    let change = |replica: &mut Replica| {
        let commits = [(1, OTHER, &[99][..])];
        replica.apply_confirmed(commits).map(|()| true)
    };
    let refused = change(&mut strict).unwrap_err();
    strict.part(refused, change).unwrap_err();
    assert_eq!(listener.heard(), [""; 0]);
    // It is told of what comes, as before.
    let even = patches(&mut list(&[2]), &[Push(4)]);
    strict.apply_confirmed([(1, OTHER, &even[..])]).unwrap();
    assert_eq!(listener.heard(), ["at 1: [2, 4]"]);
}
