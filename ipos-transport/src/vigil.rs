//! Waiting for the end of a process that is no child of this one.

use std::time::{Duration, Instant};

use crate::{
    Error, PeerIdentity, Result,
    platform::{self, Switch},
};

/// A wait for the end of another process, which can be called off.
#[derive(Debug)]
pub struct Vigil {
    called_off: Switch,
}

impl Vigil {
    /// One that nobody keeps yet.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when there are no descriptors.
    pub fn new() -> Result<Self> {
        let called_off =
            Switch::new().map_err(|error| Error::io("wait for the end of a process", error))?;
        Ok(Self { called_off })
    }

    /// Waits until the process at the other end of a link has ended, for `time` at the most, or until this is called
    /// off. Where the system does not tell of ends it waits as for a process that goes on.
    pub fn keep(&self, process: PeerIdentity, time: Duration) {
        let process = match process.pid.map(platform::alive) {
            Some(Ok(None)) => return,
            Some(Ok(process)) => process,
            None | Some(Err(_)) => None,
        };
        let deadline = Instant::now() + time;
        // When the system does not let it wait, the time is over.
        let _ = platform::wait_for_end(process.as_ref(), &self.called_off, deadline);
    }

    /// Ends the wait, also one that begins later. From any thread, any number of times.
    pub fn call_off(&self) {
        self.called_off.throw();
    }
}

#[cfg(test)]
mod tests;
