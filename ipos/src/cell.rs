//! Where a process keeps an object: its replica behind a lock, and those who wait for a change.

use std::{cell::RefCell, sync::Arc};

use event_listener::{Event, EventListener};
use parking_lot::{RwLock, RwLockReadGuard, RwLockWriteGuard};

use crate::{
    core::{Life, Replica},
    error::{Error, Result},
};

/// One key's object in this process.
///
/// A thread that holds a cell and asks for it again would wait for itself. So each thread knows
/// which cells it holds, and is told instead.
#[derive(Debug)]
pub(crate) struct Cell {
    key: Arc<str>,
    replica: RwLock<Replica>,
    changed: Event,
}

thread_local! {
    /// The cells that this thread holds, by address, and whether for writing.
    static HELD: RefCell<Vec<(usize, bool)>> = const { RefCell::new(Vec::new()) };
}

/// A note that this thread holds a cell.
#[derive(Debug)]
pub(crate) struct Held {
    address: usize,
    writing: bool,
    /// The note is of this thread.
    _not_send: std::marker::PhantomData<*const ()>,
}

impl Drop for Held {
    fn drop(&mut self) {
        HELD.with_borrow_mut(|held| {
            let mine = (self.address, self.writing);
            if let Some(at) = held.iter().rposition(|&note| note == mine) {
                held.swap_remove(at);
            }
        });
    }
}

impl Cell {
    pub(crate) fn new(key: Arc<str>, replica: Replica) -> Arc<Self> {
        Arc::new(Self {
            key,
            replica: RwLock::new(replica),
            changed: Event::new(),
        })
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Holds the object for reading.
    ///
    /// # Panics
    ///
    /// When this thread is writing it.
    pub(crate) fn read(&self) -> (RwLockReadGuard<'_, Replica>, Held) {
        match self.held_here() {
            None => {
                let replica = self.replica.read();
                (replica, self.note(false))
            }
            // To wait behind a writer that waits for this very thread would last for ever.
            Some(false) => (self.replica.read_recursive(), self.note(false)),
            Some(true) => panic!(
                "`{}` is read through its handle while this thread is writing it; read through \
                 the writer instead",
                self.key
            ),
        }
    }

    /// Holds the object for a user's write; an error when it cannot be written.
    pub(crate) fn write(&self) -> Result<(RwLockWriteGuard<'_, Replica>, Held)> {
        self.must_not_be_held("write it")?;
        let replica = self.replica.write();
        match replica.life() {
            Life::Live => Ok((replica, self.note(true))),
            ended => Err(self.ended(&replica, ended)),
        }
    }

    /// The error for writing an object whose life has ended.
    pub(crate) fn ended(&self, replica: &Replica, life: &Life) -> Error {
        let key = self.key.to_string();
        match life {
            Life::Replaced(by) => Error::TypeMismatch {
                key,
                asked: replica.state().schema().to_string(),
                found: by.to_string(),
            },
            Life::Live | Life::Deleted => Error::Deleted { key },
        }
    }

    /// Holds the replica for a driver, which runs no code of a user while it does.
    pub(crate) fn lock(&self) -> RwLockWriteGuard<'_, Replica> {
        self.replica.write()
    }

    /// Looks at the replica for a driver.
    pub(crate) fn look(&self) -> RwLockReadGuard<'_, Replica> {
        self.replica.read()
    }

    /// An error when this thread holds the object: what it asks for would wait for itself.
    pub(crate) fn must_not_be_held(&self, doing: &'static str) -> Result<()> {
        match self.held_here() {
            None => Ok(()),
            Some(_) => Err(Error::Busy {
                key: self.key.to_string(),
                doing,
            }),
        }
    }

    /// An error when this thread is writing the object, and so cannot read it.
    pub(crate) fn must_not_be_held_for_writing(&self) -> Result<()> {
        match self.held_here() {
            Some(true) => Err(Error::Busy {
                key: self.key.to_string(),
                doing: "get it",
            }),
            _ => Ok(()),
        }
    }

    /// Wakes those who wait for a change. To be called without the lock.
    pub(crate) fn notify(&self) {
        self.changed.notify(usize::MAX);
    }

    /// Hears of changes from now on.
    pub(crate) fn listen(&self) -> EventListener {
        self.changed.listen()
    }

    /// Whether this thread holds the cell, and if so whether for writing.
    fn held_here(&self) -> Option<bool> {
        let address = self.address();
        HELD.with_borrow(|held| {
            held.iter()
                .find(|&&(cell, _)| cell == address)
                .map(|&(_, writing)| writing)
        })
    }

    fn note(&self, writing: bool) -> Held {
        let address = self.address();
        HELD.with_borrow_mut(|held| held.push((address, writing)));
        Held {
            address,
            writing,
            _not_send: std::marker::PhantomData,
        }
    }

    fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}
