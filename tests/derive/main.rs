//! `#[derive(Shared)]`: what it generates does what the hand-written types do, for every form of
//! type and in every scope.

mod atomic;
mod enums;
mod generics;
mod scopes;
mod skipped;
mod structs;

use ipos::{
    __private::{Cursor, Incoming, Reader, Recorder},
    Patch, Shared,
};

/// The bytes that `change` of `value` records, and what undoes them.
fn record<T: Shared>(value: &mut T, change: impl FnOnce(&mut T::Mut<'_>)) -> Recorder {
    let mut recorder = Recorder::default();
    change(&mut T::writer(Cursor::new(value, &mut recorder)));
    recorder
}

/// Applies all patches in `bytes`.
fn apply<T: Shared>(value: &mut T, bytes: &[u8]) {
    let mut incoming = Incoming::new(bytes, None);
    while incoming.advance() {
        value.apply(&mut incoming).unwrap();
    }
}

/// What is wrong with the patch in `bytes`, which leaves `value` as it is.
#[track_caller]
fn fault<T: Shared + PartialEq>(value: &T, bytes: &[u8]) -> String {
    let mut copy = value.clone();
    let mut incoming = Incoming::new(bytes, None);
    assert!(incoming.advance());
    let fault = copy.apply(&mut incoming).unwrap_err();
    assert_eq!(&copy, value, "a patch with a fault changes nothing");
    fault.to_string()
}

/// The byte form of a patch.
fn bytes(patch: &impl Patch) -> Vec<u8> {
    let mut bytes = vec![];
    patch.encode(&mut bytes);
    bytes
}

/// Asserts that `change` writes the patches that `expected` shows, and that all forms of a patch
/// agree: its typed form, its serde form, its bytes, what they do elsewhere, and what undoes them.
#[track_caller]
fn check<T: Shared + PartialEq>(
    mut value: T,
    change: impl FnOnce(&mut T::Mut<'_>),
    expected: &[&str],
) {
    let before = value.clone();
    let recorder = record(&mut value, change);

    let mut reader = Reader::new(recorder.patches());
    let mut patches = vec![];
    while !reader.is_empty() {
        let start = reader.position();
        let patch = T::Patch::decode(&mut reader).unwrap();
        let recorded = reader.read_between(start, reader.position());
        assert_eq!(bytes(&patch), recorded);
        let form = postcard::to_stdvec(&patch.clone()).unwrap();
        let again: T::Patch = postcard::from_bytes(&form).unwrap();
        assert_eq!(bytes(&again), recorded, "the serde form tells the same");
        patches.push(format!("{patch:?}"));
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
        let mut reader = Reader::new(&bytes);
        assert_eq!(&T::decode(&mut reader).unwrap(), value);
        reader.finish().unwrap();
    }
}

/// Asserts the form of `T` in the schema, told on one line.
#[track_caller]
fn check_schema<T: Shared>(expected: &str) {
    let schema = ipos::schema_of::<T>().to_string();
    let words: Vec<_> = schema.split_whitespace().collect();
    assert_eq!(words.join(" "), expected);
}
