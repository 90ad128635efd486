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
    /// The value has changed by what has the place `seq`.
    Patched {
        seq: Seq,
        origin: PeerId,
        patches: &'a [u8],
    },
    /// The same beneath commits that were made here and have no place yet.
    Rebased(&'a Rebased<'a>),
    /// The value is another one altogether.
    Reset { seq: Seq },
    /// The verdict on a commit that was made here: its place, or why it does not count, or why that will not be known
    /// here. What that changes was told before.
    Settled {
        commit: u64,
        verdict: Result<Seq, &'a str>,
    },
    /// The object's life has ended; nothing follows.
    Ended,
}

/// What had no place in the order was taken back, a commit with the place `seq` was applied, and what has no place
/// now was done again.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Rebased<'a> {
    pub(crate) seq: Seq,
    pub(crate) origin: PeerId,
    /// What takes back what had no place.
    pub(crate) inverse: &'a [u8],
    /// The commit; nothing when one that was made here is refused.
    pub(crate) commit: &'a [u8],
    /// What had no place before, and what has none now.
    pub(crate) before: &'a [u8],
    pub(crate) after: &'a [u8],
    /// The commit is what the host has made of one that had no place before.
    pub(crate) is_own: bool,
}

/// An object's audience, if it has one.
#[derive(Clone, Debug, Default)]
pub(super) struct Hall {
    audience: Option<Arc<dyn Audience>>,
    /// It hears of verdicts alone.
    only_verdicts: bool,
}

impl Hall {
    pub(super) fn new(audience: Arc<dyn Audience>) -> Self {
        Self {
            audience: Some(audience),
            only_verdicts: false,
        }
    }

    /// The same, but what comes to be seen is not for this audience.
    pub(super) fn of_verdicts(&self) -> Self {
        Self {
            only_verdicts: true,
            ..self.clone()
        }
    }

    /// Whether nobody is to hear of changes.
    pub(super) fn is_empty(&self) -> bool {
        let audience = self.audience.as_ref();
        self.only_verdicts || audience.is_none_or(|audience| audience.is_empty())
    }

    /// Tells all who listen.
    pub(super) fn tell(&self, told: Told<'_>) {
        let is_for_them = !self.only_verdicts || matches!(told, Told::Settled { .. });
        let audience = self.audience.as_ref().filter(|_| is_for_them);
        if let Some(audience) = audience.filter(|audience| !audience.is_empty()) {
            audience.tell(told);
        }
    }
}
