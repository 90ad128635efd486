//! Lengths of time, and points in it.

use std::{
    any::type_name,
    time::{Duration, SystemTime},
};

use super::leaf::replaced_whole;
use crate::{
    schema::{Leaf, SchemaBuilder, TypeRef},
    shared::Shared,
    wire::{DecodeError, Problem, Reader, put},
};

const NANOSECONDS: u32 = 1_000_000_000;

/// Nanoseconds that are less than a second.
fn nanoseconds<T>(reader: &mut Reader<'_>) -> Result<u32, DecodeError> {
    let nanoseconds = reader.integer()?;
    if nanoseconds >= NANOSECONDS {
        return Err(reader.problem(Problem::NotA(type_name::<T>())));
    }
    Ok(nanoseconds)
}

impl Shared for Duration {
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        put(out, self);
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let seconds = reader.integer()?;
        let nanoseconds = nanoseconds::<Self>(reader)?;
        Ok(Self::new(seconds, nanoseconds))
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.leaf::<Self>(Leaf::Duration)
    }
}

/// Seconds since 1970, which may be negative, and the nanoseconds after them. Serde would write no
/// time before 1970.
impl Shared for SystemTime {
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        let (since, is_before) = match self.duration_since(Self::UNIX_EPOCH) {
            Ok(since) => (since, false),
            Err(before) => (before.duration(), true),
        };
        let (seconds, nanoseconds) = (since.as_secs(), since.subsec_nanos());
        let (seconds, nanoseconds) = match (is_before, nanoseconds) {
            (false, _) => (0i64.checked_add_unsigned(seconds), nanoseconds),
            (true, 0) => (0i64.checked_sub_unsigned(seconds), 0),
            (true, _) => (
                (-1i64).checked_sub_unsigned(seconds),
                NANOSECONDS - nanoseconds,
            ),
        };
        put(out, &seconds.expect("the system counts seconds by an i64"));
        put(out, &nanoseconds);
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let seconds: i64 = reader.integer()?;
        let nanoseconds = nanoseconds::<Self>(reader)?;
        let distance = Duration::from_secs(seconds.unsigned_abs());
        let time = if seconds < 0 {
            Self::UNIX_EPOCH.checked_sub(distance)
        } else {
            Self::UNIX_EPOCH.checked_add(distance)
        };
        let time = time.and_then(|time| time.checked_add(Duration::new(0, nanoseconds)));
        reader.made(time)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.leaf::<Self>(Leaf::SystemTime)
    }
}
