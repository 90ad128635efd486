//! Whole values as they are given to those who join: read by the Rust type and by the schema alone.
//!
//! Records: which type; the value.

use std::sync::{Arc, LazyLock};

use fastrand::Rng;
use ipos::{
    Events, Schema, Shared, schema_of,
    simulation::{self, Dynamic},
};

use super::Target;
use crate::{
    grammar,
    records::{join, split},
    subject::{self, Deep, Figure, Guarded},
    trace::Trace,
};

pub(super) const TARGET: Target = Target {
    name: "snapshot",
    run,
    make,
};

static SCHEMAS: LazyLock<[Arc<Schema>; 5]> = LazyLock::new(|| {
    [
        subject::deep(),
        Arc::new(schema_of::<Guarded>()),
        Arc::new(schema_of::<Figure>()),
        Arc::new(schema_of::<Vec<()>>()),
        Arc::new(schema_of::<Vec<Events<u8>>>()),
    ]
});

fn read<T: Shared>(bytes: &[u8], schema: &Arc<Schema>, trace: &mut Trace) {
    let typed: Result<T, String> = simulation::decode(bytes, schema);
    let held = Dynamic::read(bytes, schema);
    trace.outcome(&typed);
    trace.outcome(&held);
    let Ok(value) = typed else {
        return;
    };
    trace.accept();
    let held = held.expect("what the type takes the schema takes");
    let mut written = vec![];
    value.encode(&mut written);
    let again = Dynamic::read(&written, schema).expect("what was accepted can be read again");
    assert_eq!(again.ordered(), held.ordered(), "as it was");
    let typed: Result<T, String> = simulation::decode(&written, schema);
    assert!(typed.is_ok(), "also by its type");
    trace.say(&again.plain().to_string());
}

fn run(input: &[u8]) -> Trace {
    let mut trace = Trace::default();
    let [which, bytes, ..] = split(input)[..] else {
        return trace;
    };
    let which = which.first().map_or(0, |which| usize::from(which % 5));
    let read = match which {
        0 => read::<Deep>,
        1 => read::<Guarded>,
        2 => read::<Figure>,
        3 => read::<Vec<()>>,
        _ => read::<Vec<Events<u8>>>,
    };
    read(bytes, &SCHEMAS[which], &mut trace);
    trace
}

fn make(rng: &mut Rng) -> Vec<u8> {
    let which = rng.u8(..9).saturating_sub(4);
    let value = grammar::value(&SCHEMAS[usize::from(which)], rng);
    join([vec![which], value])
}
