//! What happens in a session, as `tracing` events.

use std::fmt;

use super::SessionEvent;
use crate::sync::{Mutex, OnceLock};

/// Writes down what happens in a session for those who look for mistakes: with the same words and fields everywhere,
/// and under no lock, since whoever collects what is written may do anything.
#[derive(Default)]
pub(crate) struct Journal {
    session: OnceLock<String>,
    /// What happened while locks were held.
    kept: Mutex<Vec<SessionEvent>>,
}

impl Journal {
    /// What the session is called in what is written.
    pub(crate) fn name(&self, session: String) {
        // It has one.
        let _ = self.session.set(session);
    }

    /// What the session is called in what is written.
    pub(crate) fn session(&self) -> &str {
        self.session.get().map_or("", String::as_str)
    }

    /// Keeps what has happened, if anybody wants to read it.
    pub(super) fn keep(&self, event: &SessionEvent) {
        // To ask whoever collects for this very event would be to run their code under the caller's locks.
        if tracing::level_filters::LevelFilter::current() >= tracing::Level::WARN {
            self.kept.lock().push(event.clone());
        }
    }

    /// Writes what was kept. To be called without locks.
    pub(super) fn write(&self) {
        let kept = std::mem::take(&mut *self.kept.lock());
        for event in kept {
            self.tell(event);
        }
    }

    fn tell(&self, event: SessionEvent) {
        let session = self.session();
        match event {
            SessionEvent::Joined { peer, pid, label } => {
                tracing::debug!(session, %peer, pid, label, "a process joined");
            }
            SessionEvent::Left {
                peer,
                pid,
                label,
                status,
            } => tracing::debug!(session, %peer, pid, label, ?status, "a process left"),
            SessionEvent::Exited {
                peer, pid, status, ..
            } => tracing::debug!(session, %peer, pid, %status, "a process ended"),
            SessionEvent::Created { key, origin } => {
                let peer = origin.peer();
                tracing::debug!(session, %peer, key, "an object was created");
            }
            SessionEvent::Deleted { key, origin } => {
                let peer = origin.map(|origin| tracing::field::display(origin.peer()));
                tracing::debug!(session, peer, key, "an object was deleted");
            }
            SessionEvent::Refused {
                key,
                origin,
                reason,
            } => {
                let peer = origin.peer();
                tracing::debug!(session, %peer, key, reason, "refused");
            }
            SessionEvent::Lagged { peer } => tracing::warn!(
                session, %peer,
                "a process does not read; it will be told what it misses when it does"
            ),
            SessionEvent::Silent { peer } => tracing::warn!(
                session, %peer,
                "a process has said nothing for too long; its connection is ended"
            ),
            SessionEvent::Disconnected { why } => {
                tracing::warn!(session, why, "the host is gone; it is sought again");
            }
            SessionEvent::Reconnected { anew } => {
                tracing::debug!(session, anew, "this process is in sync again");
            }
            // Of one who listens here.
            SessionEvent::Missed { .. } => {}
        }
    }
}

impl fmt::Debug for Journal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Journal")
            .field("session", &self.session())
            .finish_non_exhaustive()
    }
}
