//! What objects were called that are gone: their keys, so that asking for one is told apart from asking for one that
//! never was; and which object it was, so that who writes it too late can be told of by its key.

use std::{collections::VecDeque, sync::Arc};

use super::ObjectId;

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

/// The objects that were deleted or overwritten last.
#[derive(Debug, Default)]
pub(crate) struct Gone {
    objects: VecDeque<(ObjectId, Arc<str>)>,
    bytes: usize,
}

impl Gone {
    /// Notes that an object has lost its key.
    pub(crate) fn note(&mut self, object: ObjectId, key: Arc<str>) {
        self.bytes += key.len();
        self.objects.push_back((object, key));
        while self.objects.len() > LIMIT || self.bytes > BYTES {
            let Some((_, oldest)) = self.objects.pop_front() else {
                break;
            };
            self.bytes -= oldest.len();
        }
    }

    /// The key that an object had.
    pub(crate) fn key(&self, object: ObjectId) -> Option<&Arc<str>> {
        let gone = self.objects.iter().find(|(gone, _)| *gone == object);
        gone.map(|(_, key)| key)
    }
}
