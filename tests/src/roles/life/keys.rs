//! Several processes that create, overwrite and delete the same keys at once.

use std::error::Error as AnyError;

use ipos::{Error, Ipos, Shared};

use super::board::{Chance, Entry, WRITERS};
use crate::{PATIENCE, talk};

const KEYS: [&str; 5] = ["a", "b", "c", "d", "e"];

/// The role of one writer.
///
/// # Errors
///
/// When the session fails.
pub fn role(writer: usize, rounds: u64) -> Result<(), Box<dyn AnyError>> {
    let ipos = Ipos::join()?;
    let end = race(&ipos, writer, rounds)?;
    Ok(talk::say(&end)?)
}

/// Does all that one writer does, and gives what there is when all writers are through; a writer
/// with no rounds only looks.
///
/// # Errors
///
/// When something fails that races do not explain.
pub fn race(ipos: &Ipos, writer: usize, rounds: u64) -> ipos::Result<String> {
    let mut chance = Chance::new(writer);
    for n in 0..rounds {
        let key = KEYS[usize::try_from(chance.below(5)).expect("5 is small")];
        let any = chance.below(1000);
        match chance.below(8) {
            0 => drop(ipos.create(key, any)?),
            1 => drop(ipos.create(key, format!("{writer} {n}"))?),
            2 => drop(ipos.create(key, vec![any, n])?),
            3 => drop(ipos.create(
                key,
                Entry {
                    count: any,
                    note: format!("by {writer}"),
                },
            )?),
            4 => drop(ipos.delete(key)?),
            5 => lose(ipos.get::<u64>(key).and_then(|h| h.set(any)))?,
            6 => lose(
                ipos.get::<Vec<u64>>(key)
                    .and_then(|h| h.update(|list| list.push(any))),
            )?,
            _ => lose(
                ipos.get::<Entry>(key)
                    .and_then(|h| h.update(|e| e.set_count(any))),
            )?,
        }
    }
    if rounds > 0 {
        let done = ipos.create(format!("done {writer}"), 0u64)?;
        done.set(1)?;
        // What is confirmed comes after all that this process did before.
        done.flush(PATIENCE)?;
    }
    for other in 0..WRITERS {
        let done = ipos.wait_for::<u64>(format!("done {other}"), PATIENCE)?;
        done.wait_until(PATIENCE, |&done| done == 1)?;
    }
    let keys = ipos.keys();
    let values: Vec<_> = keys
        .iter()
        .map(|key| format!("{key}: {}", value(ipos, key)))
        .collect();
    Ok(values.join(", "))
}

/// What a slower writer may find: the key gone, or given to another type.
fn lose(result: ipos::Result<()>) -> ipos::Result<()> {
    match result {
        Err(Error::NoSuchObject { .. } | Error::TypeMismatch { .. } | Error::Deleted { .. }) => {
            Ok(())
        }
        other => other,
    }
}

fn value(ipos: &Ipos, key: &str) -> String {
    fn seen<T: Shared>(ipos: &Ipos, key: &str) -> Option<String> {
        let handle = ipos.get::<T>(key).ok()?;
        Some(format!("{:?} at {}", &*handle.read(), handle.seq()))
    }
    seen::<u64>(ipos, key)
        .or_else(|| seen::<String>(ipos, key))
        .or_else(|| seen::<Vec<u64>>(ipos, key))
        .or_else(|| seen::<Entry>(ipos, key))
        .unwrap_or_else(|| "of no type that was ever created".to_owned())
}
