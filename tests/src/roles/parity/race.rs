//! Writers who do not wait for each other.

use std::{collections::BTreeMap, error::Error};

use ipos::{Ipos, Shared, SharedHandle};
use serde::{Deserialize, Serialize};

use super::lines;
use crate::PATIENCE;

/// What racers write.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Track {
    /// By everyone.
    pub last: (String, u32),
    /// By everyone, under the same key.
    pub best: BTreeMap<String, u32>,
    /// By everyone, at the end.
    pub laps: Vec<(String, u32)>,
    /// By each under its own name.
    pub own: BTreeMap<String, u32>,
    /// By everyone, added up.
    pub total: u32,
}

/// The key of the one [`Track`].
pub const TRACK: &str = "track";

/// Writes so many commits under a name without waiting for anyone; gives the place in the order of
/// the last.
///
/// # Errors
///
/// When a write fails, or does not show here at once.
pub fn run(track: &SharedHandle<Track>, name: &str, laps: u32) -> Result<u64, Box<dyn Error>> {
    for lap in 1..=laps {
        track.update(|track| {
            track.set_last((name.to_owned(), lap));
            track.best_mut().insert("best".to_owned(), lap);
            track.laps_mut().push((name.to_owned(), lap));
            track.total_mut().add(1);
            track.own_mut().entry(name.to_owned()).or_default().set(lap);
        })?;
        if track.read().own.get(name) != Some(&lap) {
            return Err(format!("{name} does not see its lap {lap}").into());
        }
    }
    track.flush(PATIENCE)?;
    Ok(track.seq())
}

/// The state at a place in the order that nothing follows.
///
/// # Errors
///
/// When it is not reached.
pub fn state(track: &SharedHandle<Track>, seq: u64) -> ipos::Result<Track> {
    while track.seq() < seq {
        track.changed(PATIENCE)?;
    }
    Ok(track.snapshot())
}

/// Obeys `run laps` and `state seq`.
pub(super) fn play(name: &str) -> Result<(), Box<dyn Error>> {
    let ipos = Ipos::builder().sync_timeout(PATIENCE).join()?;
    let track = ipos.get::<Track>(TRACK)?;
    lines(|line| match line.split_once(' ') {
        Some(("run", laps)) => Ok(run(&track, name, laps.parse()?)?.to_string()),
        Some(("state", seq)) => Ok(format!("{:?}", state(&track, seq.parse()?)?)),
        _ => Err("no such verb".into()),
    })
}
