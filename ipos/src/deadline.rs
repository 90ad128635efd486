//! How long to wait at the most.

use std::time::{Duration, Instant};

use crate::sync::{self, EventListener};

/// The longest wait. Clocks end; nobody waits for this one.
const LONGEST: Duration = Duration::from_secs(365 * 24 * 3600);

/// A point in time until which something is waited for.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadline(Instant);

impl Deadline {
    /// So long from now; a year if it is longer.
    pub(crate) fn after(time: Duration) -> Self {
        Self(Instant::now() + time.min(LONGEST))
    }

    /// That point.
    pub(crate) fn at(point: Instant) -> Self {
        Self(point)
    }

    /// So long before that.
    pub(crate) fn before(self, time: Duration) -> Self {
        Self(self.0.checked_sub(time).unwrap_or(self.0))
    }

    pub(crate) fn instant(self) -> Instant {
        self.0
    }

    /// How long it is until then.
    pub(crate) fn left(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }

    pub(crate) fn has_passed(self) -> bool {
        Instant::now() >= self.0
    }

    /// Waits until the listener hears something or it is too late.
    pub(crate) fn wait(self, listener: EventListener) {
        sync::wait(listener, self.0);
    }
}
