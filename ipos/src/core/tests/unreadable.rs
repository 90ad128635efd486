//! Values that the schema allows and a Rust type refuses: a replica that parts from its type goes on as one
//! whose type takes everything.

mod hearing;
mod host;

use serde::{Deserialize, Serialize};

use crate::{
    Shared,
    core::{ObjectId, Parcel, PeerId, Replica, State, Typed, Untyped, commit},
    cursor::Cursor,
    recorder::{Recorder, UndoLog},
    wire::DecodeError,
};

trait Number: Shared {
    fn of(number: u32) -> Self;
    fn set(writer: Self::Mut<'_>, number: u32);
}

/// Takes every number.
mod any {
    use super::{Deserialize, Number, Serialize, Shared};

    #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
    #[shared(atomic)]
    pub(super) struct Even(pub(super) u32);

    impl Number for Even {
        fn of(number: u32) -> Self {
            Self(number)
        }
        fn set(mut writer: Self::Mut<'_>, number: u32) {
            writer.set(Self(number));
        }
    }
}

/// Takes even numbers alone.
mod even {
    use super::{Deserialize, Number, Serialize, Shared};

    #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
    #[shared(atomic)]
    #[serde(try_from = "u32")]
    pub(super) struct Even(u32);

    impl TryFrom<u32> for Even {
        type Error = String;
        fn try_from(number: u32) -> Result<Self, String> {
            match number % 2 {
                0 => Ok(Self(number)),
                _ => Err(format!("{number} is odd")),
            }
        }
    }

    impl Number for Even {
        fn of(number: u32) -> Self {
            Self(number)
        }
        fn set(mut writer: Self::Mut<'_>, number: u32) {
            writer.set(Self(number));
        }
    }
}

const OBJECT: ObjectId = ObjectId {
    creator: PeerId::HOST,
    number: 0,
};

/// Who makes the commits of others.
const OTHER: PeerId = PeerId(7);

#[derive(Clone, Copy, Debug)]
enum Edit {
    Push(u32),
    Insert(usize, u32),
    Set(usize, u32),
    Remove(usize),
}
use Edit::{Insert, Push, Remove, Set};

fn list<E: Number>(numbers: &[u32]) -> Vec<E> {
    numbers.iter().map(|&number| E::of(number)).collect()
}

fn edit<E: Number>(value: &mut Vec<E>, recorder: &mut Recorder, edits: &[Edit]) {
    let mut writer = Vec::writer(Cursor::new(value, recorder));
    for &edit in edits {
        match edit {
            Push(number) => writer.push(E::of(number)),
            Insert(at, number) => writer.insert(at, E::of(number)),
            Set(at, number) => E::set(writer.at(at), number),
            Remove(at) => drop(writer.remove(at)),
        }
    }
}

/// The patches of edits, which are made on `value`.
fn patches(value: &mut Vec<any::Even>, edits: &[Edit]) -> Vec<u8> {
    let mut recorder = Recorder::default();
    edit(value, &mut recorder, edits);
    recorder.patches().to_vec()
}

fn replica<E: Number>(numbers: &[u32]) -> Replica {
    Replica::new(OBJECT, 0, Box::new(Typed::new(list::<E>(numbers))))
}

fn numbers(state: &dyn State) -> Vec<u32> {
    let mut bytes = vec![];
    state.encode(&mut bytes);
    let typed = Typed::<Vec<any::Even>>::from_bytes(&bytes, state.schema().clone()).unwrap();
    typed.value.iter().map(|even| even.0).collect()
}

/// Proposes a commit.
fn propose<E: Number>(replica: &mut Replica, number: u64, edits: &[Edit]) {
    let (state, recorder) = replica.parts();
    let typed: &mut Typed<Vec<E>> = state.as_any_mut().downcast_mut().unwrap();
    edit(&mut typed.value, recorder, edits);
    replica.commit_pending(number, true);
}

#[derive(Clone, Copy, Debug)]
enum Step {
    /// A commit of this member, which counts as a whole.
    Own(&'static [Edit]),
    /// Commits of others that come in together, each made on the confirmed value.
    Theirs(&'static [&'static [Edit]]),
    /// The verdict on the oldest commit.
    Accepted,
    Amended(&'static [Edit]),
    Refused,
    /// The object is given anew, as when something was missed.
    Anew(&'static [u32]),
    /// The Rust type is asked whether it takes the value by now.
    Get(bool),
}
use Step::{Accepted, Amended, Anew, Get, Own, Refused, Theirs};

struct Row {
    name: &'static str,
    start: &'static [u32],
    steps: &'static [Step],
    /// What the handles from before can read, once the object has gone on without them.
    last: &'static [u32],
    end: &'static [u32],
}

const ROWS: &[Row] = &[
    Row {
        name: "nothing is pending",
        start: &[2, 4],
        steps: &[
            Theirs(&[&[Push(3)]]),
            Get(false),
            Theirs(&[&[Remove(2)]]),
            Get(true),
        ],
        last: &[2, 4],
        end: &[2, 4],
    },
    Row {
        name: "what comes passes what is pending",
        start: &[2, 4],
        steps: &[
            Own(&[Set(0, 6)]),
            Theirs(&[&[Set(1, 3)]]),
            Get(false),
            Accepted,
            Theirs(&[&[Set(1, 8)]]),
            Get(true),
        ],
        last: &[6, 4],
        end: &[6, 8],
    },
    Row {
        name: "what comes is where something is pending",
        start: &[2, 4],
        steps: &[
            Own(&[Set(1, 6)]),
            Own(&[Push(8)]),
            Theirs(&[&[Set(1, 3)]]),
            // What is shown could be read, what is confirmed could not.
            Get(false),
            Accepted,
            Get(true),
            Refused,
        ],
        last: &[2, 6, 8],
        end: &[2, 6],
    },
    Row {
        name: "several come together, and move what is pending",
        start: &[2, 4],
        steps: &[
            Own(&[Set(1, 6)]),
            Own(&[Push(8), Set(0, 10)]),
            Theirs(&[
                &[Insert(0, 12)],
                &[Set(2, 14)],
                &[Insert(1, 3)],
                &[Insert(0, 16)],
            ]),
            Get(false),
            Accepted,
            Accepted,
            Theirs(&[&[Set(2, 18)]]),
            Get(true),
            Own(&[Set(0, 20)]),
            Accepted,
        ],
        last: &[12, 10, 6, 8],
        end: &[20, 12, 18, 10, 6, 8],
    },
    Row {
        name: "what the host makes of a commit of this member",
        start: &[2],
        steps: &[
            Own(&[Push(4)]),
            Own(&[Push(6)]),
            Amended(&[Push(3)]),
            Get(false),
            Accepted,
            Theirs(&[&[Remove(1)]]),
            Get(true),
        ],
        last: &[2, 4, 6],
        end: &[2, 6],
    },
    Row {
        name: "it is given anew",
        start: &[2],
        steps: &[
            Own(&[Push(4)]),
            Anew(&[5, 3]),
            Get(false),
            Accepted,
            Anew(&[2, 8]),
            Get(true),
        ],
        last: &[2, 4],
        end: &[2, 8],
    },
    Row {
        name: "it becomes unreadable twice",
        start: &[2],
        steps: &[
            Theirs(&[&[Set(0, 3)]]),
            Theirs(&[&[Set(0, 4)]]),
            Get(true),
            Own(&[Push(8)]),
            Theirs(&[&[Set(0, 5)]]),
            Get(false),
            Refused,
            Theirs(&[&[Set(0, 6)]]),
            Get(true),
        ],
        last: &[4, 8],
        end: &[6],
    },
];

/// One member that refuses odd numbers and one that takes all, beside what is confirmed.
struct Both {
    strict: Replica,
    lenient: Replica,
    confirmed: Vec<any::Even>,
    seq: u64,
    last: Option<Replica>,
}

impl Both {
    fn new(start: &[u32]) -> Self {
        Self {
            strict: replica::<even::Even>(start),
            lenient: replica::<any::Even>(start),
            confirmed: list(start),
            seq: 0,
            last: None,
        }
    }

    /// The same for both.
    fn change(&mut self, change: impl Fn(&mut Replica) -> Result<bool, DecodeError>) {
        change(&mut self.lenient).unwrap();
        if let Err(refused) = change(&mut self.strict) {
            let told = refused.problem.to_string();
            assert!(told.contains("Even refuses it: "), "{told}");
            let held = self.strict.part(refused, change).unwrap();
            self.last = Some(std::mem::replace(&mut self.strict, held));
        }
    }

    /// The host has confirmed patches.
    fn confirm(&mut self, patches: &[u8]) {
        let mut state = Typed::new(std::mem::take(&mut self.confirmed));
        commit::apply(&mut state, patches, &mut UndoLog::default()).unwrap();
        self.confirmed = state.value;
        self.seq += 1;
    }

    fn step(&mut self, number: &mut u64, step: Step) {
        let oldest = self.lenient.pending_forms().next();
        let oldest = oldest.map(|(number, form)| (number, form.to_vec()));
        match step {
            Own(edits) => {
                *number += 1;
                propose::<even::Even>(&mut self.strict, *number, edits);
                propose::<any::Even>(&mut self.lenient, *number, edits);
            }
            Theirs(commits) => {
                let first = self.seq + 1;
                let commits: Vec<_> = commits
                    .iter()
                    .map(|edits| patches(&mut self.confirmed, edits))
                    .collect();
                self.seq += commits.len() as u64;
                self.change(|replica| {
                    let commits = (first..).zip(&commits);
                    let commits = commits.map(|(seq, patches)| (seq, OTHER, &patches[..]));
                    replica.apply_confirmed(commits).map(|()| true)
                });
            }
            Accepted => {
                let (oldest, form) = oldest.unwrap();
                self.confirm(&form);
                let (seq, form) = (self.seq, Some(&form[..]));
                self.change(|replica| replica.confirm_own(seq, oldest, form));
            }
            Amended(edits) => {
                let (oldest, form) = (oldest.unwrap().0, patches(&mut self.confirmed, edits));
                self.seq += 1;
                let (seq, form) = (self.seq, Some(&form[..]));
                self.change(|replica| replica.confirm_own(seq, oldest, form));
            }
            Refused => {
                let oldest = oldest.unwrap().0;
                self.seq += 1;
                let seq = self.seq;
                self.change(|replica| Ok(replica.refuse_own(seq, oldest, "no")));
            }
            Anew(numbers) => {
                self.confirmed = list(numbers);
                self.seq += 1;
                let state = Typed::new(self.confirmed.clone());
                let mut value = Vec::new();
                state.encode(&mut value);
                let parcel = Parcel {
                    at: self.seq,
                    object: OBJECT,
                    key: "list".into(),
                    schema: state.schema().clone(),
                    reserved: false,
                    value: value.into(),
                };
                self.change(|replica| {
                    let state = Untyped::from_bytes(parcel.value.clone(), parcel.schema.clone())?;
                    replica.rebind(&parcel, Box::new(state)).map(|()| true)
                });
            }
            Get(is_taken) => {
                let taken = self.strict.retype::<Vec<even::Even>>();
                assert_eq!(taken.is_ok(), is_taken, "{taken:?}");
                assert_eq!(self.strict.is_untyped(), !is_taken);
            }
        }
        let forms = |replica: &Replica| -> Vec<_> {
            let forms = replica.pending_forms();
            forms
                .map(|(number, form)| (number, form.to_vec()))
                .collect()
        };
        let shown = numbers(self.strict.state());
        assert_eq!(
            shown,
            numbers(self.lenient.state()),
            "what is shown after {step:?}"
        );
        assert_eq!(
            forms(&self.strict),
            forms(&self.lenient),
            "what is pending after {step:?}"
        );
        assert_eq!(self.strict.seq(), self.lenient.seq());
    }
}

#[test]
fn an_object_goes_on_without_the_type_that_refuses_it() {
    for row in ROWS {
        let mut both = Both::new(row.start);
        let mut number = 0;
        for &step in row.steps {
            both.step(&mut number, step);
        }
        assert_eq!(numbers(both.strict.state()), row.end, "{}", row.name);
        let last = both.last.expect("something was refused");
        assert!(last.is_unreadable());
        assert_eq!(numbers(last.state()), row.last, "the last of: {}", row.name);
        // Who waits there for a verdict that had not come is not told that there is one.
        assert_eq!(last.first_pending(), None);
    }
}

#[test]
fn who_waits_for_a_verdict_is_told_only_what_is_known() {
    let mut strict = replica::<even::Even>(&[2]);
    propose::<even::Even>(&mut strict, 1, &[Push(4)]);
    propose::<even::Even>(&mut strict, 2, &[Push(6)]);
    propose::<even::Even>(&mut strict, 3, &[Push(8)]);
    assert!(strict.refuse_own(1, 1, "no"));
    let odd = patches(&mut list(&[2]), &[Set(0, 3)]);
    let change = |replica: &mut Replica| {
        let commits = [(2, OTHER, &odd[..])];
        replica.apply_confirmed(commits).map(|()| true)
    };
    let refused = change(&mut strict).unwrap_err();
    let mut held = strict.part(refused, change).unwrap();
    assert_eq!(strict.verdict(1), Some(Err("no".to_owned())));
    assert_eq!((strict.verdict(2), strict.verdict(3)), (None, None));
    assert!(held.refuse_own(3, 2, "no, no"));
    assert_eq!(held.take_refusals(), Some(("no, no".to_owned(), 0)));
}

#[test]
fn what_the_schema_refuses_is_for_the_peer_to_answer_for() {
    let rows: [&[u8]; 3] = [&[99], &[0, 1, 1], &[0, 2, 1]];
    for bytes in rows {
        let mut strict = replica::<even::Even>(&[2]);
        let change = |replica: &mut Replica| {
            let commits = [(1, OTHER, bytes)];
            replica.apply_confirmed(commits).map(|()| true)
        };
        let refused = change(&mut strict).unwrap_err();
        strict.part(refused, change).unwrap_err();
        assert_eq!(numbers(strict.state()), [2]);
        host::answer(&mut strict, 1, bytes).unwrap_err();
        assert_eq!(numbers(strict.state()), [2]);
    }
}
