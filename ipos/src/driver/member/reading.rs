//! What a member does with its host's messages.

use std::{cell::RefCell, sync::Arc};

use ipos_transport::{FrameReader, frame};

use super::MemberSide;
use crate::{
    core::{Origin, PeerId, Violation},
    deadline::Deadline,
    driver::{
        Flow,
        desk::{Desk, Taken, pump},
    },
    session::{End, Session},
    store::Heard,
    sync::{EventListener, atomic::Ordering, slips},
};

/// What ended the reading of the host's messages.
#[derive(Debug, thiserror::Error)]
enum Lost {
    #[error(transparent)]
    Link(#[from] ipos_transport::Error),
    #[error(transparent)]
    Violation(#[from] Violation),
}

impl Lost {
    /// Whether the host has done nothing that it must not do.
    fn is_of_the_connection(&self) -> bool {
        use ipos_transport::Error::{Closed, Io, Truncated};
        matches!(self, Self::Link(Closed | Io { .. } | Truncated))
    }
}

pub(super) fn read(session: &Arc<Session>, mut frames: FrameReader) {
    let Some(side) = session.member() else { return };
    // Whatever ends the thread ends the session for this process.
    let mut end = EndOfReading {
        session,
        why: "the thread that reads from it has panicked".into(),
    };
    loop {
        let (why, is_for_good) = side.read_until_lost(session, frames);
        let is_live = side.live.load(Ordering::Acquire);
        let home = side.home.as_ref().filter(|_| is_live && !is_for_good);
        let Some(home) = home else {
            end.why = why;
            return;
        };
        if session.must_be_open().is_err() {
            end.why = why;
            return;
        }
        match side.come_again(session, home, why.clone()) {
            Ok(Some(again)) => frames = again,
            Ok(None) => {
                end.why = why;
                return;
            }
            Err(why) => {
                end.why = why;
                return;
            }
        }
    }
}

struct EndOfReading<'a> {
    session: &'a Session,
    why: String,
}

impl Drop for EndOfReading<'_> {
    fn drop(&mut self) {
        self.session
            .end(End::HostGone(std::mem::take(&mut self.why)));
        if let Some(side) = self.session.member() {
            side.outbox().close();
            if !slips("who waits for a barrier is not told that the host is gone") {
                side.settled.notify(usize::MAX);
            }
        }
    }
}

impl MemberSide {
    /// Reads from the host until that is over; why, and whether it is for good.
    fn read_until_lost(&self, session: &Session, frames: FrameReader) -> (String, bool) {
        let goodbye = RefCell::new(None);
        let take = |frame: &[u8]| {
            self.is_taking.store(true, Ordering::Relaxed);
            Ok(self.take(session, frame, &goodbye)?)
        };
        let rest = || {
            self.store.rest()?;
            let again = self.lose_patience();
            self.send();
            self.is_taking.store(false, Ordering::Relaxed);
            Ok(again)
        };
        let waiting = session.settings().waiting;
        let link = self.line().link.clone();
        let host = Origin::of(PeerId::HOST, link.peer().pid);
        let desk = Desk::new(link, host, frames);
        let finish = |left: Violation| Err(Lost::from(left));
        let result = pump(&desk, &self.front, waiting, finish, take, rest);
        if let Some(goodbye) = goodbye.take() {
            return goodbye;
        }
        let silence = self.line().silence.take();
        match (result, silence) {
            (_, Some(limit)) => {
                let why = format!("it has said nothing for {limit:?}, though it was asked");
                (why, false)
            }
            (Ok(_), _) => ("the connection closed".into(), false),
            (Err(lost), _) => (lost.to_string(), !lost.is_of_the_connection()),
        }
    }

    fn take(
        &self,
        session: &Session,
        message: &[u8],
        goodbye: &RefCell<Option<(String, bool)>>,
    ) -> Result<Flow, Violation> {
        self.store.tally().arrived(frame::HEADER + message.len());
        match self.store.take(message)? {
            Heard::Done => {}
            Heard::Placed => session.announce(),
            Heard::Live => {
                if self.live.swap(true, Ordering::AcqRel) {
                    self.store.tally().resynced();
                }
                let seq = self.store.table().member.heard();
                tracing::debug!(session = session.name(), seq, "this process is in sync");
                self.became_live.notify(usize::MAX);
                self.is_in_sync(session);
            }
            Heard::Passed => {
                self.settled.notify(usize::MAX);
            }
            Heard::Goodbye { why, is_for_good } => {
                goodbye.replace(Some((why, is_for_good)));
                return Ok(Flow::Stop);
            }
        }
        self.has_taken();
        Ok(Flow::Continue)
    }

    /// Wakes those for whom a message that was taken may be what they wait for.
    #[inline]
    fn has_taken(&self) {
        self.subscribers.wake();
        let (has_room, is_settled) = {
            let table = self.store.table();
            let has_room = self.room.note(table.member.under_way());
            (has_room, table.member.is_settled())
        };
        if has_room {
            self.room.wake();
        }
        if is_settled && !slips("who leaves is not told that it has all verdicts") {
            self.settled.notify(usize::MAX);
        }
    }

    /// Does what a message of the host says, if nobody has to be waited for.
    fn take_at_once(&self, message: &[u8]) -> Taken<Violation> {
        let bytes = frame::HEADER + message.len();
        match self.store.take_at_once(message, bytes) {
            None => Taken::Not,
            Some(Err(violation)) => Taken::But(violation),
            Some(Ok(())) => {
                self.has_taken();
                Taken::Wholly
            }
        }
    }

    /// Waits until the listener hears something or it is too late, and reads what comes, unless another thread does.
    pub(crate) fn wait(&self, heard: EventListener, deadline: Deadline) {
        let take = |_: &Origin, message: &[u8]| self.take_at_once(message);
        self.front.wait(heard, deadline, take, || self.send());
    }

    /// Looks again and again, until a time, whether something is there; whether it is. Reads what comes meanwhile,
    /// unless another thread does.
    pub(crate) fn spin(&self, is_there: impl Fn() -> bool, until: Deadline) -> bool {
        let take = |_: &Origin, message: &[u8]| self.take_at_once(message);
        self.front.spin(is_there, until, take, || self.send())
    }
}
