//! Keys of objects that were deleted, so that asking for one is told apart from asking for one that
//! never was.

use std::{collections::VecDeque, sync::Arc};

/// How many keys are remembered, and how many bytes of them: they go to a new member in one message.
const LIMIT: usize = 1024;
const BYTES: usize = 64 * 1024;

/// The keys that were deleted last and not created again.
#[derive(Debug, Default)]
pub(crate) struct Deleted(VecDeque<Arc<str>>);

impl Deleted {
    pub(crate) fn contains(&self, key: &str) -> bool {
        self.0.iter().any(|deleted| &**deleted == key)
    }

    /// The keys, the oldest first.
    pub(crate) fn keys(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|key| &**key)
    }

    /// Notes that a key was deleted.
    pub(crate) fn note(&mut self, key: &str) {
        self.forget(key);
        self.0.push_back(key.into());
        while self.0.len() > LIMIT || self.keys().map(str::len).sum::<usize>() > BYTES {
            self.0.pop_front();
        }
    }

    /// Notes that a key was created.
    pub(crate) fn forget(&mut self, key: &str) {
        self.0.retain(|deleted| &**deleted != key);
    }
}
