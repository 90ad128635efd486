//! What a host lets be ordered: a validator that is asked about every commit to an object.

use std::{
    fmt,
    panic::{AssertUnwindSafe, catch_unwind},
};

use super::{PeerId, State, Typed};
use crate::{Shared, action::panic_message, patch::Incoming};

/// Who made a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    pub(crate) peer: PeerId,
    pub(crate) pid: Option<u32>,
    pub(crate) is_local: bool,
}

impl Origin {
    /// This process, in which the pid is known.
    pub(crate) fn local(peer: PeerId, pid: u32) -> Self {
        Self {
            peer,
            pid: Some(pid),
            is_local: true,
        }
    }

    /// Another process.
    pub(crate) fn of(peer: PeerId, pid: Option<u32>) -> Self {
        Self {
            peer,
            pid,
            is_local: false,
        }
    }

    /// The process, by its number in the session.
    pub fn peer(&self) -> PeerId {
        self.peer
    }

    /// The process, by the system's number, if that is known here.
    pub fn pid(&self) -> Option<u32> {
        self.pid
    }

    /// Whether it is this process.
    pub fn is_local(&self) -> bool {
        self.is_local
    }
}

/// Decides which commits to an object count.
pub(crate) trait Judge: fmt::Debug + Send + Sync {
    /// Whether the commit that has led to `after` may count; the reason if not.
    fn judge(&self, after: &dyn State, origin: &Origin) -> Result<(), String>;

    /// Follows a commit that counts.
    fn follow(&mut self, patches: &[u8]);
}

/// A user's closure, with the object's value as it was before the commit in question.
pub(crate) struct Validator<T, F> {
    before: T,
    validate: F,
}

impl<T, F> Validator<T, F> {
    /// Judges the commits to an object whose value is `now`.
    pub(crate) fn new(now: T, validate: F) -> Self {
        Self {
            before: now,
            validate,
        }
    }
}

impl<T, F> Judge for Validator<T, F>
where
    T: Shared,
    F: Fn(&T, &T, &Origin) -> Result<(), String> + Send + Sync,
{
    fn judge(&self, after: &dyn State, origin: &Origin) -> Result<(), String> {
        let after: &Typed<T> = after
            .as_any()
            .downcast_ref()
            .expect("only the host gives this object a value, and the judge with it");
        // A closure that panics has not said yes.
        let validate = || (self.validate)(&self.before, &after.value, origin);
        catch_unwind(AssertUnwindSafe(validate)).unwrap_or_else(|panic| {
            Err(format!(
                "the validator panicked: {}",
                panic_message(&*panic)
            ))
        })
    }

    fn follow(&mut self, patches: &[u8]) {
        let mut incoming = Incoming::of_own(patches, None);
        while incoming.advance() {
            self.before
                .apply(&mut incoming)
                .expect("what was applied to the object applies to its equal");
        }
    }
}

impl<T: fmt::Debug, F> fmt::Debug for Validator<T, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Validator").finish_non_exhaustive()
    }
}
