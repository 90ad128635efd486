//! Hearing of what happens at an [`Events`].

use std::{collections::VecDeque, fmt, sync::Arc, time::Instant};

use super::{Change, Hearing, Item, Source};
use crate::{
    Shared,
    core::Origin,
    sync::{EventListener, Mutex},
    types::{Events, EventsPatch},
};

/// Something that happens at an [`Events`]; see [`SharedHandle::events`](crate::SharedHandle::events).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Event<E> {
    /// It was emitted, and is confirmed.
    Emitted {
        /// The place of its commit in the order of the session.
        seq: u64,
        /// Who has emitted it.
        origin: Origin,
        /// It.
        event: E,
    },
    /// Some may have been missed: this subscription was not read in time, this process was given the object
    /// anew, or it was created anew.
    Missed {
        /// The place of the last change that was told or missed.
        seq: u64,
    },
}

/// What a subscription to events reads from.
#[doc(hidden)]
pub struct Happening<E> {
    hearing: Arc<Hearing<Events<E>>>,
    /// The rest of those of one commit.
    rest: Mutex<VecDeque<Event<E>>>,
}

impl<E> Happening<E> {
    pub(crate) fn new(hearing: Arc<Hearing<Events<E>>>) -> Arc<Self> {
        let rest = Mutex::default();
        Arc::new(Self { hearing, rest })
    }

    fn changes(&self) -> &dyn Source<Change<Events<E>>>
    where
        E: Shared,
    {
        &*self.hearing
    }
}

impl<E> fmt::Debug for Happening<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Happening").finish_non_exhaustive()
    }
}

impl<E: Shared> Item for Event<E> {
    type Source = Happening<E>;
}

impl<E: Shared> Source<Event<E>> for Happening<E> {
    fn take(&self) -> Option<Event<E>> {
        let mut rest = self.rest.lock();
        while rest.is_empty() {
            match self.changes().take()? {
                Change::Patched {
                    seq,
                    origin,
                    patches,
                } => rest.extend(
                    patches
                        .into_iter()
                        .map(|EventsPatch::Emit(event)| Event::Emitted { seq, origin, event }),
                ),
                Change::Reset { seq } => rest.push_back(Event::Missed { seq }),
                Change::Deleted => {}
            }
        }
        rest.pop_front()
    }
    fn is_over(&self) -> bool {
        self.changes().is_over()
    }
    fn listen(&self) -> EventListener {
        self.changes().listen()
    }
    fn wait(&self, listener: EventListener, deadline: Instant) {
        self.changes().wait(listener, deadline);
    }
}
