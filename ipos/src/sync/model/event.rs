//! Events, as what has them in common drops them.

use event_listener::EventListener;
use loom::sync::atomic::{AtomicUsize, Ordering};

/// An event. Models do not see that the last one who has it in common with others drops it after them, as an `Arc`
/// of the standard library makes sure; so everybody notes here what it has done.
#[derive(Debug)]
pub(crate) struct Event {
    event: event_listener::Event,
    uses: AtomicUsize,
}

impl Event {
    pub(crate) fn new() -> Self {
        Self {
            event: event_listener::Event::new(),
            uses: AtomicUsize::new(0),
        }
    }

    pub(crate) fn listen(&self) -> EventListener {
        let listener = self.event.listen();
        self.uses.fetch_add(1, Ordering::Release);
        listener
    }

    pub(crate) fn notify(&self, listeners: usize) {
        self.event.notify(listeners);
        self.uses.fetch_add(1, Ordering::Release);
    }

    pub(crate) fn total_listeners(&self) -> usize {
        self.event.total_listeners()
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        self.uses.fetch_add(0, Ordering::Acquire);
    }
}
