//! A member whose host does not take what it proposes waits, instead of queueing ever more.

use std::time::Duration;

use super::MemberSide;
use crate::{
    cell::{self, ROOM},
    deadline::Deadline,
    error::{Error, Result},
    session::Session,
    sync::{
        Event, EventListener,
        atomic::{AtomicBool, Ordering},
    },
};

/// Whether there is room for more proposals.
#[derive(Debug)]
pub(super) struct Room {
    /// How many bytes may be without a verdict.
    limit: usize,
    is_full: AtomicBool,
    changed: Event,
}

impl Room {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            is_full: AtomicBool::new(false),
            changed: Event::new(),
        }
    }

    /// Notes how many bytes are without a verdict, after something was proposed. To be called under the table. Nobody
    /// is woken by that, so it may be called wherever a program proposes something.
    pub(super) fn fill(&self, bytes: usize) {
        if bytes > self.limit {
            self.is_full.store(true, Ordering::Release);
        }
    }

    /// Notes how many bytes are without a verdict, after some have got theirs. To be called under the table. Whether
    /// those who wait are to be [woken](Self::wake).
    #[must_use]
    pub(super) fn note(&self, bytes: usize) -> bool {
        let is_full = bytes > self.limit;
        self.is_full.swap(is_full, Ordering::AcqRel) && !is_full
    }

    /// Wakes all who wait. To be called without a lock, since wakers are a program's code.
    pub(super) fn wake(&self) {
        self.changed.notify(usize::MAX);
    }
}

impl MemberSide {
    /// Whether so much is without a verdict that whoever proposes more has to wait.
    pub(crate) fn is_full(&self) -> bool {
        self.room.is_full.load(Ordering::Acquire)
    }

    /// Hears when there may be room, or the session is over.
    pub(crate) fn listen_for_room(&self) -> EventListener {
        self.room.changed.listen()
    }

    /// Notes how much is without a verdict, after something was proposed.
    pub(crate) fn fill_room(&self) {
        let table = self.store.table();
        self.room.fill(table.member.under_way());
    }

    /// Notes how much is without a verdict, after some will have none, and wakes those who wait. To be called without a
    /// lock.
    pub(super) fn make_room(&self) {
        let has_room = {
            let table = self.store.table();
            self.room.note(table.member.under_way())
        };
        if has_room {
            self.room.wake();
        }
    }

    /// Waits for room, unless this thread holds something that the verdicts may wait for.
    pub(crate) fn wait_for_room(&self, session: &Session) -> Result<()> {
        self.wait_for_room_within(session, ROOM)
    }

    fn wait_for_room_within(&self, session: &Session, after: Duration) -> Result<()> {
        if !self.is_full() || cell::held_any().is_some() {
            return Ok(());
        }
        let deadline = Deadline::after(after);
        loop {
            let listener = self.listen_for_room();
            session.must_be_open()?;
            session.flush();
            if !self.is_full() {
                return Ok(());
            }
            if deadline.has_passed() {
                return Err(Error::Timeout {
                    what: "the host's verdicts on what this process has proposed".to_owned(),
                    after,
                });
            }
            deadline.wait(listener);
        }
    }
}

#[cfg(test)]
mod tests;
