//! Commits to a value of every shape, by its Rust type and by its schema alone.
//!
//! Records: a value; commits.

use std::sync::LazyLock;

use fastrand::Rng;
use ipos::{
    __private::Reader,
    Patch as _, Schema, Shared,
    simulation::{self, Applied, Dynamic},
};

use super::Target;
use crate::{
    grammar,
    records::{join, split},
    subject::{self, Deep, DeepPatch},
    trace::Trace,
};

pub(super) const TARGET: Target = Target {
    name: "patch",
    run,
    make,
};

static SCHEMA: LazyLock<std::sync::Arc<Schema>> = LazyLock::new(subject::deep);

/// What no type has an operation for.
const NONSENSE: &[u8] = &[0xff, 0xff, 0xff, 0xff, 0x0f];

fn bytes(value: &Deep) -> Vec<u8> {
    let mut bytes = vec![];
    value.encode(&mut bytes);
    bytes
}

/// The same bytes for equal values.
fn ordered(value: &[u8]) -> Vec<u8> {
    let held = Dynamic::read(value, &SCHEMA);
    held.expect("what was accepted can be read again").ordered()
}

/// Whether values are equal. What was taken back may have left maps in another order.
fn are_equal(one: &[u8], other: &[u8]) -> bool {
    one == other || ordered(one) == ordered(other)
}

/// What a commit says, as a listener is told it.
fn typed_patches(mut commit: &[u8]) -> Result<usize, String> {
    let mut count = 0;
    while !commit.is_empty() {
        let mut reader = Reader::new(commit);
        let patch = DeepPatch::decode(&mut reader).map_err(|error| error.to_string())?;
        let mut again = vec![];
        patch.encode(&mut again);
        // In the shortest form, which may be another one.
        let mut reread = Reader::new(&again);
        let read = DeepPatch::decode(&mut reread);
        assert!(read.is_ok(), "what was accepted can be read again");
        assert!(reread.is_empty(), "all of it");
        commit = &commit[reader.position()..];
        count += 1;
    }
    Ok(count)
}

fn run(input: &[u8]) -> Trace {
    let records = split(input);
    let mut trace = Trace::default();
    let Some((told, commits)) = records.split_first() else {
        return trace;
    };
    let typed: Result<Deep, String> = simulation::decode(told, &SCHEMA);
    trace.outcome(&typed);
    // Also of what its type refuses something must become.
    let mut typed = typed.unwrap_or_default();
    let told = bytes(&typed);
    let mut held = Dynamic::read(&told, &SCHEMA).expect("what the type writes the schema takes");
    for (at, commit) in commits.iter().enumerate() {
        let before = bytes(&typed);
        let applied = simulation::apply(&mut typed, &SCHEMA, commit);
        let dynamic = held.apply(commit);
        trace.outcome(&applied);
        let is_done = applied.is_ok();
        if let Ok(applied) = applied {
            trace.accept();
            trace.note(u8::from(applied == Applied::Whole));
            assert_eq!(dynamic.as_ref(), Ok(&applied), "both do the same");
            // What is gone is read over by the schema, which takes more.
            let told = typed_patches(commit);
            assert!(
                told.is_ok() || applied != Applied::Whole,
                "what is done can be told"
            );
        } else {
            assert!(
                are_equal(&before, &bytes(&typed)),
                "what is refused changes nothing"
            );
            drop(typed_patches(commit));
            // What the type alone refuses the schema may take; so what follows is done to what is here.
            trace.outcome(&dynamic);
            held = Dynamic::read(&before, &SCHEMA).expect("it was held before");
        }
        let now = bytes(&typed);
        if Dynamic::read(&now, &SCHEMA).is_err() {
            // A commit may leave more than a message may hold: the host asks before it counts.
            trace.note(99);
            return trace;
        }
        if at + 1 == commits.len() {
            assert_eq!(held.ordered(), ordered(&now), "both come to the same");
        }
        if is_done && at + 1 == commits.len() {
            let broken = [commit, NONSENSE].concat();
            let again = simulation::apply(&mut typed, &SCHEMA, &broken);
            assert!(again.is_err(), "there is no such operation");
            assert!(
                are_equal(&now, &bytes(&typed)),
                "what is refused changes nothing"
            );
        }
    }
    trace
}

fn make(rng: &mut Rng) -> Vec<u8> {
    let told = match rng.u8(..3) {
        0 => grammar::value(&SCHEMA, rng),
        _ => bytes(&Deep::default()),
    };
    let mut records = vec![told];
    for _ in 0..1 + rng.usize(..3) {
        records.push(match rng.u8(..8) {
            0 => grammar::marked(&SCHEMA, 1, rng),
            _ => grammar::patches(&SCHEMA, rng),
        });
    }
    join(records)
}
