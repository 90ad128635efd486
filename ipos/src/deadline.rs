//! How long to wait at the most.

use std::time::{Duration, Instant};

use event_listener::{EventListener, Listener as _};

/// A point in time, or never when the time until then is beyond what the clock can tell.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Option<Instant>);

impl Deadline {
    /// So long from now.
    pub(crate) fn after(time: Duration) -> Self {
        Self(Instant::now().checked_add(time))
    }

    pub(crate) fn has_passed(self) -> bool {
        self.0.is_some_and(|deadline| Instant::now() >= deadline)
    }

    /// Waits until the listener hears something; `false` when it is too late.
    pub(crate) fn wait(self, listener: EventListener) -> bool {
        if let Some(deadline) = self.0 {
            return listener.wait_deadline(deadline).is_some();
        }
        listener.wait();
        true
    }
}
