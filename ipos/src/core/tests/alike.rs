//! A value that is held by its schema behaves as one that is held by its Rust type, and reading
//! over a patch takes what applying it takes.

use proptest::{collection::vec, prelude::*, sample::Index};

use super::deep::{self, Deep};
use crate::{
    core::{
        State, Typed, Untyped,
        commit::{self, Applied},
    },
    patch::{Fault, Incoming},
    recorder::UndoLog,
    wire::{DecodeError, Reader},
};

/// The same value, held in both ways.
struct Both {
    typed: Typed<Deep>,
    untyped: Untyped,
}

impl Both {
    fn new(value: &Deep) -> Self {
        let typed = Typed::new(value.clone());
        let schema = typed.schema().clone();
        let untyped = Untyped::from_bytes(encoded(&typed), schema).unwrap();
        Self { typed, untyped }
    }

    #[track_caller]
    fn agree(&self) {
        let typed = Typed::<Deep>::from_bytes(&encoded(&self.untyped), self.typed.schema().clone());
        assert_eq!(typed.unwrap().value, self.typed.value);
    }
}

fn encoded(state: &dyn State) -> Vec<u8> {
    let mut bytes = Vec::new();
    state.encode(&mut bytes);
    bytes
}

/// What became of a patch, and how many bytes it had if that can be told.
#[derive(Debug, PartialEq)]
enum Fate {
    Applied(usize),
    Gone(usize),
    Malformed,
}

/// Applies the first patch of `bytes`.
fn fate(state: &mut dyn State, bytes: &[u8]) -> Fate {
    let mut incoming = Incoming::new(bytes, None);
    assert!(incoming.advance());
    match state.apply(&mut incoming) {
        Ok(()) => Fate::Applied(incoming.patch().len()),
        Err(Fault::Malformed(_)) => Fate::Malformed,
        Err(Fault::Gone | Fault::Already) => match skip(state, bytes) {
            Ok(length) => Fate::Gone(length),
            Err(_) => Fate::Malformed,
        },
    }
}

/// How many bytes the first patch of `bytes` has, by the schema alone.
fn skip(state: &dyn State, bytes: &[u8]) -> Result<usize, DecodeError> {
    let mut reader = Reader::new(bytes);
    state.schema().skip_patch(&mut reader)?;
    Ok(reader.position())
}

/// Applies patches one by one, until one is malformed.
fn patch_by_patch(value: &Deep, mut bytes: &[u8]) {
    let mut both = Both::new(value);
    while !bytes.is_empty() {
        let before = both.typed.value.clone();
        let typed = fate(&mut both.typed, bytes);
        assert_eq!(typed, fate(&mut both.untyped, bytes), "of {bytes:?}");
        both.agree();
        let skipped = skip(&both.typed, bytes);
        match typed {
            Fate::Applied(length) => {
                assert_eq!(skipped, Ok(length), "{bytes:?} is read over");
                bytes = &bytes[length..];
            }
            Fate::Gone(length) => {
                assert_eq!(both.typed.value, before, "what is gone changes nothing");
                bytes = &bytes[length..];
            }
            Fate::Malformed => {
                assert_eq!(
                    both.typed.value, before,
                    "what is malformed changes nothing"
                );
                skipped.expect_err("it is malformed for the schema too");
                return;
            }
        }
    }
}

/// Applies a commit as a whole, and undoes it.
fn as_a_commit(value: &Deep, bytes: &[u8]) {
    let mut both = Both::new(value);
    let (mut typed_undo, mut untyped_undo) = (UndoLog::default(), UndoLog::default());
    let typed = commit::apply(&mut both.typed, bytes, &mut typed_undo);
    let untyped = commit::apply(&mut both.untyped, bytes, &mut untyped_undo);
    both.agree();
    match (&typed, &untyped) {
        (Ok(typed), Ok(untyped)) => assert_eq!(typed, untyped, "the rest is the same"),
        (Err(_), Err(_)) => assert_eq!(&both.typed.value, value, "all is taken back"),
        _ => panic!("{bytes:?} is {typed:?} or {untyped:?}"),
    }
    if let Ok(Applied::Rest(rest)) = &typed {
        let mut replica = Typed::new(value.clone());
        let applied = commit::apply(&mut replica, rest, &mut UndoLog::default());
        assert_eq!(applied, Ok(Applied::Whole), "the rest has its targets");
        assert_eq!(replica.value, both.typed.value, "the rest is what was done");
    }
    commit::undo(&mut both.typed, &typed_undo);
    commit::undo(&mut both.untyped, &untyped_undo);
    both.agree();
    assert_eq!(&both.typed.value, value, "what is undone was never there");
}

fn bytes_are_a_value_for_both_or_none(bytes: &[u8]) {
    let schema = Typed::new(Deep::default()).schema().clone();
    let typed = Typed::<Deep>::from_bytes(bytes, schema.clone());
    let untyped = Untyped::from_bytes(bytes.to_vec(), schema);
    match (typed, untyped) {
        (Ok(typed), Ok(untyped)) => Both { typed, untyped }.agree(),
        (Err(_), Err(_)) => {}
        (typed, untyped) => panic!("{bytes:?} is {typed:?} or {untyped:?}"),
    }
}

fn damaged(bytes: &[u8], damage: &[(Index, u8)]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for (at, byte) in damage {
        match byte {
            // A third of the damage each: another byte, one byte less, one byte more.
            _ if bytes.is_empty() => bytes.push(*byte),
            0..85 => {
                let at = at.index(bytes.len());
                bytes[at] = byte % 16;
            }
            85..170 => drop(bytes.remove(at.index(bytes.len()))),
            170.. => bytes.insert(at.index(bytes.len()), byte % 16),
        }
    }
    bytes
}

fn damages() -> impl Strategy<Value = Vec<(Index, u8)>> {
    vec(any::<(Index, u8)>(), 1..4)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn patches_do_the_same_with_and_without_the_type(
        value in deep::values(2),
        commit in deep::commits(),
        damages in vec(damages(), 4),
    ) {
        patch_by_patch(&value, &commit);
        as_a_commit(&value, &commit);
        for damage in damages {
            let commit = damaged(&commit, &damage);
            patch_by_patch(&value, &commit);
            as_a_commit(&value, &commit);
        }
    }

    #[test]
    fn values_are_read_alike_with_and_without_the_type(
        value in deep::values(2),
        damages in vec(damages(), 8),
    ) {
        let bytes = encoded(&Typed::new(value));
        bytes_are_a_value_for_both_or_none(&bytes);
        for damage in damages {
            bytes_are_a_value_for_both_or_none(&damaged(&bytes, &damage));
        }
    }
}
