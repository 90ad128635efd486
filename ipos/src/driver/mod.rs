//! The shell around the core: threads, links and locks. It moves bytes and decides nothing.
//!
//! Locks are taken in one order: a link's desk, an object's cell, then the table (the core's session state with
//! the links' outboxes). Nothing waits for a cell while it holds the table. Bytes are queued under
//! the table's lock, which gives them their order, and are sent when no lock is held.

mod desk;
mod front;
pub(crate) mod host;
pub(crate) mod links;
pub(crate) mod member;
mod pulse;

use std::time::Duration;

use crate::sync::thread::{self, JoinHandle};

/// How a process waits: the threads that read from others, and those that wait for a state, a change or a verdict. On Linux
/// the latter read as well, while they wait.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Waiting {
    /// The thread sleeps until there are some: no processor time, tens of microseconds to wake up.
    #[default]
    Park,
    /// The thread looks again and again for so long before it sleeps: a processor's time for a
    /// wake-up in a microsecond or so.
    Spin(Duration),
}

/// Whether to go on with a link.
pub(crate) enum Flow {
    Continue,
    Stop,
}

/// Waits for a thread to end, unless that would be to wait for this one.
pub(crate) fn join(thread: Option<JoinHandle<()>>) {
    if let Some(thread) = thread {
        // A thread that waits for an object which this one holds, or to read what this one reads, would never end.
        let waits_for_us = crate::cell::held_any().is_some() || desk::is_at_desk();
        let is_this = thread.thread().id() == thread::current().id();
        if !waits_for_us && !is_this && thread.join().is_err() {
            tracing::error!("a thread of IPOS has panicked; this is a bug in IPOS");
        }
    }
}
