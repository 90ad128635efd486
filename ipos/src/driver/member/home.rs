//! A member that has come by a name, and comes again when its connection is lost.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ipos_transport::{Endpoint, FrameReader, Link, Outbox, Token};

use super::{
    Line, MemberSide,
    greeting::{self, Unwelcome, Welcome},
};
use crate::{
    core::{
        PeerId, Violation,
        handshake::{Comes, Known, Secret},
    },
    deadline::Deadline,
    session::Session,
    subscribe::SessionEvent,
    sync::Mutex,
};

/// How soon a host is sought again, at first and at the most.
const PAUSES: [Duration; 2] = [Duration::from_millis(10), Duration::from_secs(1)];

/// How long a connection must have lasted for the next one to be sought at once.
const STEADY: Duration = Duration::from_secs(1);

/// How long a host may leave its backlog full before it is sought again.
const PATIENCE: Duration = Duration::from_millis(10);

/// Where a member comes from, and what it needs to come again.
#[derive(Debug)]
pub(crate) struct Home {
    name: String,
    /// What the host has given it, by which it is known again.
    ticket: Mutex<Option<Token>>,
    come: Mutex<Come>,
}

/// How far it has come with being in sync again.
#[derive(Debug, Default)]
struct Come {
    /// It has lost its host and is not in sync since: with the same one, or anew with one that does not know it.
    anew: Option<bool>,
    /// How long it is to wait before it seeks its host.
    pause: Duration,
    /// Since when it is connected.
    since: Option<Instant>,
    /// When a host has been given enough time to have what the one before had.
    patience: Option<Instant>,
}

impl Come {
    /// The connection is lost.
    fn lost(&mut self) {
        let lasted = self.since.take().map(|since| since.elapsed());
        if lasted.is_none_or(|lasted| lasted >= STEADY) {
            self.pause = Duration::ZERO;
        }
    }

    /// There is another one, with the same host `again` or with one that does not know this process.
    fn connected(&mut self, again: bool) {
        self.since = Some(Instant::now());
        if again {
            // It goes on where it was: what has ended the last connection is not done once more.
            self.pause = Duration::ZERO;
        } else {
            // This host is given all the time anew.
            self.patience = None;
        }
        // What was taken anew and not told so is told so.
        self.anew = Some(self.anew.unwrap_or(false) || !again);
    }
}

/// Why there is no connection.
enum Absent {
    /// There may be one in a while.
    Yet(String),
    /// There will be none.
    ForGood(String),
    /// Nobody wants one any more.
    Over,
}

impl Home {
    pub(super) fn new(name: &str, ticket: Option<Token>) -> Self {
        Self {
            name: name.to_owned(),
            ticket: Mutex::new(ticket),
            come: Mutex::default(),
        }
    }

    fn comes(&self) -> Comes {
        let ticket = self.ticket.lock();
        ticket.as_ref().map_or(Comes::ByName, |ticket| {
            Comes::Again(Secret(*ticket.as_bytes()))
        })
    }
}

impl MemberSide {
    /// Comes again, as long as the session lives. `None` when it does not any more.
    ///
    /// # Errors
    ///
    /// Why this process will not be let in again.
    pub(super) fn come_again(
        &self,
        session: &Session,
        home: &Home,
        why: String,
    ) -> Result<Option<FrameReader>, String> {
        self.outbox().close();
        let told = |violation: Violation| violation.to_string();
        self.store.cut_off().map_err(told)?;
        session.publish(&SessionEvent::Disconnected { why });
        home.come.lock().lost();
        loop {
            let pause = home.come.lock().pause;
            if session.ended_within(pause) {
                return Ok(None);
            }
            home.come.lock().pause = (2 * pause).clamp(PAUSES[0], PAUSES[1]);
            match self.connect_again(session, home) {
                Ok(frames) => return Ok(Some(frames)),
                Err(Absent::Yet(why)) => {
                    tracing::debug!(session = session.name(), why, "the host is not there yet");
                }
                Err(Absent::ForGood(why)) => return Err(why),
                Err(Absent::Over) => return Ok(None),
            }
        }
    }

    fn connect_again(&self, session: &Session, home: &Home) -> Result<FrameReader, Absent> {
        use ipos_transport::Error::{Io, Timeout};
        let endpoint = Endpoint::named(&home.name);
        let link = endpoint.and_then(|endpoint| Link::connect_within(&endpoint, PATIENCE));
        let link = link.map_err(|error| match error {
            Io { .. } | Timeout { .. } => Absent::Yet(error.to_string()),
            error => Absent::ForGood(error.to_string()),
        })?;
        let link = Arc::new(link);
        if !self.change_line(|line| line.knocking = Some(link.clone())) {
            return Err(Absent::Over);
        }
        let settings = session.settings();
        let deadline = Deadline::after(settings.sync_timeout).instant();
        let welcome = greeting::greet(&link, home.comes(), &settings.label, deadline);
        let welcome = welcome.map_err(|unwelcome| match unwelcome {
            Unwelcome::Refused(why) => Absent::ForGood(why),
            Unwelcome::Later(why) => Absent::Yet(why),
            Unwelcome::HungUp => Absent::Yet("it hung up without a word".into()),
            Unwelcome::Timeout => Absent::Yet("it does not answer".into()),
            Unwelcome::Lost(error) => Absent::Yet(error.to_string()),
        })?;
        let Welcome {
            me,
            label,
            exchange,
            frame_limit,
            ticket,
            known,
            frames,
        } = welcome;
        let again = known == Known::Again;
        if frame_limit < settings.frame_limit {
            let why = format!(
                "the host takes messages of {frame_limit} bytes, and the one before took {}",
                settings.frame_limit
            );
            return Err(Absent::ForGood(why));
        }
        if again && me != self.store.table().member.me() {
            return Err(Absent::ForGood(format!("it calls this process {me}")));
        }
        let outbox = Arc::new(Outbox::new(link.clone(), "ipos-writer"));
        let replace = |old: &mut Line| {
            self.store.tally().left(old.outbox.written());
            *old = Line::new(link.clone(), outbox.clone(), label);
        };
        if !self.change_line(replace) {
            return Err(Absent::Over);
        }
        *home.ticket.lock() = ticket;
        home.come.lock().connected(again);
        tracing::debug!(session = session.name(), %me, again, host = ?link.peer().pid, "connected again");
        let Known::Not(dealt) = known else {
            self.store.with(|member, post| {
                post.outbox = outbox;
                member.reconnect(exchange, post);
            });
            self.send();
            return Ok(frames);
        };
        self.subscribers.peers().rejoin(me);
        self.subscribers
            .peers()
            .joined(PeerId::HOST, link.peer().pid);
        self.store.rejoin(me, exchange, dealt);
        self.store.table().post.outbox = outbox;
        self.make_room();
        self.send();
        Ok(frames)
    }

    /// This process is in sync. Tells those who listen, if it was away.
    pub(super) fn is_in_sync(&self, session: &Session) {
        let Some(home) = &self.home else { return };
        let Some(anew) = home.come.lock().anew.take() else {
            return;
        };
        if anew {
            self.store.with(crate::core::Member::ready);
        }
        if self.store.has_orphans() {
            let patience = Deadline::after(session.settings().sync_timeout);
            let come = &mut *home.come.lock();
            come.patience.get_or_insert(patience.instant());
        }
        self.subscribers
            .publish(&SessionEvent::Reconnected { anew });
    }

    /// Ends what the host does not have, if it was given time. When it is to be looked at again.
    pub(super) fn lose_patience(&self) -> Option<Instant> {
        let home = self.home.as_ref()?;
        {
            let come = &mut *home.come.lock();
            // What it is being given may have them.
            let until = come.patience.filter(|_| come.anew.is_none())?;
            if Instant::now() < until {
                return Some(until);
            }
            come.patience = None;
        }
        let session = self.subscribers.journal().session();
        for key in self.store.disown() {
            tracing::warn!(session, key, "the host has no object under this key");
        }
        self.make_room();
        None
    }
}

#[cfg(test)]
mod tests;
