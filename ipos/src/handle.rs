//! `SharedHandle`: what a program holds of an object.

use std::{
    fmt,
    marker::PhantomData,
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use parking_lot::RwLockReadGuard;

use crate::{
    Shared,
    cell::Cell,
    core::{Life, Replica, Typed},
    cursor::Cursor,
    deadline::Deadline,
    error::{Error, Result},
    guard::{OpenCommit, ReadGuard, WriteGuard},
    session::Session,
};

/// A live object of type `T`: read it as a plain value, write it through its writer.
///
/// All handles to a key, in all processes of the session, see the same object. A clone sees the
/// same object and notices changes on its own.
///
/// ```
/// # fn main() -> ipos::Result<()> {
/// let ipos = ipos::Ipos::host()?;
/// let numbers = ipos.create("numbers", vec![1, 2, 3])?;
/// numbers.update(|numbers| numbers.push(4))?;
/// assert_eq!(*numbers.read(), [1, 2, 3, 4]);
/// # Ok(())
/// # }
/// ```
pub struct SharedHandle<T> {
    session: Arc<Session>,
    cell: Arc<Cell>,
    /// The object's version that was read, written or waited for last through this handle.
    seen: AtomicU64,
    value: PhantomData<fn() -> T>,
}

impl<T: Shared> SharedHandle<T> {
    /// A handle to a cell that holds a `T`.
    pub(crate) fn new(session: Arc<Session>, cell: Arc<Cell>) -> Self {
        let seen = AtomicU64::new(cell.marks().1);
        Self {
            session,
            cell,
            seen,
            value: PhantomData,
        }
    }

    /// The object's value, held for reading until the guard is dropped.
    ///
    /// It can be read as long as there is a handle: also after the object was deleted or the
    /// session has ended, when it gives the last state. Reading several times in one thread is no
    /// problem. Writing while a guard is held is [`Error::Busy`].
    ///
    /// # Panics
    ///
    /// When called on an object inside its own `update`: read through the writer there.
    pub fn read(&self) -> ReadGuard<'_, T> {
        let (replica, held) = self.cell.read();
        self.see(replica.version());
        let value = RwLockReadGuard::map(replica, |replica| value::<T>(replica));
        ReadGuard { value, _held: held }
    }

    /// A copy of the object's value.
    ///
    /// # Panics
    ///
    /// As [`read`](Self::read) does.
    pub fn snapshot(&self) -> T {
        self.read().clone()
    }

    /// Changes the object: one atomic commit, which this process sees at once and every other one
    /// soon. Nobody sees a part of it. A panic inside rolls it back.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let ipos = ipos::Ipos::host()?;
    /// let pair = ipos.create("pair", (1, String::new()))?;
    /// let sum = pair.update(|pair| {
    ///     pair.set_0(pair.0 + 1);
    ///     pair._1_mut().push_str("two");
    ///     pair.0
    /// })?;
    /// assert_eq!(sum, 2);
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Before the closure runs: [`Error::HostGone`] and [`Error::Closed`] when the session has
    /// ended, [`Error::Deleted`], [`Error::TypeMismatch`] when the key was given to another type,
    /// [`Error::Busy`] when this thread holds the object. After it: [`Error::TooLarge`]; the
    /// commit is then rolled back.
    pub fn update<R>(&self, change: impl FnOnce(&mut T::Mut<'_>) -> R) -> Result<R> {
        let mut open = OpenCommit::new(&self.session, &self.cell)?;
        let (value, recorder) = open.parts::<T>();
        let result = change(&mut T::writer(Cursor::new(value, recorder)));
        self.see(open.commit()?);
        Ok(result)
    }

    /// Opens the object for writing until the guard is dropped or told to
    /// [`commit`](WriteGuard::commit) or to [`rollback`](WriteGuard::rollback).
    ///
    /// # Errors
    ///
    /// As [`update`](Self::update) does.
    pub fn write(&self) -> Result<WriteGuard<'_, T>> {
        let open = OpenCommit::new(&self.session, &self.cell)?;
        Ok(WriteGuard::new(open))
    }

    /// Replaces the whole value.
    ///
    /// # Errors
    ///
    /// As [`update`](Self::update) does.
    pub fn set(&self, value: T) -> Result<()> {
        let mut open = OpenCommit::new(&self.session, &self.cell)?;
        let (old, recorder) = open.parts::<T>();
        T::replace(Cursor::new(old, recorder), value);
        self.see(open.commit()?);
        Ok(())
    }

    /// Waits until all that this process has committed to the object is confirmed by the host, its
    /// creation among it.
    ///
    /// # Errors
    ///
    /// [`Error::HostGone`] and [`Error::Closed`] when there is something that cannot be confirmed
    /// any more, [`Error::Timeout`], [`Error::Busy`] when this thread holds an object.
    pub fn flush(&self, timeout: Duration) -> Result<()> {
        let mut last = None;
        let mut first_look = true;
        self.wait("a confirmation", timeout, |_, replica| {
            if std::mem::take(&mut first_look) {
                last = replica.last_pending();
            }
            // A creation that the host has not ordered yet has no seq.
            let created = replica.seq() > 0 || !matches!(replica.life(), Life::Live);
            let first = replica.first_pending();
            created && first.is_none_or(|first| last.is_none_or(|last| last < first))
        })
    }

    /// Waits until the value is as `condition` says; returns at once if it is so already.
    ///
    /// # Errors
    ///
    /// [`Error::HostGone`], [`Error::Closed`], [`Error::Deleted`] and [`Error::TypeMismatch`] as
    /// soon as the value cannot change any more, [`Error::Timeout`], [`Error::Busy`] when this
    /// thread holds the object.
    pub fn wait_until(
        &self,
        timeout: Duration,
        mut condition: impl FnMut(&T) -> bool,
    ) -> Result<()> {
        self.wait("a state", timeout, |handle, replica| {
            handle.see(replica.version());
            condition(value(replica))
        })
    }

    /// Waits for a change that was not seen through this handle: one made since it was last read,
    /// written or waited for. So a loop of `read` and `changed` misses nothing.
    ///
    /// # Errors
    ///
    /// As [`wait_until`](Self::wait_until).
    pub fn changed(&self, timeout: Duration) -> Result<()> {
        let seen = self.seen.load(Ordering::Relaxed);
        self.wait("a change", timeout, |handle, replica| {
            let changed = replica.version() != seen && matches!(replica.life(), Life::Live);
            if changed {
                handle.see(replica.version());
            }
            changed
        })
    }

    /// The key that the object was created under.
    pub fn key(&self) -> &str {
        self.cell.key()
    }

    /// The place of the object's last confirmed change in the order of the session.
    pub fn seq(&self) -> u64 {
        self.cell.marks().0
    }

    fn see(&self, version: u64) {
        if self.seen.load(Ordering::Relaxed) != version {
            self.seen.store(version, Ordering::Relaxed);
        }
    }

    fn wait(
        &self,
        what: &str,
        timeout: Duration,
        mut come: impl FnMut(&Self, &Replica) -> bool,
    ) -> Result<()> {
        self.session.must_hold_nothing("wait for a change")?;
        let deadline = Deadline::after(timeout);
        let mut listener = None;
        loop {
            {
                let (replica, _held) = self.cell.read();
                if come(self, &replica) {
                    return Ok(());
                }
                match replica.life() {
                    Life::Live => self.session.must_be_open()?,
                    ended => return Err(self.cell.ended(&replica, ended)),
                }
            }
            if deadline.has_passed() {
                let what = format!("{what} of `{}`", self.key());
                return Err(Error::Timeout {
                    what,
                    after: timeout,
                });
            }
            // Listening first and looking then leaves no gap for a change to slip through.
            match listener.take() {
                None => listener = Some(self.cell.listen()),
                Some(heard) => deadline.wait(heard),
            }
        }
    }
}

/// The value in a cell whose handles are of type `T`.
fn value<T: Shared>(replica: &Replica) -> &T {
    let typed: Option<&Typed<T>> = replica.state().as_any().downcast_ref();
    &typed
        .expect("a handle's cell keeps the handle's type")
        .value
}

impl<T> Clone for SharedHandle<T> {
    fn clone(&self) -> Self {
        Self {
            session: self.session.clone(),
            cell: self.cell.clone(),
            seen: AtomicU64::new(self.seen.load(Ordering::Relaxed)),
            value: PhantomData,
        }
    }
}

impl<T> fmt::Debug for SharedHandle<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SharedHandle")
            .field("key", &self.cell.key())
            .finish_non_exhaustive()
    }
}
