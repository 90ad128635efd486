//! The place of one other process in its host's session.

use std::{process::ExitStatus, time::Duration};

use ipos_transport::Token;
use shared_child::SharedChild;

use crate::{
    core::PeerId,
    deadline::Deadline,
    error::Result,
    session::Session,
    sync::{Event, EventListener, Listener as _, Mutex, OnceLock},
};

/// How soon a process is looked at again that is waited for.
const LOOK_AGAIN: Duration = Duration::from_millis(20);

/// How soon at first, when it has left: most processes leave by ending.
const LOOK_SOON: Duration = Duration::from_millis(1);

/// How seldom, when it goes on without the session.
const LOOK_SELDOM: Duration = Duration::from_secs(1);

/// One other process: from the invitation, if it has one, to its end.
#[derive(Debug)]
pub(crate) struct Seat {
    token: Option<Token>,
    /// The program and the process, when this one has started it.
    child: OnceLock<(String, SharedChild)>,
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
    /// For one that is to be invited.
    pub(crate) fn invited() -> Result<Self> {
        Ok(Self::with(Some(Token::random()?)))
    }

    /// For one that has come without an invitation.
    pub(crate) fn unexpected() -> Self {
        Self::with(None)
    }

    fn with(token: Option<Token>) -> Self {
        Self {
            token,
            child: OnceLock::new(),
            presence: Mutex::default(),
            changed: Event::new(),
        }
    }

    /// The token of its invitation, if it was invited.
    pub(crate) fn token(&self) -> Option<&Token> {
        self.token.as_ref()
    }

    pub(crate) fn child(&self) -> Option<&SharedChild> {
        self.child.get().map(|(_, child)| child)
    }

    /// Notes the process that was started for this seat.
    pub(crate) fn started(&self, program: String, child: SharedChild) {
        self.presence.lock().pid = Some(child.id());
        self.child
            .set((program, child))
            .expect("a seat is for one process");
    }

    /// The program that was started; empty when none was.
    pub(crate) fn program(&self) -> &str {
        self.child.get().map_or("", |(program, _)| program)
    }

    /// What the process is called in errors.
    pub(crate) fn name(&self) -> String {
        match (self.child.get(), self.presence().pid) {
            (Some((program, _)), _) => format!("`{program}`"),
            (None, Some(pid)) => format!("process {pid}"),
            (None, None) => "the invited process".to_owned(),
        }
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

    /// Notes that the process is connected no more.
    pub(crate) fn left(&self) {
        self.change(|presence| presence.left = true);
    }

    /// Waits for the end of a process that this one has started, so that it leaves no zombie, and tells how it
    /// ended. `None` for others, when it is too late, and when the session ends.
    pub(crate) fn end(&self, session: &Session, deadline: Deadline) -> Option<ExitStatus> {
        let child = self.child()?;
        let mut pause = LOOK_SOON;
        while let Ok(None) = child.try_wait() {
            if deadline.has_passed() {
                return None;
            }
            if session.ended_within(pause.min(deadline.left())) {
                break;
            }
            pause = (2 * pause).min(LOOK_SELDOM);
        }
        self.change(|_| {});
        self.exit_status()
    }

    /// Hears what becomes of the process: that it is there, that it has left, that it or the session has ended.
    pub(crate) fn listen(&self) -> EventListener {
        self.changed.listen()
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
        self.child()
            .and_then(|child| child.try_wait().ok().flatten())
    }

    fn change(&self, change: impl FnOnce(&mut Presence)) {
        change(&mut self.presence.lock());
        self.changed.notify(usize::MAX);
    }
}
