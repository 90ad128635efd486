//! Hearing of an object's changes, as they come to be seen in a process.

use std::{fmt, sync::Arc};

use super::{PeerId, Seq};

/// Those who hear of an object's changes.
pub(crate) trait Audience: fmt::Debug + Send + Sync {
    /// Whether nobody listens.
    fn is_empty(&self) -> bool;

    /// Tells all who listen. Called under the object's lock.
    fn tell(&self, told: Told<'_>);
}

/// What is told of an object: applied to a copy, it makes that the value that readers in this process see. Each is
/// told in the step in which it comes to be seen.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Told<'a> {
    /// A commit was made here, and has no place in the order yet. Commits are counted from 1.
    Committed { commit: u64, patches: &'a [u8] },
    /// What leaves nothing behind of a commit that was made here: it has the place `seq` now.
    Happened { seq: Seq, patches: &'a [u8] },
    /// The value has changed by what has the place `seq`: the patches one after another.
    Patched {
        seq: Seq,
        origin: PeerId,
        patches: &'a [&'a [u8]],
    },
    /// The value is another one altogether.
    Reset { seq: Seq },
    /// The verdict on a commit that was made here: its place, or why it does not count. What that changes was told
    /// before.
    Settled {
        commit: u64,
        verdict: Result<Seq, &'a str>,
    },
    /// The object's life has ended; nothing follows.
    Ended,
}

/// An object's audience, if it has one.
#[derive(Clone, Debug, Default)]
pub(super) struct Hall(Option<Arc<dyn Audience>>);

impl Hall {
    pub(super) fn new(audience: Arc<dyn Audience>) -> Self {
        Self(Some(audience))
    }

    /// Whether nobody listens.
    pub(super) fn is_empty(&self) -> bool {
        self.0.as_ref().is_none_or(|audience| audience.is_empty())
    }

    /// Tells all who listen.
    pub(super) fn tell(&self, told: Told<'_>) {
        if let Some(audience) = self.0.as_ref().filter(|audience| !audience.is_empty()) {
            audience.tell(told);
        }
    }
}
