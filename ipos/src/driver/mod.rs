//! The shell around the core: threads, links and locks. It moves bytes and decides nothing.
//!
//! Locks are taken in one order: an object's cell, then the table (the core's session state with
//! the links' outboxes). Nothing waits for a cell while it holds the table. Bytes are queued under
//! the table's lock, which gives them their order, and are sent when no lock is held.

pub(crate) mod host;
pub(crate) mod links;
pub(crate) mod member;
mod pulse;

use std::time::{Duration, Instant};

use ipos_transport::{FrameReader, Link};

use crate::{
    deadline::Deadline,
    sync::thread::{self, JoinHandle},
};

/// How a process waits: the threads that read from others, and those that wait for a state, a change or a verdict.
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

/// Hands the frames of a link to `take` until it says stop or the stream ends, and calls `rest`
/// after each batch, and at the time that that has given. A batch is what had arrived when the thread
/// looked. Gives `Stop` if it was told to, and `Continue` at the end of the stream.
pub(crate) fn pump<E: From<ipos_transport::Error>>(
    link: &Link,
    frames: &mut FrameReader,
    waiting: Waiting,
    mut take: impl FnMut(&[u8]) -> Result<Flow, E>,
    mut rest: impl FnMut() -> Result<Option<Instant>, E>,
) -> Result<Flow, E> {
    loop {
        let mut stop = false;
        while let Some(frame) = frames.next_frame()? {
            if matches!(take(frame)?, Flow::Stop) {
                stop = true;
                break;
            }
        }
        let deadline = rest()?;
        if stop {
            return Ok(Flow::Stop);
        }
        match fill(link, frames, waiting, deadline) {
            Ok(true) | Err(ipos_transport::Error::Timeout { .. }) => {}
            Ok(false) => return Ok(Flow::Continue),
            Err(error) => return Err(error.into()),
        }
    }
}

/// Waits for bytes, until a deadline; `false` at the end of the stream.
fn fill(
    link: &Link,
    frames: &mut FrameReader,
    waiting: Waiting,
    deadline: Option<Instant>,
) -> ipos_transport::Result<bool> {
    if let Waiting::Spin(spin) = waiting {
        let until = Deadline::after(spin);
        while !until.has_passed() {
            if let Some(more) = frames.try_fill(link)? {
                return Ok(more);
            }
            // One who waits for what is read may need this processor.
            std::thread::yield_now();
        }
    }
    frames.fill(link, deadline)
}

/// Waits for a thread to end, unless that would be to wait for this one.
pub(crate) fn join(thread: Option<JoinHandle<()>>) {
    if let Some(thread) = thread {
        // A thread that waits for an object which this one holds would never end.
        let waits_for_us = crate::cell::held_any().is_some();
        let is_this = thread.thread().id() == thread::current().id();
        if !waits_for_us && !is_this && thread.join().is_err() {
            tracing::error!("a thread of IPOS has panicked; this is a bug in IPOS");
        }
    }
}
