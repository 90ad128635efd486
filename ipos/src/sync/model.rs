//! What models have in place of `parking_lot` and of what else they would not see, with the same promises.
//!
//! What a lock guards is in a lock of the standard library, which nobody ever waits for: the model's own locks and
//! conditions say whose turn it is.

mod event;
mod once;
mod rwlock;
pub(crate) mod thread;

use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::{PoisonError, TryLockError},
};

use loom::sync;

pub(crate) use self::{
    event::Event,
    once::OnceLock,
    rwlock::{MappedRwLockReadGuard, RwLock, RwLockReadGuard, RwLockWriteGuard},
};

/// What each thread of the model has for itself.
macro_rules! local {
    ($(#[$docs:meta])* static $name:ident: $type:ty = const $value:block;) => {
        loom::thread_local! {
            $(#[$docs])* static $name: $type = $value;
        }
    };
}
pub(crate) use local as thread_local;

/// A lock that is never poisoned.
#[derive(Default)]
pub(crate) struct Mutex<T>(sync::Mutex<T>);

pub(crate) struct MutexGuard<'a, T> {
    mutex: &'a Mutex<T>,
    /// `None` while it is let go of.
    guard: Option<sync::MutexGuard<'a, T>>,
}

impl<T> Mutex<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(sync::Mutex::new(value))
    }

    pub(crate) fn lock(&self) -> MutexGuard<'_, T> {
        let guard = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        MutexGuard {
            mutex: self,
            guard: Some(guard),
        }
    }

    pub(crate) fn is_locked(&self) -> bool {
        self.try_lock().is_none()
    }

    pub(crate) fn try_lock(&self) -> Option<MutexGuard<'_, T>> {
        let guard = match self.0.try_lock() {
            Ok(guard) => guard,
            Err(TryLockError::Poisoned(poisoned)) => poisoned.into_inner(),
            Err(TryLockError::WouldBlock) => return None,
        };
        Some(MutexGuard {
            mutex: self,
            guard: Some(guard),
        })
    }
}

impl<T> MutexGuard<'_, T> {
    /// Lets go of the lock for as long as `act` takes.
    pub(crate) fn unlocked<R>(this: &mut Self, act: impl FnOnce() -> R) -> R {
        this.guard = None;
        let result = act();
        this.guard = this.mutex.lock().guard;
        result
    }
}

impl<T> Deref for MutexGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.guard.as_ref().expect("it is held")
    }
}

impl<T> DerefMut for MutexGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.guard.as_mut().expect("it is held")
    }
}

impl<T> fmt::Debug for Mutex<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mutex").finish_non_exhaustive()
    }
}
