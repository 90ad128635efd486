//! A thread that waits for something reads what comes itself, ahead of the threads that do nothing but read.
//!
//! To be woken by a thread that was woken costs twice what a wake-up costs. Here the system wakes the one or the other:
//! who waits at the [`Lookout`], if somebody does, and else the thread that sleeps at the link's [`Stand`].

#[cfg(test)]
mod tests;

use std::{
    io,
    sync::{
        Arc,
        atomic::{AtomicU8, Ordering},
    },
    task::Wake,
    time::Instant,
};

use crate::{
    Error, Link, Result,
    platform::{self, Bell, Queue, Telling},
};

/// Where one thread waits for bytes on several links at once, ahead of those that sleep at the links' [`Stand`]s.
///
/// Bytes that arrive while it waits wake this thread, and whoever sleeps at a stand that is not [`Place::Behind`]. It is
/// told once, and must read the link until nothing is left, or [nudge](Stand::nudge) who sleeps at the stand. What
/// arrives while nobody waits wakes that one.
///
/// ```
/// use ipos_transport::{Link, Lookout};
/// # fn main() -> ipos_transport::Result<()> {
/// let Ok(lookout) = Lookout::new() else {
///     return Ok(()); // not on this system
/// };
/// lookout.ring();
/// let mut readable = Vec::new();
/// lookout.wait(&mut readable, None)?; // returns at once
/// assert!(readable.is_empty());
/// # Ok(())
/// # }
/// ```
#[derive(Debug)]
pub struct Lookout {
    queue: Queue,
    bell: Bell,
    state: AtomicU8,
}

/// Nobody waits.
const AWAKE: u8 = 0;
/// Somebody waits, or is about to: who rings has to wake it.
const ASLEEP: u8 = 1;
/// It was rung for: nobody has to be woken again.
const RUNG: u8 = 2;

/// Who rings is not among the links.
const BELL: u64 = u64::MAX;
/// The link of a stand.
const LINK: u64 = 0;

impl Lookout {
    /// How many links it takes at the most.
    pub const MOST: usize = platform::MOST;

    /// One without links.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when there are no descriptors, and on all systems but Linux.
    pub fn new() -> Result<Self> {
        let open = || -> io::Result<_> {
            let (queue, bell) = (Queue::new()?, Bell::new()?);
            queue.add_bell(&bell, BELL)?;
            Ok((queue, bell))
        };
        let (queue, bell) = open().map_err(|error| Error::io("watch connections", error))?;
        Ok(Self {
            queue,
            bell,
            state: AtomicU8::new(AWAKE),
        })
    }

    /// Watches a link, which [`wait`](Self::wait) calls by a number, and gives where the thread sleeps that reads it
    /// when nobody waits here. From now on that must not sleep elsewhere.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when there are no descriptors, and when the link is one in memory.
    ///
    /// # Panics
    ///
    /// When the number is `u64::MAX`.
    pub fn add(&self, link: &Arc<Link>, number: u64, place: Place) -> Result<Stand> {
        assert_ne!(number, BELL, "this number is taken");
        let add = || -> io::Result<_> {
            let socket = link.socket().ok_or(io::ErrorKind::Unsupported)?;
            let (queue, bell) = (Queue::new()?, Bell::new()?);
            queue.add_bell(&bell, BELL)?;
            // Who is given it first is woken first.
            self.queue.add(socket, number, Telling::First)?;
            let telling = match place {
                Place::Behind => Telling::Second,
                Place::Beside => Telling::Always,
            };
            if let Err(error) = queue.add(socket, LINK, telling) {
                self.queue.remove(socket);
                return Err(error);
            }
            let link = link.clone();
            Ok(Stand {
                link,
                place,
                queue,
                bell,
            })
        };
        add().map_err(|error| Error::io("watch a connection", error))
    }

    /// Watches a link no more.
    pub fn remove(&self, link: &Link) {
        if let Some(socket) = link.socket() {
            self.queue.remove(socket);
        }
    }

    /// Waits until there are bytes to read, somebody [rings](Self::ring), or the deadline has passed, and gives the
    /// numbers of the links that have something new, or have ended. It may return early, with none.
    ///
    /// For one thread at a time.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when the system does not let it wait.
    pub fn wait(&self, readable: &mut Vec<u64>, deadline: Option<Instant>) -> Result<()> {
        readable.clear();
        let asleep = self
            .state
            .compare_exchange(AWAKE, ASLEEP, Ordering::SeqCst, Ordering::SeqCst);
        if asleep.is_err() {
            self.state.store(AWAKE, Ordering::SeqCst);
            return Ok(());
        }
        let waited = self.queue.wait(deadline, |number| match number {
            BELL => self.bell.silence(),
            link => readable.push(link),
        });
        self.state.store(AWAKE, Ordering::SeqCst);
        waited.map_err(|error| Error::io("wait for the peers", error))?;
        Ok(())
    }

    /// Wakes who waits; if nobody does, the next wait returns at once.
    pub fn ring(&self) {
        if self.state.swap(RUNG, Ordering::SeqCst) == ASLEEP {
            self.bell.ring();
        }
    }
}

impl Wake for Lookout {
    fn wake(self: Arc<Self>) {
        self.ring();
    }

    fn wake_by_ref(self: &Arc<Self>) {
        self.ring();
    }
}

/// How a stand is seen to be left alone while somebody waits at the lookout.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Who sleeps there is woken only if nobody sleeps at the lookout: for who waits asleep.
    Behind,
    /// It is woken as well, unless it was told to [rest](Stand::rest): for who looks again and again.
    Beside,
}

/// Where the thread that reads a link sleeps, once the link is watched by a [`Lookout`].
#[derive(Debug)]
pub struct Stand {
    link: Arc<Link>,
    place: Place,
    queue: Queue,
    bell: Bell,
}

impl Stand {
    /// Sleeps until the link has bytes or has ended, unless who waits at the lookout was told or this stand rests, or
    /// until it is [nudged](Self::nudge); `false` when the deadline passed before. It may return early.
    ///
    /// # Errors
    ///
    /// [`Error::Io`] when the system does not let it wait.
    pub fn wait(&self, deadline: Option<Instant>) -> Result<bool> {
        let mut is_told = false;
        let waited = self.queue.wait(deadline, |number| {
            is_told = true;
            if number == BELL {
                self.bell.silence();
            }
        });
        waited.map_err(|error| Error::io("wait for the peer", error))?;
        Ok(is_told)
    }

    /// Leaves who sleeps here asleep when bytes arrive, from now on, if it stands beside the lookout.
    pub fn rest(&self) {
        self.change(Telling::Never);
    }

    /// Wakes who sleeps here when bytes arrive, from now on, and at once if there are some.
    pub fn attend(&self) {
        self.change(Telling::Always);
    }

    fn change(&self, telling: Telling) {
        if let (Place::Beside, Some(socket)) = (self.place, self.link.socket()) {
            self.queue.change(socket, LINK, telling);
        }
    }

    /// Wakes who sleeps here, or who will next.
    pub fn nudge(&self) {
        self.bell.ring();
    }
}
