//! What stands in for a listener in models, which have no sockets: links in memory, taken one by one.

use std::{collections::VecDeque, path::Path, sync::PoisonError};

use crate::{
    Endpoint, Error, Link, Result,
    sync::{Condvar, Mutex, MutexGuard},
};

/// Accepts links from threads of the same model.
#[derive(Debug)]
pub struct Listener {
    endpoint: Endpoint,
    backlog: Mutex<Backlog>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct Backlog {
    links: VecDeque<Link>,
    is_closed: bool,
}

impl Listener {
    /// Listens.
    pub fn private() -> Result<Self> {
        Self::named("model")
    }

    /// Listens.
    pub fn named(name: &str) -> Result<Self> {
        Ok(Self {
            endpoint: Endpoint::new(Path::new("/").join(name))?,
            backlog: Mutex::default(),
            changed: Condvar::new(),
        })
    }

    /// What it was made with.
    pub fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Connects to it; `None` when it is closed.
    pub fn connect(&self) -> Option<Link> {
        let (left, right) = Link::pair();
        let mut backlog = self.lock();
        if backlog.is_closed {
            return None;
        }
        backlog.links.push_back(right);
        self.changed.notify_one();
        Some(left)
    }

    /// Waits for the next one that connects.
    pub fn accept(&self) -> Result<Link> {
        let mut backlog = self.lock();
        loop {
            if backlog.is_closed {
                return Err(Error::Closed);
            }
            if let Some(link) = backlog.links.pop_front() {
                return Ok(link);
            }
            let changed = self.changed.wait(backlog);
            backlog = changed.unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Ends all calls of `accept`.
    pub fn close(&self) {
        let mut backlog = self.lock();
        backlog.is_closed = true;
        self.changed.notify_all();
    }

    fn lock(&self) -> MutexGuard<'_, Backlog> {
        self.backlog.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Whether a socket would find room.
pub(crate) fn has_room(_: &Path) -> bool {
    true
}
