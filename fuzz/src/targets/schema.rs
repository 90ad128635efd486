//! Tables of types, and values read over by them.
//!
//! Records: the table; a value.

use std::sync::Arc;

use fastrand::Rng;
use ipos::{
    Schema, schema_of,
    simulation::{Dynamic, read_schema, write_schema},
};

use super::Target;
use crate::{
    grammar,
    records::{join, split},
    subject::{Deep, Guarded},
    trace::Trace,
};

pub(super) const TARGET: Target = Target {
    name: "schema",
    run,
    make,
};

fn run(input: &[u8]) -> Trace {
    let records = split(input);
    let mut trace = Trace::default();
    let Some(table) = records.first() else {
        return trace;
    };
    let schema = read_schema(table);
    trace.outcome(&schema);
    let Ok(schema) = schema else {
        return trace;
    };
    trace.accept();
    let written = write_schema(&schema);
    let again = read_schema(&written).expect("what was accepted can be read again");
    assert_eq!(again, schema, "as it was");
    assert_eq!(again.hash(), schema.hash(), "and under the same name");
    let told: Result<Schema, _> = postcard::from_bytes(&written);
    assert_eq!(told, Ok(schema.clone()), "serde takes what is taken");
    let text = schema.to_string();
    trace.size(text.len());
    let guarded = schema_of::<Guarded>();
    trace.size(guarded.difference(&schema).len());
    let Some(value) = records.get(1) else {
        return trace;
    };
    let held = Dynamic::read(value, &Arc::new(schema));
    trace.outcome(&held);
    if let Ok(held) = held {
        trace.say(&held.plain().to_string());
    }
    trace
}

fn make(rng: &mut Rng) -> Vec<u8> {
    let table = match rng.u8(..6) {
        0 => write_schema(&schema_of::<Deep>()),
        1 => write_schema(&schema_of::<Guarded>()),
        2 => write_schema(&schema_of::<Vec<Option<(u8, String)>>>()),
        _ => grammar::schema(rng),
    };
    let value = read_schema(&table).map(|schema| grammar::value(&schema, rng));
    join([table, value.unwrap_or_default()])
}
