//! Guards: an object held for reading, or open for writing.

use std::ops::{Deref, DerefMut};

use crate::{
    Shared,
    cell::{Cell, Held, Opened},
    core::{Replica, Typed},
    cursor::{Cursor, Finish, Root},
    error::{Error, Result},
    recorder::Recorder,
    session::Session,
    sync::{
        MappedRwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU64, Ordering},
    },
};

/// An object's value, held for reading; see [`SharedHandle::read`](crate::SharedHandle::read).
///
/// While it is held no one changes the object in this process, so hold it briefly.
pub struct ReadGuard<'a, T> {
    pub(crate) value: MappedRwLockReadGuard<'a, T>,
    pub(crate) _held: Held,
}

impl<T> Deref for ReadGuard<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for ReadGuard<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

impl<T: std::fmt::Display> std::fmt::Display for ReadGuard<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        (**self).fmt(f)
    }
}

/// An object open for writing; see [`SharedHandle::write`](crate::SharedHandle::write).
///
/// It derefs to the writer. Dropping it commits, unless a panic is under way: then it rolls back.
#[must_use = "dropping the guard at once commits nothing"]
pub struct WriteGuard<'a, T: Shared> {
    /// `None` once it is finished.
    writer: Option<T::Mut<'a>>,
}

impl<'a, T: Shared> WriteGuard<'a, T> {
    pub(crate) fn new(open: OpenCommit<'a>) -> Self {
        Self {
            writer: Some(T::writer(Cursor::root(Box::new(open)))),
        }
    }

    /// Commits what was written.
    ///
    /// # Errors
    ///
    /// When the commit is too large or, on the host, refused; then it is rolled back.
    pub fn commit(mut self) -> Result<()> {
        self.finish(Finish::Commit)
    }

    /// Drops what was written.
    pub fn rollback(mut self) {
        // A rollback has nothing to fail at.
        let _ = self.finish(Finish::Rollback);
    }

    fn finish(&mut self, finish: Finish) -> Result<()> {
        self.writer
            .take()
            .map_or(Ok(()), |writer| T::finish(writer, finish))
    }
}

impl<'a, T: Shared> Deref for WriteGuard<'a, T> {
    type Target = T::Mut<'a>;
    fn deref(&self) -> &T::Mut<'a> {
        self.writer
            .as_ref()
            .expect("the writer is there until the guard is consumed")
    }
}

impl<'a, T: Shared> DerefMut for WriteGuard<'a, T> {
    fn deref_mut(&mut self) -> &mut T::Mut<'a> {
        self.writer
            .as_mut()
            .expect("the writer is there until the guard is consumed")
    }
}

impl<T: Shared> Drop for WriteGuard<'_, T> {
    fn drop(&mut self) {
        let finish = if std::thread::panicking() {
            Finish::Rollback
        } else {
            Finish::Commit
        };
        if let Err(error) = self.finish(finish) {
            tracing::error!(%error, "a commit was rolled back when its guard was dropped");
        }
    }
}

impl<T: Shared> std::fmt::Debug for WriteGuard<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("WriteGuard").finish_non_exhaustive()
    }
}

/// An object held for writing, with its open commit. What is not committed is rolled back.
pub(crate) struct OpenCommit<'a> {
    session: &'a Session,
    cell: &'a Cell,
    replica: RwLockWriteGuard<'a, Replica>,
    /// Where it is noted that it was made, when nobody looks at what it gives.
    noted: Option<&'a Marks>,
    _held: Held,
}

/// What a handle has seen and done last.
#[derive(Debug)]
pub(crate) struct Marks {
    /// The object's version.
    seen: AtomicU64,
    /// What the verdict on its last commit is asked for by; 0 when there is none.
    last_commit: AtomicU64,
}

impl Marks {
    /// It has seen this version.
    pub(crate) fn of(version: u64) -> Self {
        Self {
            seen: AtomicU64::new(version),
            last_commit: AtomicU64::new(0),
        }
    }

    pub(crate) fn seen(&self) -> u64 {
        self.seen.load(Ordering::Relaxed)
    }

    pub(crate) fn see(&self, version: u64) {
        if self.seen() != version {
            self.seen.store(version, Ordering::Relaxed);
        }
    }

    pub(crate) fn last_commit(&self) -> Option<u64> {
        let last = self.last_commit.load(Ordering::Relaxed);
        (last > 0).then_some(last)
    }

    /// It has made this.
    pub(crate) fn note(&self, committed: &Committed) {
        self.see(committed.version);
        let last = committed.ticket.unwrap_or(0);
        self.last_commit.store(last, Ordering::Relaxed);
    }
}

impl<'a> OpenCommit<'a> {
    pub(crate) fn new(session: &'a Session, cell: &'a Cell) -> Result<Self> {
        session.must_be_open()?;
        session.wait_for_room()?;
        let opened = cell.write(|| {
            session.flush();
            session.must_be_open()
        })?;
        Ok(Self::of(session, cell, opened))
    }

    /// The same; `None` where it would wait for the verdicts on earlier commits.
    pub(crate) fn at_once(session: &'a Session, cell: &'a Cell) -> Result<Option<Self>> {
        session.must_be_open()?;
        if session.is_full() {
            return Ok(None);
        }
        let opened = cell.write_at_once()?;
        Ok(opened.map(|opened| Self::of(session, cell, opened)))
    }

    fn of(session: &'a Session, cell: &'a Cell, (replica, held): Opened<'a>) -> Self {
        Self {
            session,
            cell,
            replica,
            noted: None,
            _held: held,
        }
    }

    /// The same, which is noted when it is made.
    pub(crate) fn noted_in(mut self, marks: &'a Marks) -> Self {
        self.noted = Some(marks);
        self
    }

    /// The value and where its changes are recorded.
    pub(crate) fn parts<T: Shared>(&mut self) -> (&mut T, &mut Recorder) {
        let (state, recorder) = self.replica.parts();
        let typed: Option<&mut Typed<T>> = state.as_any_mut().downcast_mut();
        (
            &mut typed
                .expect("a handle's cell keeps the handle's type")
                .value,
            recorder,
        )
    }

    /// Makes the change count, as far as it has its objects.
    pub(crate) fn commit(self) -> Result<Committed> {
        self.commit_on(false)
    }

    /// Makes the change count as a whole, unless the host refuses it.
    pub(crate) fn commit_whole(self) -> Result<Committed> {
        self.commit_on(true)
    }

    fn commit_on(mut self, whole: bool) -> Result<Committed> {
        let mut ticket = None;
        if self.replica.has_recorded() {
            self.replica.check_recorded().map_err(|error| {
                let key = self.cell.key().to_owned();
                Error::Unsendable {
                    key,
                    problem: error.problem.to_string(),
                }
            })?;
            let (session, key) = (self.session, self.cell.key());
            match session.commit(key, &mut self.replica, whole) {
                Ok(proposed) => ticket = proposed,
                Err(error) => {
                    drop(self);
                    session.send();
                    return Err(error);
                }
            }
        }
        let version = self.replica.version();
        let (session, cell, noted) = (self.session, self.cell, self.noted);
        drop(self);
        session.send();
        cell.notify();
        let committed = Committed { version, ticket };
        if let Some(marks) = noted {
            marks.note(&committed);
        }
        Ok(committed)
    }
}

/// A commit that was made.
pub(crate) struct Committed {
    /// The object's version with it.
    pub(crate) version: u64,
    /// What the host's verdict is asked for by, if it is not known yet.
    pub(crate) ticket: Option<u64>,
}

impl Drop for OpenCommit<'_> {
    fn drop(&mut self) {
        if self.replica.has_recorded() {
            self.replica.rollback();
        }
    }
}

impl<T: Shared> Root<T> for OpenCommit<'_> {
    fn value(&self) -> &T {
        let typed: Option<&Typed<T>> = self.replica.state().as_any().downcast_ref();
        &typed
            .expect("a handle's cell keeps the handle's type")
            .value
    }
    fn parts(&mut self) -> (&mut T, &mut Recorder) {
        self.parts()
    }
    fn finish(self: Box<Self>, finish: Finish) -> Result<()> {
        match finish {
            Finish::Commit => (*self).commit().map(drop),
            Finish::Rollback => Ok(()),
        }
    }
}
