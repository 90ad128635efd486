//! What the outbox's thread does.

use std::{mem, sync::PoisonError};

use super::{
    CHUNK, Core,
    state::{Batch, State, Writer},
};
#[cfg(loom)]
use crate::sync::thread;
use crate::{
    Result,
    sync::{MutexGuard, slips},
};

impl Core {
    /// The thread, which lingers, comes back when it has done so for long enough, or is not the writer any more.
    #[cfg(not(loom))]
    fn linger<'a>(&'a self, mut state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        let time = state.pace.linger();
        (state, _) = self
            .turn
            .wait_timeout(state, time)
            .unwrap_or_else(PoisonError::into_inner);
        state
    }

    /// In a model nobody knows how long that is.
    #[cfg(loom)]
    fn linger<'a>(&'a self, state: MutexGuard<'a, State>) -> MutexGuard<'a, State> {
        drop(state);
        thread::yield_now();
        self.lock()
    }

    /// The thread: writes when it is its turn, and waits when it is not.
    pub(super) fn run(&self) {
        let mut state = self.lock();
        loop {
            match state.writer {
                Writer::Closed => return,
                Writer::Thread => {}
                Writer::Lingering => {
                    state.appended = 0;
                    state = self.linger(state);
                    if state.writer == Writer::Lingering {
                        state.writer = Writer::Thread;
                        state.pace.has_lingered();
                        if slips("the thread that lingers leaves without a look at the queue") {
                            self.leave(&mut state);
                        }
                    }
                    continue;
                }
                Writer::Nobody | Writer::Sender => {
                    state = self
                        .turn
                        .wait(state)
                        .unwrap_or_else(PoisonError::into_inner);
                    continue;
                }
            }
            let mut batch = mem::take(&mut state.handed);
            if batch.rest().is_empty() {
                state.queue.give_back(batch.bytes);
                let Some(next) = state.take() else {
                    self.leave_or_linger(&mut state);
                    continue;
                };
                batch = next;
            }
            drop(state);

            match self.write_chunk(&batch) {
                Ok(written) => batch.wrote(written),
                Err(error) => return self.fail(&error),
            }

            state = self.lock();
            if state.writer == Writer::Closed {
                return;
            }
            state.wrote(&batch);
            state.handed = batch;
            if state.level > 0 {
                self.drained(&state);
            }
        }
    }

    fn write_chunk(&self, batch: &Batch) -> Result<usize> {
        let rest = batch.rest();
        let chunk = &rest[..rest.len().min(CHUNK)];
        self.link.write_all(chunk, None)?;
        Ok(chunk.len())
    }

    /// The thread has seen in this same step that the queue is empty.
    fn leave_or_linger(&self, state: &mut State) {
        let appended = mem::take(&mut state.appended);
        if !state.pace.goes_on(appended) {
            return self.leave(state);
        }
        state.writer = Writer::Lingering;
        self.all_written(state);
    }
}
