//! Where a process keeps an object: its replica behind a lock, and those who wait for a change.

use std::{cell::RefCell, sync::Arc, time::Duration};

use crate::{
    audience::Hearers,
    core::{Life, Maker, Replica, Seq},
    deadline::Deadline,
    error::{Error, Result},
    schema::Schema,
    sync::{
        Event, EventListener, Mutex, RwLock, RwLockReadGuard, RwLockWriteGuard,
        atomic::{AtomicU64, Ordering},
        slips, thread_local,
    },
    wire::DecodeError,
};

/// How long a commit waits for the verdicts on earlier ones, and whatever is proposed.
pub(crate) const ROOM: Duration = Duration::from_secs(120);

/// One key's object in this process.
///
/// A thread that holds a cell and asks for it again would wait for itself. So each thread knows
/// which cells it holds, and is told instead.
#[derive(Debug)]
pub(crate) struct Cell {
    key: Arc<str>,
    hearers: Arc<Hearers>,
    replica: RwLock<Replica>,
    /// The marks of the replica when it was last opened for writing.
    opened_seq: AtomicU64,
    opened_version: AtomicU64,
    changed: Event,
    /// How often those were woken who wait for a change. Nothing is missed by who does not see it: it is for those
    /// who spin before they listen. So models leave it out.
    wakes: std::sync::atomic::AtomicU64,
    /// Commits need not wait any more.
    room: Event,
    /// Verdicts that nobody waits for any more, and whether they were told. Whoever opens the replica for writing
    /// next notes them.
    unwatched: Mutex<Vec<(u64, bool)>>,
}

thread_local! {
    /// The cells that this thread holds, by address, and whether for writing.
    static HELD: RefCell<Vec<(usize, bool)>> = const { RefCell::new(Vec::new()) };
}

/// The address of a cell that this thread holds, if it holds any. Nothing that waits for other
/// threads may be waited for then: they may be waiting for this cell.
pub(crate) fn held_any() -> Option<usize> {
    HELD.with(|held| held.borrow().last().map(|&(address, _)| address))
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
        HELD.with(|held| {
            let mut held = held.borrow_mut();
            let mine = (self.address, self.writing);
            if let Some(at) = held.iter().rposition(|&note| note == mine) {
                held.swap_remove(at);
            }
        });
    }
}

/// A replica that is held for writing, with the note of it.
pub(crate) type Opened<'a> = (RwLockWriteGuard<'a, Replica>, Held);

/// The error for an object of another form than the one that was asked for.
pub(crate) fn mismatch(
    key: String,
    asked: String,
    here: &Schema,
    found: &Schema,
    maker: Maker,
) -> Error {
    let there = maker.to_string();
    let differences = here.difference(found);
    Error::TypeMismatch {
        key,
        asked,
        found: found.in_a_line(),
        differences: differences.iter().map(|it| it.told(&there)).collect(),
    }
}

/// The error for an object whose value the Rust type that is asked for refuses.
pub(crate) fn unreadable(key: String, asked: &Schema, problem: &DecodeError) -> Error {
    Error::Unreadable {
        key,
        asked: asked.in_a_line(),
        problem: problem.problem.to_string(),
    }
}

impl Cell {
    pub(crate) fn new(key: Arc<str>, mut replica: Replica) -> Arc<Self> {
        let hearers = Arc::<Hearers>::default();
        replica.tell_to(hearers.clone());
        Arc::new(Self {
            key,
            hearers,
            replica: RwLock::new(replica),
            opened_seq: AtomicU64::new(0),
            opened_version: AtomicU64::new(0),
            changed: Event::new(),
            wakes: std::sync::atomic::AtomicU64::default(),
            room: Event::new(),
            unwatched: Mutex::default(),
        })
    }

    /// Another cell of the same key.
    pub(crate) fn with(&self, replica: Replica) -> Arc<Self> {
        Self::new(self.key.clone(), replica)
    }

    pub(crate) fn key(&self) -> &str {
        &self.key
    }

    /// Those who listen to the object. While it is read nothing is told.
    pub(crate) fn hearers(&self) -> &Hearers {
        &self.hearers
    }

    /// Holds the object for reading.
    ///
    /// # Panics
    ///
    /// When this thread is writing it.
    pub(crate) fn read(&self) -> (RwLockReadGuard<'_, Replica>, Held) {
        assert!(
            !self.is_written_here(),
            "`{}` is read through its handle while this thread is writing it; read through the \
             writer instead",
            self.key
        );
        // To wait behind a writer who may wait for this very thread could last for ever.
        let replica =
            if held_any().is_some() && !slips("who reads waits behind a writer who waits for it") {
                self.replica.read_recursive()
            } else {
                self.replica.read()
            };
        (replica, self.note(false))
    }

    /// The object's seq and version; while this thread is writing it, those from before.
    pub(crate) fn marks(&self) -> (Seq, u64) {
        if self.is_written_here() {
            let opened = |mark: &AtomicU64| mark.load(Ordering::Relaxed);
            return (opened(&self.opened_seq), opened(&self.opened_version));
        }
        let (replica, _held) = self.read();
        (replica.seq(), replica.version())
    }

    /// Holds the object for a user's write; an error when it cannot be written. When too many commits
    /// wait for the host's verdict, it waits with them as long as the session allows, which is asked `before_waiting`,
    /// unless this thread holds something that the verdicts may wait for.
    pub(crate) fn write(&self, before_waiting: impl Fn() -> Result<()>) -> Result<Opened<'_>> {
        self.must_not_be_held("write it")?;
        let mut replica = self.lock();
        if replica.is_full() && held_any().is_none() {
            replica = self.wait_for_room(replica, before_waiting)?;
        }
        self.open(replica)
    }

    /// The same; `None` where it would wait for verdicts.
    pub(crate) fn write_at_once(&self) -> Result<Option<Opened<'_>>> {
        self.must_not_be_held("write it")?;
        let replica = self.lock();
        if replica.is_full() {
            return Ok(None);
        }
        self.open(replica).map(Some)
    }

    fn open<'a>(&'a self, replica: RwLockWriteGuard<'a, Replica>) -> Result<Opened<'a>> {
        match replica.life() {
            Life::Live => {
                self.opened_seq.store(replica.seq(), Ordering::Relaxed);
                self.opened_version
                    .store(replica.version(), Ordering::Relaxed);
                Ok((replica, self.note(true)))
            }
            ended => Err(self.ended(&replica, ended)),
        }
    }

    fn wait_for_room<'a>(
        &'a self,
        mut replica: RwLockWriteGuard<'a, Replica>,
        before_waiting: impl Fn() -> Result<()>,
    ) -> Result<RwLockWriteGuard<'a, Replica>> {
        let deadline = Deadline::after(ROOM);
        while !replica.has_room() {
            let listens = !slips("who waits for room listens after it has looked");
            let listener = listens.then(|| self.room.listen());
            drop(replica);
            before_waiting()?;
            if deadline.has_passed() {
                return Err(Error::Timeout {
                    what: format!("the host's verdict on earlier commits to `{}`", self.key),
                    after: ROOM,
                });
            }
            deadline.wait(listener.unwrap_or_else(|| self.room.listen()));
            replica = self.replica.write();
        }
        Ok(replica)
    }

    /// The error for writing an object whose life has ended.
    pub(crate) fn ended(&self, replica: &Replica, life: &Life) -> Error {
        let key = self.key.to_string();
        match life {
            Life::Replaced(by, maker) => {
                let schema = replica.state().schema();
                mismatch(key, schema.in_a_line(), schema, by, *maker)
            }
            Life::Unreadable(problem) => unreadable(key, replica.state().schema(), problem),
            Life::Live | Life::Deleted => Error::Deleted { key },
        }
    }

    /// Nobody waits for a verdict any more, which may have been told. Waits for nobody: a future is dropped
    /// wherever a program drops it, and then this thread may hold what others wait for.
    pub(crate) fn unwatch(&self, ticket: u64, is_told: bool) {
        self.unwatched.lock().push((ticket, is_told));
        drop(self.try_lock());
    }

    /// The replica, without those verdicts that nobody waits for.
    fn opened<'a>(
        &self,
        mut replica: RwLockWriteGuard<'a, Replica>,
    ) -> RwLockWriteGuard<'a, Replica> {
        if slips("what nobody waits for any more is kept") {
            return replica;
        }
        for (ticket, is_told) in self.unwatched.lock().drain(..) {
            replica.unwatch(ticket, is_told);
        }
        replica
    }

    /// Holds the replica for a driver, which runs no code of a user while it does: nothing that may do pending
    /// commits again, since that runs the actions in them.
    pub(crate) fn lock(&self) -> RwLockWriteGuard<'_, Replica> {
        self.opened(self.replica.write())
    }

    /// Holds the replica for a driver, which may run a user's code while it does: a validator, or actions. What that
    /// code asks of the object, or waits for, is answered instead of waited for.
    pub(crate) fn hold(&self) -> Opened<'_> {
        (self.lock(), self.note(true))
    }

    /// The same, unless somebody holds it.
    pub(crate) fn try_hold(&self) -> Option<Opened<'_>> {
        Some((self.try_lock()?, self.note(true)))
    }

    /// Looks at the replica for a driver.
    pub(crate) fn look(&self) -> RwLockReadGuard<'_, Replica> {
        self.replica.read()
    }

    /// The same, unless somebody writes it or waits to.
    pub(crate) fn try_look(&self) -> Option<RwLockReadGuard<'_, Replica>> {
        self.replica.try_read()
    }

    /// The replica, unless somebody holds it.
    pub(crate) fn try_lock(&self) -> Option<RwLockWriteGuard<'_, Replica>> {
        self.replica.try_write().map(|replica| self.opened(replica))
    }

    /// An error when this thread holds the object: what it asks for would wait for itself.
    pub(crate) fn must_not_be_held(&self, doing: &'static str) -> Result<()> {
        if self.held_here().is_none() {
            return Ok(());
        }
        Err(Error::Busy {
            key: self.key.to_string(),
            doing,
        })
    }

    /// Whether this thread is writing the object.
    pub(crate) fn is_written_here(&self) -> bool {
        self.held_here() == Some(true)
    }

    /// Wakes those who wait for a change, or to hear of one. To be called without the lock.
    pub(crate) fn notify(&self) {
        self.wakes.fetch_add(1, Ordering::Release);
        if !slips("who waits for a change is not told that there is one") {
            self.changed.notify(usize::MAX);
        }
        self.hearers.wake();
    }

    /// Wakes all who wait. To be called without the lock.
    pub(crate) fn notify_all(&self) {
        self.notify();
        self.notify_of_room();
    }

    /// Wakes those whose commits wait for room. To be called without the lock.
    pub(crate) fn notify_of_room(&self) {
        self.room.notify(usize::MAX);
    }

    /// Hears of changes from now on.
    pub(crate) fn listen(&self) -> EventListener {
        self.changed.listen()
    }

    /// How often those were woken who wait for a change, to be asked for before the object is looked at.
    pub(crate) fn wakes(&self) -> u64 {
        self.wakes.load(Ordering::Acquire)
    }

    /// How many wait for a change or for room, and how many commits there are whose verdict is waited for.
    #[cfg(any(test, loom, feature = "simulation"))]
    pub(crate) fn waiting(&self) -> (usize, usize) {
        let listeners = self.changed.total_listeners() + self.room.total_listeners();
        (listeners, self.lock().watched())
    }

    /// Whether this thread holds the cell, and if so whether for writing.
    fn held_here(&self) -> Option<bool> {
        let address = self.address();
        HELD.with(|held| {
            held.borrow()
                .iter()
                .find(|&&(cell, _)| cell == address)
                .map(|&(_, writing)| writing)
        })
    }

    fn note(&self, writing: bool) -> Held {
        let address = self.address();
        HELD.with(|held| held.borrow_mut().push((address, writing)));
        Held {
            address,
            writing,
            _not_send: std::marker::PhantomData,
        }
    }

    /// What [`held_any`] tells of this cell.
    pub(crate) fn address(&self) -> usize {
        std::ptr::from_ref(self).addr()
    }
}
