//! What a member does with its host's messages.

use std::sync::Arc;

use ipos_transport::FrameReader;

use super::MemberSide;
use crate::{
    core::Violation,
    driver::{Flow, pump},
    session::{End, Session},
    store::Heard,
    sync::{atomic::Ordering, slips},
};

/// What ended the reading of the host's messages.
#[derive(Debug, thiserror::Error)]
enum Lost {
    #[error(transparent)]
    Link(#[from] ipos_transport::Error),
    #[error(transparent)]
    Violation(#[from] Violation),
}

pub(super) fn read(session: &Arc<Session>, mut frames: FrameReader) {
    let Some(side) = session.member() else { return };
    // Whatever ends the thread ends the session for this process.
    let mut end = EndOfReading {
        session,
        why: "the thread that reads from it has panicked".into(),
    };
    let waiting = session.settings().waiting;
    let take = |frame: &[u8]| Ok(side.take(session, frame)?);
    let rest = || {
        side.store.rest()?;
        side.send();
        Ok(())
    };
    let result = pump::<Lost>(&side.link, &mut frames, waiting, take, rest);
    end.why = match result {
        Ok(Flow::Stop) => "it has ended the session or removed this process".into(),
        Ok(Flow::Continue) => "the connection closed".into(),
        Err(lost) => lost.to_string(),
    };
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
            side.outbox.close();
            if !slips("who waits for a barrier is not told that the host is gone") {
                side.settled.notify(usize::MAX);
            }
        }
    }
}

impl MemberSide {
    fn take(&self, session: &Session, frame: &[u8]) -> Result<Flow, Violation> {
        match self.store.take(frame)? {
            Heard::Done => {}
            Heard::Placed => session.announce(),
            Heard::Live => {
                self.live.store(true, Ordering::Release);
                self.became_live.notify(usize::MAX);
            }
            Heard::Passed => {
                self.settled.notify(usize::MAX);
            }
            Heard::Refused { key, reason } => session.refused(&key, self.origin(), &reason),
            Heard::Goodbye => return Ok(Flow::Stop),
        }
        self.subscribers.wake();
        if self.store.table().member.is_settled()
            && !slips("who leaves is not told that it has all verdicts")
        {
            self.settled.notify(usize::MAX);
        }
        Ok(Flow::Continue)
    }
}
