//! The place of one invited process in its host's session.

use std::{process::ExitStatus, sync::OnceLock, time::Duration};

use event_listener::{Event, Listener as _};
use ipos_transport::Token;
use parking_lot::Mutex;
use shared_child::SharedChild;

use crate::{core::PeerId, deadline::Deadline, error::Result, session::Session};

/// How often a process is looked at that has left the session but not ended.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// One invited process: from the invitation to its end.
#[derive(Debug)]
pub(crate) struct Seat {
    token: Token,
    /// The process, when this one has started it.
    child: OnceLock<SharedChild>,
    presence: Mutex<Presence>,
    changed: Event,
}

/// How far a process has come.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Presence {
    pub(crate) peer: Option<PeerId>,
    pub(crate) pid: Option<u32>,
    /// It has been in sync.
    pub(crate) ready: bool,
    /// It is connected no more.
    pub(crate) left: bool,
}

impl Seat {
    pub(crate) fn new() -> Result<Self> {
        Ok(Self {
            token: Token::random()?,
            child: OnceLock::new(),
            presence: Mutex::default(),
            changed: Event::new(),
        })
    }

    pub(crate) fn token(&self) -> &Token {
        &self.token
    }

    pub(crate) fn child(&self) -> Option<&SharedChild> {
        self.child.get()
    }

    /// Notes the process that was started for this seat.
    pub(crate) fn started(&self, child: SharedChild) {
        self.presence.lock().pid = Some(child.id());
        self.child.set(child).expect("a seat is for one process");
    }

    pub(crate) fn presence(&self) -> Presence {
        *self.presence.lock()
    }

    pub(crate) fn admitted(&self, peer: PeerId, pid: Option<u32>) {
        self.change(|presence| {
            presence.peer = Some(peer);
            presence.pid = presence.pid.or(pid);
        });
    }

    pub(crate) fn ready(&self) {
        self.change(|presence| presence.ready = true);
    }

    /// Notes that the process is connected no more, and waits for its end, so that it leaves no
    /// zombie and its exit status is known. A process that goes on without the session is waited
    /// for until the session ends.
    pub(crate) fn left(&self, session: &Session) {
        self.change(|presence| presence.left = true);
        let Some(child) = self.child.get() else {
            return;
        };
        while let Ok(None) = child.try_wait() {
            if session.ended_within(LOOK_AGAIN) {
                return;
            }
        }
        self.change(|_| {});
    }

    /// Waits until `done` gives something, looking whenever the presence changes, and every
    /// `look_again` at what is not told of: the end of a process. `None` when it is too late.
    pub(crate) fn wait<R>(
        &self,
        deadline: Deadline,
        mut done: impl FnMut(Presence) -> Option<R>,
    ) -> Option<R> {
        loop {
            let listener = self.changed.listen();
            if let Some(result) = done(self.presence()) {
                return Some(result);
            }
            if deadline.has_passed() {
                return None;
            }
            listener.wait_timeout(LOOK_AGAIN);
        }
    }

    /// How the process ended, if this one has started it and it has ended.
    pub(crate) fn exit_status(&self) -> Option<ExitStatus> {
        self.child
            .get()
            .and_then(|child| child.try_wait().ok().flatten())
    }

    fn change(&self, change: impl FnOnce(&mut Presence)) {
        change(&mut self.presence.lock());
        self.changed.notify(usize::MAX);
    }
}
