//! How an actor listens: each with a copy that is made of nothing but what is told.

use ipos::{Change, Progress, Subscription};

use super::{held::Word, rules};
use crate::PATIENCE;

/// One who listens to an object of any type.
pub trait Ear: Send {
    /// What is told next, done to the copy, in words. `None` when nothing is told in time, or now.
    fn hear(&mut self, now: bool) -> Option<String>;
    /// The copy.
    fn copy(&self) -> String;
    /// The object's value, from which the copy goes on.
    fn snapshot(&mut self) -> String;
}

/// One who listens, with a copy.
pub struct Listener<T: Word> {
    told: Subscription<Progress<T>>,
    copy: T,
}

impl<T: Word> Listener<T> {
    /// From now on.
    #[must_use]
    pub fn new(told: Subscription<Progress<T>>) -> Self {
        let copy = told.snapshot();
        Self { told, copy }
    }
}

impl<T: Word> Ear for Listener<T> {
    fn hear(&mut self, now: bool) -> Option<String> {
        let told = if now {
            self.told.try_next()?
        } else {
            self.told.next_timeout(PATIENCE)?
        };
        let (change, commit) = match told {
            Progress::Changed { change, commit } => (change, commit),
            Progress::Confirmed { commit, seq } => return Some(format!("{commit} has {seq}")),
            Progress::Refused { commit, reason } => return Some(format!("{commit}: {reason}")),
            Progress::Missed { commit, refused } => {
                return Some(format!("missed up to {commit}, {refused} refused"));
            }
        };
        let fits = change.apply_to(&mut self.copy);
        Some(match change {
            Change::Patched {
                seq,
                origin,
                patches,
            } => {
                assert!(fits, "the copy is as the object was: {patches:?}");
                let commit = commit.map(|commit| format!(", {commit}"));
                let commit = commit.unwrap_or_default();
                format!("{seq}{commit} of {}: {patches:?}", rules::name(&origin))
            }
            Change::Reset { seq } => {
                self.snapshot();
                format!("reset at {seq}")
            }
            Change::Deleted => "deleted".to_owned(),
        })
    }
    fn copy(&self) -> String {
        self.copy.tell()
    }
    fn snapshot(&mut self) -> String {
        self.copy = self.told.snapshot();
        self.copy()
    }
}
