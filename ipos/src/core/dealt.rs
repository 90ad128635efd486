//! How far a host has come with the proposals of a member that it has let go.

use std::{cmp::Reverse, collections::BTreeMap};

use serde::{Deserialize, Serialize};

use super::ObjectId;

/// Of how many objects a member is told that what it has proposed for them is still to be ordered. All of it has to fit
/// into a first message.
const STALE: usize = 64;

/// The proposals that a host has dealt with.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Dealt {
    /// The number of the last one.
    pub(crate) taken: u64,
    /// Objects that are an exception: what was proposed for one of them from this number on was sent back, and so was
    /// not ordered.
    stale: BTreeMap<ObjectId, u64>,
}

impl Dealt {
    /// Of more objects than can be told, those count whose commits were sent back last.
    pub(crate) fn new(taken: u64, mut stale: BTreeMap<ObjectId, u64>) -> Self {
        if stale.len() > STALE {
            let mut last: Vec<_> = stale.into_iter().collect();
            last.sort_by_key(|&(_, first)| Reverse(first));
            stale = last.into_iter().take(STALE).collect();
        }
        Self { taken, stale }
    }

    /// The number of the last one that was dealt with of those for this object.
    pub(crate) fn taken_for(&self, object: ObjectId) -> u64 {
        let first = self.stale.get(&object);
        first.map_or(self.taken, |first| self.taken.min(first.saturating_sub(1)))
    }
}

#[cfg(test)]
mod tests;
