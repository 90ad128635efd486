//! Processes that take jobs, each of which is for one of them.

use std::{
    collections::{BTreeMap, VecDeque},
    error::Error as AnyError,
};

use ipos::{Error, Ipos, Shared};
use serde::{Deserialize, Serialize};

use crate::talk;

/// Jobs, in each sort of place that something can be taken from.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
pub struct Jobs {
    /// How many takers are there.
    pub present: u64,
    /// Taken from the end.
    pub stack: Vec<u64>,
    /// Taken from the front.
    pub queue: VecDeque<u64>,
    /// Taken by key.
    pub map: BTreeMap<u64, u64>,
}

/// A change by which one job is taken, if there is one.
type Take = fn(&mut JobsMut<'_>) -> Option<u64>;

/// The ways to take a job.
pub const WAYS: &[(&str, Take)] = &[
    ("stack", |jobs| jobs.stack_mut().pop()),
    ("queue", |jobs| jobs.queue_mut().pop_front()),
    ("map", |jobs| {
        let first = *jobs.map.first_key_value()?.0;
        jobs.map_mut().remove(&first)
    }),
];

/// The role of one who takes jobs in one way until there are none, when so many are there; and tells
/// which it got.
///
/// # Errors
///
/// When the session fails.
pub fn role(way: &str, takers: u64) -> Result<(), Box<dyn AnyError>> {
    let ipos = Ipos::join()?;
    let jobs = ipos.get::<Jobs>("jobs")?;
    let (_, take) = WAYS
        .iter()
        .find(|(name, _)| *name == way)
        .ok_or("no such way")?;
    jobs.update(|jobs| jobs.present_mut().add(1))?;
    jobs.wait_until(crate::PATIENCE, |jobs| jobs.present == takers)?;
    let mut taken = Vec::new();
    loop {
        match jobs.transact(take) {
            Ok(Some(job)) => taken.push(job.to_string()),
            Ok(None) => break,
            // Somebody else was faster.
            Err(Error::Rejected { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(talk::say(&taken.join(" "))?)
}
