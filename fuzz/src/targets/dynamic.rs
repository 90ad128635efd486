//! Values of types that this program does not name, and commits to them.
//!
//! Records: the table of types; a value; commits.

use std::sync::Arc;

use fastrand::Rng;
use ipos::{
    Schema, schema_of,
    simulation::{Applied, Dynamic, read_schema, write_schema},
};

use super::Target;
use crate::{
    grammar,
    records::{join, split},
    subject::{Deep, Guarded},
    trace::Trace,
};

pub(super) const TARGET: Target = Target {
    name: "dynamic",
    run,
    make,
};

/// What no type has an operation for.
const NONSENSE: &[u8] = &[0xff, 0xff, 0xff, 0xff, 0x0f];

/// Whether a value is what its bytes were.
fn is_as(held: &Dynamic, bytes: &[u8], schema: &Arc<Schema>) -> bool {
    let ordered = || Dynamic::read(bytes, schema).map(|other| other.ordered());
    held.bytes() == bytes || ordered() == Ok(held.ordered())
}

fn run(input: &[u8]) -> Trace {
    let records = split(input);
    let mut trace = Trace::default();
    let [table, value, ref commits @ ..] = records[..] else {
        return trace;
    };
    let Ok(schema) = read_schema(table).map(Arc::new) else {
        return trace;
    };
    let held = Dynamic::read(value, &schema);
    trace.outcome(&held);
    let Ok(mut held) = held else {
        return trace;
    };
    assert_eq!(held.bytes(), value, "a value is kept as it came");
    for (at, commit) in commits.iter().enumerate() {
        let before = held.bytes();
        let applied = held.apply(commit);
        trace.outcome(&applied);
        let Ok(applied) = applied else {
            assert!(
                is_as(&held, &before, &schema),
                "what is refused changes nothing"
            );
            continue;
        };
        trace.accept();
        trace.note(u8::from(applied == Applied::Whole));
        let now = held.bytes();
        if let Err(why) = Dynamic::read(&now, &schema) {
            // A commit may leave more than a message may hold: the host asks before it counts.
            trace.say(&why);
            return trace;
        }
        assert!(is_as(&held, &now, &schema), "it is read as it was written");
        if at + 1 == commits.len() {
            // The same once more with something behind it that nobody can read: all of it is taken back.
            let broken = [commit, NONSENSE].concat();
            assert!(held.apply(&broken).is_err(), "there is no such operation");
            assert!(
                is_as(&held, &now, &schema),
                "what is refused changes nothing"
            );
        }
    }
    trace.size(held.plain().to_string().len());
    trace
}

fn make(rng: &mut Rng) -> Vec<u8> {
    let table = match rng.u8(..5) {
        0 => write_schema(&schema_of::<Deep>()),
        1 => write_schema(&schema_of::<Guarded>()),
        _ => grammar::schema(rng),
    };
    let mut records = vec![table];
    if let Ok(schema) = read_schema(&records[0]) {
        records.push(grammar::value(&schema, rng));
        (0..rng.usize(..4)).for_each(|_| records.push(grammar::patches(&schema, rng)));
    }
    join(records)
}
