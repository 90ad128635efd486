//! The in-memory pair: two bounded queues of bytes that behave as a socket's do.

use std::{
    collections::VecDeque,
    io::Read,
    sync::{Arc, PoisonError},
    time::Instant,
};

use crate::{
    Error, Result,
    sync::{Condvar, Mutex, MutexGuard, bound, slips},
};

/// What one direction holds before its writer waits, in bytes: as much as a socket on Linux.
pub(crate) const CAPACITY: usize = bound(208 * 1024, 1024);

/// One end of a pair. Dropping it is as closing a socket.
#[derive(Debug)]
pub(crate) struct End {
    incoming: Arc<Pipe>,
    outgoing: Arc<Pipe>,
}

impl End {
    pub(crate) fn pair() -> (Self, Self) {
        let (one, other) = (Arc::<Pipe>::default(), Arc::<Pipe>::default());
        let left = Self {
            incoming: Arc::clone(&one),
            outgoing: Arc::clone(&other),
        };
        let right = Self {
            incoming: other,
            outgoing: one,
        };
        (left, right)
    }

    /// Reads what is there; `None` if that is nothing, yet.
    pub(crate) fn try_read(&self, buffer: &mut [u8]) -> Option<usize> {
        self.incoming.take(&mut self.incoming.lock(), buffer)
    }

    pub(crate) fn read(&self, buffer: &mut [u8], deadline: Option<Instant>) -> Result<usize> {
        let mut state = self.incoming.lock();
        loop {
            if let Some(taken) = self.incoming.take(&mut state, buffer) {
                return Ok(taken);
            }
            state = sleep(&self.incoming.readable, state, deadline)
                .ok_or_else(|| Error::timeout("read from the peer"))?;
        }
    }

    /// Writes what fits, which is nothing if the queue is full.
    pub(crate) fn try_write(&self, bytes: &[u8]) -> Result<usize> {
        self.outgoing.put(&mut self.outgoing.lock(), bytes)
    }

    /// Waits for room, then writes what fits: at least one byte, unless `bytes` has none.
    pub(crate) fn write(&self, bytes: &[u8], deadline: Option<Instant>) -> Result<usize> {
        let mut state = self.outgoing.lock();
        loop {
            let put = self.outgoing.put(&mut state, bytes)?;
            if put > 0 || bytes.is_empty() {
                return Ok(put);
            }
            state = sleep(&self.outgoing.writable, state, deadline)
                .ok_or_else(|| Error::timeout("write to the peer"))?;
        }
    }

    pub(crate) fn shutdown(&self) {
        self.incoming.close();
        self.outgoing.close();
    }
}

impl Drop for End {
    fn drop(&mut self) {
        self.shutdown();
    }
}

/// One direction.
#[derive(Debug, Default)]
struct Pipe {
    state: Mutex<State>,
    readable: Condvar,
    writable: Condvar,
}

// Invariant: at most `CAPACITY` bytes; once closed, none is added.
#[derive(Debug, Default)]
struct State {
    bytes: VecDeque<u8>,
    closed: bool,
}

impl Pipe {
    fn lock(&self) -> MutexGuard<'_, State> {
        // Nothing below panics between two changes that belong together.
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What is queued comes before the end of the stream.
    fn take(&self, state: &mut State, buffer: &mut [u8]) -> Option<usize> {
        if state.bytes.is_empty() {
            return state.closed.then_some(0);
        }
        let mut taken = 0;
        // A ring has two parts, and one read takes from one of them.
        for _ in 0..2 {
            taken += state
                .bytes
                .read(&mut buffer[taken..])
                .expect("reading from memory does not fail");
        }
        if !slips("a writer is not told that there is room") {
            self.writable.notify_all();
        }
        Some(taken)
    }

    fn put(&self, state: &mut State, bytes: &[u8]) -> Result<usize> {
        if state.closed {
            return Err(Error::Closed);
        }
        let put = bytes.len().min(CAPACITY - state.bytes.len());
        state.bytes.extend(&bytes[..put]);
        self.readable.notify_all();
        Ok(put)
    }

    fn close(&self) {
        self.lock().closed = true;
        if !slips("a reader is not told that the connection is closed") {
            self.readable.notify_all();
        }
        if !slips("a writer is not told that the connection is closed") {
            self.writable.notify_all();
        }
    }
}

/// Waits on `condition`; `None` once the deadline passed.
fn sleep<'a>(
    condition: &Condvar,
    state: MutexGuard<'a, State>,
    deadline: Option<Instant>,
) -> Option<MutexGuard<'a, State>> {
    let Some(deadline) = deadline else {
        return Some(
            condition
                .wait(state)
                .unwrap_or_else(PoisonError::into_inner),
        );
    };
    let left = deadline.saturating_duration_since(Instant::now());
    if left.is_zero() {
        return None;
    }
    let (state, _) = condition
        .wait_timeout(state, left)
        .unwrap_or_else(PoisonError::into_inner);
    Some(state)
}
