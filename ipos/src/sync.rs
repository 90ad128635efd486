//! Threads, locks and events: the usual ones, or with `--cfg loom` those of a model checker, which runs every order of
//! their steps. What is made of them is the same.

#[cfg(loom)]
mod model;

use std::time::Instant;

pub(crate) use event_listener::{EventListener, Listener};

#[cfg(not(loom))]
pub(crate) use event_listener::Event;
#[cfg(not(loom))]
pub(crate) use parking_lot::{
    MappedRwLockReadGuard, Mutex, MutexGuard, RwLock, RwLockReadGuard, RwLockWriteGuard,
};
#[cfg(not(loom))]
pub(crate) use std::{
    sync::{OnceLock, atomic},
    thread, thread_local,
};

#[cfg(loom)]
pub(crate) use ipos_transport::model::slips;
#[cfg(loom)]
pub(crate) use loom::sync::atomic;
#[cfg(loom)]
pub(crate) use model::{
    Event, MappedRwLockReadGuard, Mutex, MutexGuard, OnceLock, RwLock, RwLockReadGuard,
    RwLockWriteGuard, thread, thread_local,
};

/// Whether a model is to be shown a mistake, which it must notice. The mistake is told in words.
#[cfg(not(loom))]
pub(crate) const fn slips(_mistake: &str) -> bool {
    false
}

/// Waits until the listener hears something; `false` when it is too late before, which it never is in a model.
pub(crate) fn wait(listener: EventListener, deadline: Instant) -> bool {
    if cfg!(loom) {
        listener.wait();
        return true;
    }
    listener.wait_deadline(deadline).is_some()
}
