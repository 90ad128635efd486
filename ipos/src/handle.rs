//! `SharedHandle`: what a program holds of an object.

mod call;
mod hearing;
mod waiting;

pub use call::{Call, CallError};

use std::{
    fmt,
    marker::PhantomData,
    sync::{Arc, OnceLock},
    time::Duration,
};

use crate::{
    Shared,
    cell::Cell,
    core::{Life, Replica, State, Typed},
    cursor::Cursor,
    error::{Error, Result},
    guard::{Committed, Marks, OpenCommit, ReadGuard, WriteGuard},
    session::Session,
    sync::RwLockReadGuard,
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
    /// What was read, written or waited for last through this handle.
    marks: Marks,
    value: PhantomData<fn() -> T>,
}

impl<T: Shared> SharedHandle<T> {
    /// A handle to a cell that holds a `T`.
    pub(crate) fn new(session: Arc<Session>, cell: Arc<Cell>) -> Self {
        let marks = Marks::of(cell.marks().1);
        Self {
            session,
            cell,
            marks,
            value: PhantomData,
        }
    }

    /// The object's value, held for reading until the guard is dropped.
    ///
    /// It can be read as long as there is a handle: also after the object was deleted or the
    /// session has ended or the object became [unreadable](Error::Unreadable), when it gives the last state.
    /// Reading several times in one thread is no
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
    /// [`Error::Unreadable`] when this process's type has refused the object's value,
    /// [`Error::Busy`] when this thread holds the object, [`Error::Timeout`] when many earlier commits
    /// have had no verdict for two minutes. After it: [`Error::TooLarge`], [`Error::Unsendable`], and on
    /// the host [`Error::Rejected`]; the commit is then rolled back. What the host refuses of a member
    /// later is told by [`flush`](Self::flush).
    pub fn update<R>(&self, change: impl FnOnce(&mut T::Mut<'_>) -> R) -> Result<R> {
        let open = OpenCommit::new(&self.session, &self.cell)?;
        self.commit(open, change)
    }

    fn commit<R>(
        &self,
        mut open: OpenCommit<'_>,
        change: impl FnOnce(&mut T::Mut<'_>) -> R,
    ) -> Result<R> {
        let (value, recorder) = open.parts::<T>();
        let result = change(&mut T::writer(Cursor::new(value, recorder)));
        self.made(&open.commit()?);
        Ok(result)
    }

    /// Changes the object as [`update`](Self::update) does, unless the closure answers with an `Err`: then
    /// all that it has written is rolled back, and nothing is sent.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let ipos = ipos::Ipos::host()?;
    /// let purse = ipos.create("purse", (5, 0))?;
    /// let pay = |amount| -> ipos::Result<i32> {
    ///     purse.try_update(|purse| {
    ///         purse.set_1(purse.1 + amount);
    ///         let left = purse.0 - amount;
    ///         if left < 0 {
    ///             return Err(ipos::Error::Rejected { reason: "not enough".into() });
    ///         }
    ///         purse.set_0(left);
    ///         Ok(left)
    ///     })
    /// };
    /// assert_eq!(pay(3)?, 2);
    /// assert!(pay(3).is_err());
    /// assert_eq!(*purse.read(), (2, 3));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// What the closure answers with, and the errors of [`update`](Self::update).
    pub fn try_update<R, E: From<Error>>(
        &self,
        change: impl FnOnce(&mut T::Mut<'_>) -> Result<R, E>,
    ) -> Result<R, E> {
        let mut open = OpenCommit::new(&self.session, &self.cell)?;
        let (value, recorder) = open.parts::<T>();
        let result = change(&mut T::writer(Cursor::new(value, recorder)))?;
        self.made(&open.commit()?);
        Ok(result)
    }

    /// Changes the object as [`update`](Self::update) does, and waits for the host's verdict. The commit
    /// counts as a whole or not at all: when others have removed something that it changes, it is
    /// refused.
    ///
    /// Meanwhile this process sees the change, as with `update`. If it is refused it is undone, and what
    /// this process has committed since is done again without it.
    ///
    /// ```
    /// # fn main() -> ipos::Result<()> {
    /// # let ipos = ipos::Ipos::host()?;
    /// let jobs = ipos.create("jobs", vec![String::from("paint")])?;
    /// // Of all processes that do this, one gets the job.
    /// let job = jobs.transact(|jobs| jobs.pop())?;
    /// assert_eq!(job.as_deref(), Some("paint"));
    /// # Ok(())
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`], and the errors of [`update`](Self::update). It waits as long as the host does
    /// not answer and is there: [`Error::HostGone`], [`Error::Closed`] and [`Error::Unreadable`] say that the
    /// verdict is not known. [`Error::Busy`] when this thread holds any object.
    pub fn transact<R>(&self, change: impl FnOnce(&mut T::Mut<'_>) -> R) -> Result<R> {
        self.session
            .must_hold_nothing("wait for the host's verdict")?;
        let open = OpenCommit::new(&self.session, &self.cell)?;
        let (result, ticket) = self.commit_whole(open, change)?;
        if let Some(ticket) = ticket {
            self.hear_verdict(ticket)?;
        }
        Ok(result)
    }

    /// Commits what counts as a whole or not at all; gives what its verdict is asked for by.
    fn commit_whole<R>(
        &self,
        mut open: OpenCommit<'_>,
        change: impl FnOnce(&mut T::Mut<'_>) -> R,
    ) -> Result<(R, Option<u64>)> {
        let (value, recorder) = open.parts::<T>();
        let result = change(&mut T::writer(Cursor::new(value, recorder)));
        let committed = open.commit_whole()?;
        self.made(&committed);
        Ok((result, committed.ticket))
    }

    fn hear_verdict(&self, ticket: u64) -> Result<()> {
        let watch = Watch::new(&self.cell, ticket);
        self.session
            .wait_on(&self.cell, "a verdict", Duration::MAX, false, |replica| {
                watch.has_verdict(replica)
            })?;
        watch.verdict()
    }

    /// Opens the object for writing until the guard is dropped or told to
    /// [`commit`](WriteGuard::commit) or to [`rollback`](WriteGuard::rollback). Where there is a validator,
    /// say `commit`: a drop can not tell that it was refused.
    ///
    /// # Errors
    ///
    /// As [`update`](Self::update) does.
    pub fn write(&self) -> Result<WriteGuard<'_, T>> {
        let open = OpenCommit::new(&self.session, &self.cell)?;
        Ok(WriteGuard::new(open.noted_in(&self.marks)))
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
        self.made(&open.commit()?);
        Ok(())
    }

    /// Waits until the host has a verdict on all that this process has committed to the object, its
    /// creation among it.
    ///
    /// # Errors
    ///
    /// [`Error::Rejected`] when something was refused since the last flush, with the first reason; the
    /// refused is undone. What [`transact`](Self::transact) has told is not told again.
    /// [`Error::HostGone`] and [`Error::Closed`] when there is something that cannot be confirmed
    /// any more, [`Error::Unreadable`] when the object goes on without this handle, with what is not confirmed
    /// yet: a flush of the next one tells what came of it. [`Error::Timeout`], [`Error::Busy`] when this
    /// thread holds an object.
    pub fn flush(&self, timeout: Duration) -> Result<()> {
        self.session.wait_for_verdicts(&self.cell, timeout)?;
        self.told_refusals()
    }

    /// An error when something was refused that nobody was told of.
    fn told_refusals(&self) -> Result<()> {
        match self.cell.lock().take_refusals() {
            None => Ok(()),
            Some((reason, 0)) => Err(Error::Rejected { reason }),
            Some((first, more)) => Err(Error::Rejected {
                reason: format!("{first} (and {more} more commits to `{}`)", self.key()),
            }),
        }
    }

    /// Whether all that this process has committed to the object is confirmed or refused by the host,
    /// its creation among it. `false` once the object is [unreadable](Error::Unreadable), since it is not known
    /// here any more.
    pub fn is_confirmed(&self) -> bool {
        let look = |replica: &Replica| {
            !replica.is_unreadable() && replica.is_created() && replica.first_pending().is_none()
        };
        if self.cell.is_written_here() {
            return false;
        }
        let (replica, _held) = self.cell.read();
        look(&replica)
    }

    /// Waits until the value is as `condition` says; returns at once if it is so already.
    ///
    /// # Errors
    ///
    /// [`Error::HostGone`], [`Error::Closed`], [`Error::Deleted`], [`Error::TypeMismatch`] and
    /// [`Error::Unreadable`] as soon as the value cannot change here any more, [`Error::Timeout`], [`Error::Busy`] when this
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
        self.wait("a change", timeout, Self::is_changed)
    }

    /// The key that the object was created under.
    pub fn key(&self) -> &str {
        self.cell.key()
    }

    /// The place of the object's last confirmed change in the order of the session.
    pub fn seq(&self) -> u64 {
        self.cell.marks().0
    }

    /// Sees the object, and tells whether that is another state than was seen before.
    fn is_changed(&self, replica: &Replica) -> bool {
        let is_other = replica.version() != self.marks.seen();
        let is_changed = is_other && matches!(replica.life(), Life::Live);
        if is_changed {
            self.see(replica.version());
        }
        is_changed
    }

    fn see(&self, version: u64) {
        self.marks.see(version);
    }

    /// Notes what was committed through this handle.
    fn made(&self, committed: &Committed) {
        self.marks.note(committed);
    }

    /// Where the object is kept.
    #[cfg(feature = "simulation")]
    pub(crate) fn cell(&self) -> &Cell {
        &self.cell
    }

    fn wait(
        &self,
        what: &str,
        timeout: Duration,
        mut come: impl FnMut(&Self, &Replica) -> bool,
    ) -> Result<()> {
        self.session
            .wait_on(&self.cell, what, timeout, true, |replica| {
                come(self, replica)
            })
    }
}

/// A commit whose verdict is waited for.
struct Watch<'a> {
    cell: &'a Cell,
    ticket: u64,
    verdict: OnceLock<Result<(), String>>,
    is_told: bool,
}

impl<'a> Watch<'a> {
    fn new(cell: &'a Cell, ticket: u64) -> Self {
        let verdict = OnceLock::new();
        Self {
            cell,
            ticket,
            verdict,
            is_told: false,
        }
    }

    fn has_verdict(&self, replica: &Replica) -> bool {
        let verdict = replica.verdict(self.ticket);
        verdict.is_some_and(|verdict| self.verdict.set(verdict).is_ok())
    }

    /// What was found.
    fn verdict(mut self) -> Result<()> {
        self.is_told = true;
        let verdict = self.verdict.take().unwrap_or(Ok(()));
        verdict.map_err(|reason| Error::Rejected { reason })
    }
}

impl Drop for Watch<'_> {
    fn drop(&mut self) {
        self.cell.unwatch(self.ticket, self.is_told);
    }
}

/// The value in a cell whose handles are of type `T`.
fn value<T: Shared>(replica: &Replica) -> &T {
    typed(replica.state())
}

fn typed<T: Shared>(state: &dyn State) -> &T {
    let typed: Option<&Typed<T>> = state.as_any().downcast_ref();
    &typed
        .expect("a handle's cell keeps the handle's type")
        .value
}

impl<T> Clone for SharedHandle<T> {
    fn clone(&self) -> Self {
        Self {
            session: self.session.clone(),
            cell: self.cell.clone(),
            marks: Marks::of(self.marks.seen()),
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
