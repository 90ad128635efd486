//! The leave of a member.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ipos_transport::Outbox;

use super::{HostSide, returning::Returning, say_goodbye};
use crate::{
    core::{Parting, PeerId, Profile, cut},
    deadline::Deadline,
    seat::Seat,
    session::Session,
    subscribe::SessionEvent,
};

/// How long the end of a process is waited for before others are told that it has left.
const PARTING: Duration = Duration::from_secs(1);

/// How long one that is disconnected for a fault has to take what was said to it.
const LAST_WORD: Duration = Duration::from_secs(1);

/// How a member's connection has ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// The member goes on over another one.
    PassedOn,
    /// The member has said that it leaves.
    Left,
    /// The member may come again, as another one.
    Lost,
    /// The member has done this, which must not be done.
    Fault(String),
}

/// A member's connection, at whose end it is let go, unless it goes on over another one.
pub(super) struct Leave<'a> {
    session: &'a Session,
    host: &'a HostSide,
    peer: PeerId,
    profile: Profile,
    pub(super) outbox: Arc<Outbox>,
    pub(super) seat: Arc<Seat>,
    pub(super) ended: Ended,
}

impl<'a> Leave<'a> {
    pub(super) fn new(
        session: &'a Session,
        host: &'a HostSide,
        member: Returning,
        outbox: Arc<Outbox>,
    ) -> Self {
        let Returning {
            peer,
            seat,
            profile,
        } = member;
        Self {
            session,
            host,
            peer,
            profile,
            outbox,
            seat,
            ended: Ended::Lost,
        }
    }

    /// Tells those who listen that the process has left, and how it ended. It usually leaves by ending, which is
    /// seen a moment later; one that goes on without the session is waited for until the session ends.
    fn tell_end(&self) {
        let (peer, Profile { pid, label }) = (self.peer, &self.profile);
        let status = self.seat.end(self.session, Deadline::after(PARTING));
        self.session.publish(&SessionEvent::Left {
            peer,
            pid: *pid,
            label: label.to_string(),
            status,
        });
        if status.is_some() {
            return;
        }
        let never = Deadline::after(Duration::MAX);
        if let Some(status) = self.seat.end(self.session, never) {
            self.session.publish(&SessionEvent::Exited {
                peer,
                pid: *pid,
                label: label.to_string(),
                status,
            });
        }
    }
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        if matches!(self.ended, Ended::PassedOn) {
            return self.host.count(&self.outbox);
        }
        self.host.dismiss(self.session, self.peer, &self.ended);
        // Nothing more is queued for it by others.
        if let Ended::Fault(fault) = &self.ended {
            say_goodbye(&self.outbox, Parting::Fault(cut(fault)));
            self.outbox.drain(Instant::now() + LAST_WORD);
        }
        // It also shuts the link down.
        self.outbox.close();
        self.host.count(&self.outbox);
        self.host.store.forget(self.peer);
        self.seat.left();
        self.tell_end();
    }
}
