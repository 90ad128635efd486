//! What holds for every shared type.

use ipos::{
    __private::{Cursor, Incoming, Reader, Recorder, UndoLog},
    Patch, Shared,
};
use proptest::{collection::vec, prelude::*, sample::Index};

use ipos_tests::{
    cases::run,
    subject::{DEPTH, Outcome, Subject, attempt, done, must_be, same, sorted_if},
};

/// How many cases each type gets, unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 64;

/// One step of a commit.
#[derive(Clone, Debug)]
enum Step<T, O> {
    /// A method of the wrapper.
    Op(O),
    /// The whole value.
    Replace(T),
}

/// What is done to valid bytes to make others of them.
#[derive(Clone, Debug)]
enum Damage {
    Overwrite(Index, u8),
    Insert(Index, u8),
    Remove(Index),
    Cut(Index),
}

/// Checks commits of random steps on random values of `T`, and what random bytes do to them.
pub(crate) fn check<T: Subject>() {
    let step = prop_oneof![
        9 => T::ops(DEPTH).prop_map(Step::Op),
        1 => T::values(DEPTH).prop_map(Step::Replace),
    ];
    let damage = prop_oneof![
        (any::<Index>(), byte()).prop_map(|(at, byte)| Damage::Overwrite(at, byte)),
        (any::<Index>(), byte()).prop_map(|(at, byte)| Damage::Insert(at, byte)),
        any::<Index>().prop_map(Damage::Remove),
        any::<Index>().prop_map(Damage::Cut),
    ];
    let cases = (
        T::values(DEPTH),
        vec(step, 0..8),
        vec(vec(damage, 1..3), 0..16),
        vec(vec(byte(), 0..24), 0..16),
    );
    run::<T, _>(CASES, &cases, |(value, steps, damages, noise)| {
        survives_the_wire(&value);
        let bytes = commit(&value, &steps);
        for bytes in damages.iter().map(|damages| damaged(&bytes, damages)) {
            leaves_no_trace_when_refused(&value, &bytes);
        }
        let encoded = encoded(&value);
        for bytes in damages.iter().map(|damages| damaged(&encoded, damages)) {
            reads_or_refuses::<T>(&bytes);
        }
        for bytes in noise {
            leaves_no_trace_when_refused(&value, &bytes);
            reads_or_refuses::<T>(&bytes);
        }
    });
}

/// Bytes, mostly ones that mean something.
fn byte() -> BoxedStrategy<u8> {
    prop_oneof![4 => 0..10u8, 1 => Just(0xff), 1 => any::<u8>()].boxed()
}

/// Does a commit on the wrapper and on the plain value, and checks that all forms of it agree.
/// Gives its bytes.
fn commit<T: Subject>(before: &T, steps: &[Step<T, T::Op>]) -> Vec<u8> {
    let (mut value, mut model) = (before.clone(), before.clone());
    let mut recorder = Recorder::default();
    // The value and the number of undo patches after each step.
    let mut history = vec![(before.clone(), 0)];
    for step in steps {
        let (old, told) = (value.clone(), recorder.patches().len());
        let outcome = live(&mut value, &mut recorder, step);
        let told = recorder.patches().len() - told;
        if !matches!(step, Step::Op(op) if T::reaches_in(op)) {
            let whole = size_of_whole(&old).max(size_of_whole(&value));
            assert!(
                told <= whole,
                "{step:?} takes {told} bytes, the whole {whole}"
            );
        }
        assert_eq!(outcome, plain(&mut model, step), "{step:?} gives the same");
        must_be(&value, &model, format_args!("{step:?} does the same"));
        history.push((value.clone(), recorder.undo().patches().count()));
    }
    survives_the_wire(&value);

    let undo: Vec<&[u8]> = recorder.undo().patches().collect();
    let typed = typed_patches::<T>(recorder.patches());
    assert_eq!(typed.len(), undo.len(), "each patch has its inverse");
    let mut replica = before.clone();
    for patch in &typed {
        apply(&mut replica, patch, None);
    }
    must_be(&replica, &value, "the typed patches do the same");
    for inverse in &undo {
        let typed = typed_patches::<T>(inverse);
        assert_eq!(typed.len(), 1, "an inverse is one patch");
        apply(&mut replica, &typed[0], None);
    }
    must_be(&replica, before, "the typed inverses do the same");

    let mut noted = UndoLog::default();
    apply(&mut replica, recorder.patches(), Some(&mut noted));
    must_be(&replica, &value, "a replica ends as the writer did");
    assert_eq!(noted.patches().count(), undo.len());
    for patch in noted.patches() {
        apply(&mut replica, patch, None);
    }
    must_be(&replica, before, "a replica's undo restores");

    // Undone step by step, each of the states between is met again.
    let mut undo = undo.into_iter();
    for (state, inverses) in history.iter().rev() {
        while undo.len() > *inverses {
            apply(&mut value, undo.next().unwrap(), None);
        }
        must_be(&value, state, "the writer's undo restores");
    }
    recorder.patches().to_vec()
}

/// How many bytes it takes to tell a whole value.
fn size_of_whole<T: Shared>(value: &T) -> usize {
    let mut recorder = Recorder::default();
    T::replace(
        Cursor::new(&mut value.clone(), &mut recorder),
        value.clone(),
    );
    recorder.patches().len()
}

fn live<T: Subject>(value: &mut T, recorder: &mut Recorder, step: &Step<T, T::Op>) -> Outcome {
    let cursor = Cursor::new(value, recorder);
    attempt(|| match step {
        Step::Op(op) => T::live(&mut T::writer(cursor), op),
        Step::Replace(value) => done(T::replace(cursor, value.clone())),
    })
}

fn plain<T: Subject>(model: &mut T, step: &Step<T, T::Op>) -> Outcome {
    attempt(|| match step {
        Step::Op(op) => T::plain(model, op),
        Step::Replace(value) => done(*model = value.clone()),
    })
}

/// Reads all of `bytes` as typed patches, and writes each again: by the form that crosses the socket,
/// and by serde.
fn typed_patches<T: Subject>(mut bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut patches = vec![];
    while !bytes.is_empty() {
        let mut reader = Reader::new(bytes);
        let patch = T::Patch::decode(&mut reader)
            .unwrap_or_else(|error| panic!("{bytes:?} is no patch: {error}"));
        let (this, rest) = bytes.split_at(reader.position());
        let mut again = vec![];
        patch.encode(&mut again);
        assert_eq!(sorted_if::<T>(&again), sorted_if::<T>(this), "{patch:?}");
        if T::SERDE_KEEPS {
            let by_serde = postcard::to_stdvec(&patch).unwrap();
            let read: T::Patch = postcard::from_bytes(&by_serde).unwrap();
            assert_eq!(format!("{read:?}").len(), format!("{patch:?}").len());
            if T::AS_SERDE {
                let mut again = vec![];
                read.encode(&mut again);
                assert_eq!(sorted_if::<T>(&again), sorted_if::<T>(this), "{patch:?}");
            }
        }
        patches.push(again);
        bytes = rest;
    }
    patches
}

/// Applies patches that must apply.
fn apply<T: Shared>(value: &mut T, bytes: &[u8], undo: Option<&mut UndoLog>) {
    let mut incoming = Incoming::new(bytes, undo);
    while incoming.advance() {
        value.apply(&mut incoming).unwrap();
    }
}

/// Applies bytes that may be no patches: what is refused changes nothing, and what was applied
/// before can be undone.
fn leaves_no_trace_when_refused<T: Subject>(value: &T, bytes: &[u8]) {
    let mut victim = value.clone();
    let mut undo = UndoLog::default();
    let mut incoming = Incoming::new(bytes, Some(&mut undo));
    while incoming.advance() {
        let before = victim.clone();
        if let Err(fault) = victim.apply(&mut incoming) {
            assert!(
                same(&victim, &before),
                "{fault} in {bytes:?}, but {before:?} became {victim:?}"
            );
            break;
        }
    }
    for patch in undo.patches() {
        apply(&mut victim, patch, None);
    }
    assert!(same(&victim, value), "{bytes:?} undone is {victim:?}");
}

fn encoded<T: Shared>(value: &T) -> Vec<u8> {
    let mut bytes = vec![];
    value.encode(&mut bytes);
    bytes
}

/// A value's bytes are postcard's, if serde writes it as IPOS does, and it is read back from them, and
/// only from all of them.
fn survives_the_wire<T: Subject>(value: &T) {
    let bytes = encoded(value);
    if T::AS_SERDE {
        assert_eq!(bytes, postcard::to_stdvec(value).unwrap());
    }
    let mut reader = Reader::new(&bytes);
    must_be(&T::decode(&mut reader).unwrap(), value, "it is read back");
    reader.finish().unwrap();
    for end in 0..bytes.len() {
        T::decode(&mut Reader::new(&bytes[..end])).expect_err("an end is missing");
    }
}

/// Bytes that may be no value are refused, or are a value like any other.
fn reads_or_refuses<T: Subject>(bytes: &[u8]) {
    let mut reader = Reader::new(bytes);
    if let Ok(value) = T::decode(&mut reader) {
        let again = encoded(&value);
        let value_again = T::decode(&mut Reader::new(&again)).unwrap();
        assert!(
            same(&value_again, &value),
            "{bytes:?}: {value:?} became {value_again:?}"
        );
    }
}

fn damaged(bytes: &[u8], damages: &[Damage]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for damage in damages {
        match damage {
            Damage::Insert(at, byte) => bytes.insert(at.index(bytes.len() + 1), *byte),
            _ if bytes.is_empty() => {}
            Damage::Overwrite(at, byte) => {
                let at = at.index(bytes.len());
                bytes[at] = *byte;
            }
            Damage::Remove(at) => drop(bytes.remove(at.index(bytes.len()))),
            Damage::Cut(at) => bytes.truncate(at.index(bytes.len())),
        }
    }
    bytes
}
