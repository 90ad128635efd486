//! Values of types that this program does not name, and commits to them.
//!
//! Records: the table of types; a value; commits.

use std::sync::Arc;

use fastrand::Rng;
use ipos::{
    schema_of,
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
    for commit in commits {
        let before = held.ordered();
        let applied = held.apply(commit);
        trace.outcome(&applied);
        match applied {
            Err(_) => assert_eq!(held.ordered(), before, "what is refused changes nothing"),
            Ok(applied) => {
                trace.note(u8::from(applied == Applied::Whole));
                let bytes = held.bytes();
                let again = Dynamic::read(&bytes, &schema);
                match again {
                    Ok(again) => assert_eq!(again.ordered(), held.ordered(), "it is as it was"),
                    // A commit may leave more than a message may hold: the host asks before it counts.
                    Err(why) => trace.say(&why),
                }
                // The same once more with something behind it that nobody can read: all of it is taken back.
                let (before, broken) = (held.ordered(), [commit, NONSENSE].concat());
                assert!(held.apply(&broken).is_err(), "there is no such operation");
                assert_eq!(held.ordered(), before, "what is refused changes nothing");
            }
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
