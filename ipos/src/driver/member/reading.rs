//! What a member does with its host's messages.

use std::sync::Arc;

use ipos_transport::{FrameReader, frame};

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
    let take = |frame: &[u8]| {
        side.is_taking.store(true, Ordering::Relaxed);
        Ok(side.take(session, frame)?)
    };
    let rest = || {
        side.store.rest()?;
        side.send();
        side.is_taking.store(false, Ordering::Relaxed);
        Ok(())
    };
    let result = pump::<Lost>(&side.link, &mut frames, waiting, take, rest);
    end.why = match result {
        Ok(Flow::Stop) => "it has ended the session or removed this process".into(),
        _ if side.silence.get().is_some() => {
            let limit = side.silence.get().copied().unwrap_or_default();
            format!("it has said nothing for {limit:?}, though it was asked")
        }
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
    fn take(&self, session: &Session, message: &[u8]) -> Result<Flow, Violation> {
        let tally = self.store.tally();
        tally.arrived(frame::HEADER + message.len());
        match self.store.take(message)? {
            Heard::Done => {}
            Heard::Placed => session.announce(),
            Heard::Live => {
                if self.live.swap(true, Ordering::AcqRel) {
                    tally.resynced();
                }
                let seq = self.store.table().member.heard();
                tracing::debug!(session = session.name(), seq, "this process is in sync");
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
