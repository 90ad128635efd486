//! A lock for many readers or one writer, as `parking_lot` has it: who waits to write holds up those who come to read,
//! but for who says that it may have it already.

use std::{
    fmt,
    ops::{Deref, DerefMut},
    sync::{self, PoisonError},
};

use loom::sync::{Condvar, Mutex, MutexGuard};

pub(crate) struct RwLock<T> {
    turn: Mutex<Turn>,
    changed: Condvar,
    value: sync::RwLock<T>,
}

#[derive(Default)]
struct Turn {
    readers: usize,
    is_written: bool,
    /// How many wait to write.
    writers: usize,
}

impl<T> RwLock<T> {
    pub(crate) fn new(value: T) -> Self {
        Self {
            turn: Mutex::default(),
            changed: Condvar::new(),
            value: sync::RwLock::new(value),
        }
    }

    pub(crate) fn read(&self) -> RwLockReadGuard<'_, T> {
        self.read_unless(|turn| turn.is_written || turn.writers > 0)
    }

    pub(crate) fn read_recursive(&self) -> RwLockReadGuard<'_, T> {
        self.read_unless(|turn| turn.is_written)
    }

    pub(crate) fn try_read(&self) -> Option<RwLockReadGuard<'_, T>> {
        let mut turn = self.turn();
        let is_free = !turn.is_written && turn.writers == 0;
        is_free.then(|| self.seen(&mut turn))
    }

    fn read_unless(&self, is_taken: fn(&Turn) -> bool) -> RwLockReadGuard<'_, T> {
        let mut turn = self.turn();
        while is_taken(&turn) {
            turn = self.sleep(turn);
        }
        self.seen(&mut turn)
    }

    fn seen(&self, turn: &mut Turn) -> RwLockReadGuard<'_, T> {
        turn.readers += 1;
        let value = self.value.try_read().ok();
        RwLockReadGuard {
            lock: self,
            value: Some(value.expect("nobody writes now")),
        }
    }

    pub(crate) fn write(&self) -> RwLockWriteGuard<'_, T> {
        let mut turn = self.turn();
        turn.writers += 1;
        while turn.is_written || turn.readers > 0 {
            turn = self.sleep(turn);
        }
        turn.writers -= 1;
        self.written(&mut turn)
    }

    pub(crate) fn try_write(&self) -> Option<RwLockWriteGuard<'_, T>> {
        let mut turn = self.turn();
        let is_free = !turn.is_written && turn.readers == 0;
        is_free.then(|| self.written(&mut turn))
    }

    fn written(&self, turn: &mut Turn) -> RwLockWriteGuard<'_, T> {
        turn.is_written = true;
        let value = self.value.try_write().ok();
        RwLockWriteGuard {
            lock: self,
            value: Some(value.expect("nobody reads or writes now")),
        }
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        self.turn.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn sleep<'a>(&self, turn: MutexGuard<'a, Turn>) -> MutexGuard<'a, Turn> {
        let turn = self.changed.wait(turn);
        turn.unwrap_or_else(PoisonError::into_inner)
    }
}

impl<T> fmt::Debug for RwLock<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RwLock").finish_non_exhaustive()
    }
}

pub(crate) struct RwLockReadGuard<'a, T> {
    lock: &'a RwLock<T>,
    /// `None` when it is dropped.
    value: Option<sync::RwLockReadGuard<'a, T>>,
}

pub(crate) struct RwLockWriteGuard<'a, T> {
    lock: &'a RwLock<T>,
    value: Option<sync::RwLockWriteGuard<'a, T>>,
}

impl<'a, T> RwLockReadGuard<'a, T> {
    /// A part of what is read.
    pub(crate) fn map<U>(
        guard: Self,
        part: impl Fn(&T) -> &U + 'a,
    ) -> MappedRwLockReadGuard<'a, U> {
        MappedRwLockReadGuard(Box::new(Part { guard, part }))
    }
}

impl<T> Deref for RwLockReadGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.value.as_ref().expect("it is held")
    }
}

impl<T> Deref for RwLockWriteGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.value.as_ref().expect("it is held")
    }
}

impl<T> DerefMut for RwLockWriteGuard<'_, T> {
    fn deref_mut(&mut self) -> &mut T {
        self.value.as_mut().expect("it is held")
    }
}

impl<T> Drop for RwLockReadGuard<'_, T> {
    fn drop(&mut self) {
        self.value = None;
        let mut turn = self.lock.turn();
        turn.readers -= 1;
        self.lock.changed.notify_all();
    }
}

impl<T> Drop for RwLockWriteGuard<'_, T> {
    fn drop(&mut self) {
        self.value = None;
        let mut turn = self.lock.turn();
        turn.is_written = false;
        self.lock.changed.notify_all();
    }
}

/// A part of what is read, which holds all of it.
pub(crate) struct MappedRwLockReadGuard<'a, U>(Box<dyn Deref<Target = U> + 'a>);

struct Part<'a, T, F> {
    guard: RwLockReadGuard<'a, T>,
    part: F,
}

impl<T, U, F: Fn(&T) -> &U> Deref for Part<'_, T, F> {
    type Target = U;
    fn deref(&self) -> &U {
        (self.part)(&self.guard)
    }
}

impl<U> Deref for MappedRwLockReadGuard<'_, U> {
    type Target = U;
    fn deref(&self) -> &U {
        &self.0
    }
}
