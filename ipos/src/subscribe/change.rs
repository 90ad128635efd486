//! Hearing of an object's changes.

use std::{
    fmt,
    sync::{Arc, Weak},
    time::Instant,
};

use super::{Item, Source, Subscription, Upstream};
use crate::{
    Shared,
    audience::{Heard, Hearer, Queue},
    cell::Cell,
    core::{Life, Origin, State, split_events},
    deadline::Deadline,
    patch::{Fault, Incoming, Patch},
    schema::table_of,
    sync::{EventListener, slips},
    wire::{DecodeError, Reader},
};

/// A change to an object, or to a part of it, as it comes to be seen in this process.
///
/// Whoever applies all that a subscription tells to a copy has, after each, the value that a reader in this
/// process saw at that moment:
///
/// ```
/// # fn main() -> ipos::Result<()> {
/// # let ipos = ipos::Ipos::host()?;
/// use ipos::Change;
///
/// let numbers = ipos.create("numbers", vec![1, 2])?;
/// let changes = numbers.subscribe();
/// let mut copy = changes.snapshot();
/// numbers.update(|numbers| numbers.push(3))?;
/// while let Some(change) = changes.try_next() {
///     if let Change::Patched { patches, .. } = &change {
///         println!("{patches:?}");
///     }
///     if !change.apply_to(&mut copy) {
///         copy = changes.snapshot();
///     }
/// }
/// assert_eq!(copy, [1, 2, 3]);
/// # Ok(())
/// # }
/// ```
#[derive(Clone)]
pub enum Change<T: Shared> {
    /// The value has changed by these patches: all of them, or none. It is never empty.
    ///
    /// On the host, and on a member for the commits of others, these are the commits, one by one. A member's own
    /// commit is told when it is made, with `seq` 0, and no more when it is confirmed as it is; see
    /// [`follow`](crate::SharedHandle::follow). When the commit of another process meets some that are not
    /// confirmed, the patches first take these back and then do them again, where they are by then; a patch may then
    /// say what is so already, as to remove a key that is gone. When the
    /// host refuses or amends a commit of this process, that is told as a change that the host makes. What a
    /// member's own commit emits at an [`Events`](crate::Events) is told once it is confirmed, with its `seq`: such a
    /// commit is two of these, if it also changes something.
    ///
    /// A part that is [listened to](crate::SharedHandle::subscribe_to) alone hears of what a commit changes in it,
    /// and of what becomes of pending commits to it: the latter with the `seq` of the commit, refusal or verdict that
    /// it comes from.
    Patched {
        /// Its place in the order of the session; 0 for a commit of this process that has none yet.
        seq: u64,
        /// Who made it.
        origin: Origin,
        /// What it changes.
        patches: Vec<T::Patch>,
    },
    /// The value is another one: the object was created anew, or this process has missed something, or this
    /// subscription was not read in time. Take a [`snapshot`](Subscription::snapshot) from it.
    Reset {
        /// The place of the last confirmed change that it has, as far as that was told; 0 for one that this
        /// process has just created.
        seq: u64,
    },
    /// The object was deleted, or its key was given to another type, or it has become
    /// [unreadable](crate::Error::Unreadable) here. Nothing follows.
    Deleted,
}

impl<T: Shared> Change<T> {
    /// Whether it has a place in the order. Else it is a commit of this process that the host has not heard of,
    /// or has not answered to.
    pub fn is_confirmed(&self) -> bool {
        !matches!(self, Self::Patched { seq: 0, .. })
    }

    /// Does to a copy what was done to the object. `false` when the copy was not as the object was before, or the
    /// change does not say how the object is now, as [`Change::Reset`]: then take a
    /// [`snapshot`](Subscription::snapshot).
    pub fn apply_to(&self, copy: &mut T) -> bool {
        match self {
            Self::Patched { patches, .. } => {
                let mut bytes = Vec::new();
                patches.iter().all(|patch| {
                    bytes.clear();
                    patch.encode(&mut bytes);
                    let mut incoming = Incoming::of_own(&bytes, None);
                    incoming.advance();
                    let applied = copy.apply(&mut incoming);
                    // What has happened in a place that is gone leaves nothing behind either.
                    let is_event = || split_events(&table_of::<T>(), &bytes).1.is_empty();
                    matches!(applied, Ok(()) | Err(Fault::Already)) || is_event()
                })
            }
            Self::Reset { .. } => false,
            Self::Deleted => true,
        }
    }
}

impl<T: Shared> fmt::Debug for Change<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Patched {
                seq,
                origin,
                patches,
            } => f
                .debug_struct("Patched")
                .field("seq", seq)
                .field("origin", origin)
                .field("patches", patches)
                .finish(),
            Self::Reset { seq } => f.debug_struct("Reset").field("seq", seq).finish(),
            Self::Deleted => f.write_str("Deleted"),
        }
    }
}

/// What becomes of an object and of this process's commits to it; see
/// [`SharedHandle::follow`](crate::SharedHandle::follow).
#[derive(Clone, Debug)]
pub enum Progress<T: Shared> {
    /// What a reader in this process sees has changed.
    Changed {
        /// How. Nothing is changed by a commit of this process that has only emitted something, or run an action
        /// that did nothing here; it has a number all the same.
        change: Change<T>,
        /// The number of the commit, when it is one of this process that is not confirmed. Its commits to
        /// the object are counted from 1.
        commit: Option<u64>,
    },
    /// A commit of this process is confirmed.
    Confirmed {
        /// Its number.
        commit: u64,
        /// Its place in the order. When this process was given the object anew meanwhile, that of
        /// the last change before.
        seq: u64,
    },
    /// A commit of this process does not count: what takes it back was told before, as a change that the host makes.
    /// When the object was created anew by another process, what takes it back follows, as a [`Change::Reset`].
    /// Or, as the reason says, this process will not know: it has overwritten or deleted the object itself, or the
    /// object has become [unreadable](crate::Error::Unreadable) here.
    Refused {
        /// Its number.
        commit: u64,
        /// Why.
        reason: String,
    },
    /// This subscription was not read in time, and verdicts were dropped: those on the commits up to this one that
    /// were not told before. It follows the [`Change::Reset`] that says the same of changes, if any were dropped.
    Missed {
        /// The number of the last of these commits.
        commit: u64,
        /// How many of them would have been [`Refused`](Self::Refused); the others are confirmed.
        refused: u64,
    },
}

/// What a subscription to an object of type `T`, or to a part of that type, reads from.
#[doc(hidden)]
pub struct Hearing<T> {
    queue: Arc<Queue<Heard>>,
    cell: Arc<Cell>,
    part: Part<T>,
    /// In a simulation nobody waits.
    upstream: Option<Weak<dyn Upstream>>,
}

/// The part that is listened to.
type Part<T> = Box<dyn Fn(&dyn State) -> T + Send + Sync>;

impl<T> Hearing<T> {
    /// Hears of an object, or of the part of it that `part` gives: what is told from now on, of which `queue` keeps
    /// what is not heard.
    pub(crate) fn begin(
        cell: &Arc<Cell>,
        queue: Arc<Queue<Heard>>,
        hearer: Hearer,
        part: Part<T>,
        upstream: Option<Weak<dyn Upstream>>,
    ) -> Arc<Self> {
        if cell.is_written_here() {
            cell.hearers().join(hearer);
        } else {
            // While it is held nobody tells anything.
            let (replica, _held) = cell.read();
            match replica.life() {
                Life::Live => {
                    if slips("who listens joins after it has looked") {
                        drop(replica);
                    }
                    cell.hearers().join(hearer);
                }
                _ => hearer.ended(),
            }
        }
        let cell = cell.clone();
        Arc::new(Self {
            queue,
            cell,
            part,
            upstream,
        })
    }

    fn wait(&self, listener: EventListener, deadline: Instant) {
        let deadline = Deadline::at(deadline);
        match self.upstream.as_ref().and_then(Weak::upgrade) {
            Some(upstream) => upstream.wait(listener, deadline),
            None => deadline.wait(listener),
        }
    }
}

impl<T> fmt::Debug for Hearing<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Hearing").finish_non_exhaustive()
    }
}

impl<T: Shared> Item for Change<T> {
    type Source = Hearing<T>;
}

impl<T: Shared> Item for Progress<T> {
    type Source = Hearing<T>;
}

impl<T: Shared> Source<Change<T>> for Hearing<T> {
    fn take(&self) -> Option<Change<T>> {
        loop {
            // What becomes of commits is for those who follow.
            match self.take()? {
                Progress::Changed { change, .. } => return Some(change),
                Progress::Confirmed { .. } | Progress::Refused { .. } | Progress::Missed { .. } => {
                }
            }
        }
    }
    fn is_over(&self) -> bool {
        self.queue.is_over()
    }
    fn listen(&self) -> EventListener {
        self.queue.listen()
    }
    fn wait(&self, listener: EventListener, deadline: Instant) {
        self.wait(listener, deadline);
    }
}

impl<T: Shared> Source<Progress<T>> for Hearing<T> {
    fn take(&self) -> Option<Progress<T>> {
        let change = match self.queue.pop()? {
            Heard::Settled { commit, verdict } => {
                return Some(match verdict {
                    Ok(seq) => Progress::Confirmed { commit, seq },
                    Err(reason) => Progress::Refused { commit, reason },
                });
            }
            Heard::Patched {
                seq,
                origin,
                commit,
                patches,
            } => {
                let change = decode::<T>(&patches).map_or(Change::Reset { seq }, |patches| {
                    Change::Patched {
                        seq,
                        origin,
                        patches,
                    }
                });
                return Some(Progress::Changed { change, commit });
            }
            Heard::Missed {
                commit, refused, ..
            } => return Some(Progress::Missed { commit, refused }),
            Heard::Reset { seq } => Change::Reset { seq },
            Heard::Ended => Change::Deleted,
        };
        let commit = None;
        Some(Progress::Changed { change, commit })
    }
    fn is_over(&self) -> bool {
        self.queue.is_over()
    }
    fn listen(&self) -> EventListener {
        self.queue.listen()
    }
    fn wait(&self, listener: EventListener, deadline: Instant) {
        self.wait(listener, deadline);
    }
}

fn decode<T: Shared>(patches: &[u8]) -> Result<Vec<T::Patch>, DecodeError> {
    let mut reader = Reader::of_own(patches);
    let mut decoded = Vec::new();
    while !reader.is_empty() {
        decoded.push(T::Patch::decode(&mut reader)?);
    }
    Ok(decoded)
}

impl<T: Shared> Subscription<Change<T>> {
    /// The value as it is now. What was told up to it and not heard is dropped, so that what is told next goes on
    /// from it.
    ///
    /// # Panics
    ///
    /// When called on an object inside its own `update`.
    pub fn snapshot(&self) -> T {
        self.source().snapshot()
    }
}

impl<T: Shared> Subscription<Progress<T>> {
    /// The value as it is now. What was told up to it and not heard is dropped, so that what is told next goes on
    /// from it; but verdicts are kept, also those on commits whose changes are dropped.
    ///
    /// # Panics
    ///
    /// When called on an object inside its own `update`.
    pub fn snapshot(&self) -> T {
        self.source().snapshot()
    }
}

impl<T: Shared> Hearing<T> {
    fn snapshot(&self) -> T {
        // Nothing is told while somebody reads.
        let (replica, _held) = self.cell.read();
        self.queue.clear();
        (self.part)(replica.state())
    }
}
