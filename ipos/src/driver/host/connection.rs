//! The life of one connection to a host: the greeting, the objects that a new member is owed, its
//! requests, its leave.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ipos_transport::{FrameReader, Link, Listener, Outbox, Token, frame};

use super::{
    HANDSHAKE, HostSide, Members, REMOVED,
    leaving::{Ended, Leave},
    returning::{Returning, Shown},
};
use crate::{
    core::{
        Dealt, Exchange, LABEL_LIMIT, Notice, Origin, PeerId, Profile, Violation,
        handshake::{self, Answer, Comes, Hello, Known, Secret, Stranger},
    },
    deadline::Deadline,
    driver::{
        Flow,
        desk::{Desk, Taken, pump},
    },
    schema::{Schema, SchemaHash, first_tables},
    seat::Seat,
    session::Session,
    store::{Outside as _, Request},
    sync::{EventListener, atomic::Ordering},
};

/// Why a connection, or the link of a member, was closed.
#[derive(Debug, thiserror::Error)]
pub(super) enum Fault {
    #[error(transparent)]
    Link(#[from] ipos_transport::Error),
    #[error(transparent)]
    Stranger(#[from] Stranger),
    #[error("its invitation was used already, or withdrawn, or never given")]
    BadToken,
    #[error("it has no invitation, and the session has no name by which others may come")]
    Uninvited,
    #[error("{0}")]
    Barred(String),
    #[error("its place is not free yet")]
    Busy,
    #[error("the session is ending")]
    Closed,
    #[error("{0}")]
    Crowded(String),
    #[error("a label of {0} bytes is too long; {LABEL_LIMIT} is the limit")]
    LongLabel(usize),
    #[error(transparent)]
    Violation(#[from] Violation),
}

/// Lets processes in, until the listener is closed.
pub(super) fn accept(session: &Arc<Session>, listener: &Listener) {
    let mut is_failing = false;
    loop {
        let link = match listener.accept() {
            Ok(link) => link,
            Err(ipos_transport::Error::Closed) => return,
            Err(error) => {
                // While something is missing it is tried ten times a second.
                if !std::mem::replace(&mut is_failing, true) {
                    tracing::warn!(session = session.name(), %error, "no connections are accepted");
                }
                continue;
            }
        };
        is_failing = false;
        let Some(host) = session.host() else { return };
        let link = Arc::new(link);
        if !host.meet(&link) {
            return;
        }
        let (serving, met) = (session.clone(), link.clone());
        if let Err(error) = host.spawn("ipos-link", move || serve(&serving, &met)) {
            host.part(&link);
            tracing::warn!(session = session.name(), %error, "a connection was hung up on: no thread could be started for it");
        }
    }
}

/// The life of one connection.
pub(super) fn serve(session: &Arc<Session>, link: &Arc<Link>) {
    let Some(host) = session.host() else { return };
    let pid = link.peer().pid;
    let mut frames = FrameReader::new(handshake::SIZE_LIMIT);
    let deadline = Instant::now() + HANDSHAKE;
    let greeted = greet(host, link, &mut frames, deadline);
    let mut barred = None;
    let admitted = greeted.and_then(|guest| {
        let mut dealt = Dealt::default();
        if let Some(ticket) = guest.ticket {
            // One that has hung up since takes nobody's place.
            if let Some(false) = frames.try_fill(link)? {
                return Err(ipos_transport::Error::Closed.into());
            }
            match host.welcome_back(&ticket, link, deadline)? {
                Shown::Member(member) => {
                    let gone_on = go_on(session, host, link, (guest.there, ticket), &member);
                    if gone_on.is_err() {
                        barred = Some(member);
                    }
                    return gone_on;
                }
                Shown::Stranger(of_it) => dealt = of_it,
            }
        }
        let (seat, profile) = (guest.seat, guest.profile);
        admit(session, host, link, (guest.there, dealt), seat, profile)
    });
    host.part(link);
    let Admitted {
        member,
        outbox,
        is_new,
    } = match admitted {
        Ok(admitted) => admitted,
        Err(fault) => {
            tracing::warn!(session = session.name(), ?pid, %fault, "a connection was refused");
            refuse(link, &fault, deadline);
            if let Some(member) = barred {
                // The thread of the connection before has left that to this one.
                let outbox = Arc::new(Outbox::new(link.clone(), "ipos-writer"));
                drop(Leave::new(session, host, member, outbox));
            }
            return;
        }
    };
    frames.set_limit(session.settings().frame_limit);
    let peer = member.peer;
    // Whatever ends the thread ends the membership.
    let mut leave = Leave::new(session, host, member, outbox);
    if is_new {
        leave.seat.admitted(peer, pid);
        bring_in(session, host, peer, &leave.outbox);
    } else {
        tracing::debug!(session = session.name(), %peer, ?pid, "a process is connected again");
    }
    let waiting = session.settings().waiting;
    let desk = Desk::new(link.clone(), Origin::of(peer, pid), frames);
    let finish = |asked: Asked| answer(session, host, desk.origin(), &leave, asked?);
    let take = |message: &[u8]| {
        host.store.tally().arrived(frame::HEADER + message.len());
        let asked = host.store.take(desk.origin(), message);
        host.has_taken(session);
        finish(asked)
    };
    let rest = || {
        host.send(session);
        Ok(None)
    };
    let is_lost = match pump(&desk, &host.front, waiting, finish, take, rest) {
        Ok(Flow::Continue) => true,
        Ok(_) => {
            leave.ended = Ended::Left;
            return;
        }
        Err(fault) => {
            let session = session.name();
            tracing::warn!(session, %peer, ?pid, %fault, "a process was disconnected");
            let is_lost = fault.is_of_the_connection();
            // That much was missed is not its fault: it may come as another one.
            let is_let_go = matches!(fault, Fault::Violation(Violation::MissedTooMuch))
                && host.may_come_again(peer);
            if !is_lost && !is_let_go {
                leave.ended = Ended::Fault(fault.to_string());
            }
            is_lost
        }
    };
    if is_lost && host.comes_back(session, peer) {
        leave.ended = Ended::PassedOn;
    }
}

impl HostSide {
    /// Wakes those for whom a message that was taken may be what they wait for.
    fn has_taken(&self, session: &Session) {
        if self.is_stopping.load(Ordering::SeqCst) {
            self.answered.notify(usize::MAX);
        }
        session.subscribers().wake();
    }

    /// Does what a member's message asks for, if nobody has to be waited for.
    fn take_at_once(&self, session: &Session, origin: &Origin, message: &[u8]) -> Taken<Asked> {
        let bytes = frame::HEADER + message.len();
        let Some(asked) = self.store.take_at_once(origin, message, bytes) else {
            return Taken::Not;
        };
        self.has_taken(session);
        match asked {
            Ok(Request::Done) => Taken::Wholly,
            asked => Taken::But(asked),
        }
    }

    /// Waits until the listener hears something or it is too late, and reads what comes, unless another thread does.
    pub(crate) fn wait(&self, session: &Session, heard: EventListener, deadline: Deadline) {
        let take = |origin: &Origin, message: &[u8]| self.take_at_once(session, origin, message);
        self.front
            .wait(heard, deadline, take, || self.send(session));
    }

    /// Looks again and again, until a time, whether something is there; whether it is. Reads what comes meanwhile,
    /// unless another thread does.
    pub(crate) fn spin(
        &self,
        session: &Session,
        is_there: impl Fn() -> bool,
        until: Deadline,
    ) -> bool {
        let take = |origin: &Origin, message: &[u8]| self.take_at_once(session, origin, message);
        self.front
            .spin(is_there, until, take, || self.send(session))
    }
}

impl Fault {
    /// Whether nobody has done anything that must not be done.
    fn is_of_the_connection(&self) -> bool {
        use ipos_transport::Error::{Closed, Io, Truncated};
        matches!(self, Self::Link(Closed | Io { .. } | Truncated))
    }

    /// Whether it may be otherwise in a while.
    fn is_for_now(&self) -> bool {
        let is_timeout = matches!(self, Self::Link(ipos_transport::Error::Timeout { .. }));
        is_timeout
            || self.is_of_the_connection()
            || matches!(self, Self::Closed | Self::Busy | Self::Crowded(_))
    }
}

/// One that has said who it is.
struct Guest {
    seat: Arc<Seat>,
    profile: Profile,
    /// The tables that it has.
    there: Vec<SchemaHash>,
    /// Of the member that it says it is.
    ticket: Option<Token>,
}

/// One that is a member.
struct Admitted {
    member: Returning,
    outbox: Arc<Outbox>,
    is_new: bool,
}

/// Hears who it is. An invitation is good until somebody has been let in with it.
fn greet(
    host: &HostSide,
    link: &Link,
    frames: &mut FrameReader,
    deadline: Instant,
) -> Result<Guest, Fault> {
    loop {
        if let Some(frame) = frames.next_frame()? {
            let hello: Hello<'_> = handshake::read(frame)?;
            if hello.label.len() > LABEL_LIMIT {
                return Err(Fault::LongLabel(hello.label.len()));
            }
            let (pid, label) = (link.peer().pid, hello.label.into());
            let ticket = match &hello.comes {
                Comes::Again(Secret(ticket)) => Some(Token::from_bytes(*ticket)),
                Comes::ByName | Comes::Invited(_) => None,
            };
            return Ok(Guest {
                seat: seat(host, &hello.comes)?,
                profile: Profile { pid, label },
                there: hello.has,
                ticket,
            });
        }
        if !frames.fill(link, Some(deadline))? {
            return Err(ipos_transport::Error::Closed.into());
        }
    }
}

/// Its place: the one that it was invited to, or a new one if it has come by the session's name.
fn seat(host: &HostSide, comes: &Comes) -> Result<Arc<Seat>, Fault> {
    let table = host.store.table();
    let crowded = table.sequencer.is_crowded().map(Fault::Crowded);
    let token = match comes {
        Comes::Invited(Secret(token)) => *token,
        _ if !host.is_open => return Err(Fault::Uninvited),
        // One that is a member already takes no other's place.
        Comes::Again(_) => return Ok(Arc::new(Seat::unexpected())),
        Comes::ByName => return crowded.map_or_else(|| Ok(Arc::new(Seat::unexpected())), Err),
    };
    let token = Token::from_bytes(token);
    let mut invited = table.post.invited.iter();
    let seat = invited.find(|seat| seat.token() == Some(&token));
    let seat = seat.ok_or(Fault::BadToken)?.clone();
    crowded.map_or(Ok(seat), Err)
}

fn refuse(link: &Link, fault: &Fault, deadline: Instant) {
    let mut answer = Vec::new();
    let why = fault.to_string();
    frame::append(&mut answer, |out| {
        let answer = if fault.is_for_now() {
            Answer::Later(&why)
        } else {
            Answer::Refused(&why)
        };
        handshake::write(out, &answer);
    });
    // Whoever does not hear it has hung up.
    let _ = link.write_all(&answer, Some(deadline));
}

/// Makes a connection a new member's.
fn admit(
    session: &Session,
    host: &HostSide,
    link: &Arc<Link>,
    (there, dealt): (Vec<SchemaHash>, Dealt),
    seat: Arc<Seat>,
    profile: Profile,
) -> Result<Admitted, Fault> {
    let here = first_tables();
    let is_named = seat.token().is_none() && !cfg!(loom);
    let ticket = is_named.then(Token::random).transpose()?;
    let outbox = Arc::new(Outbox::new(link.clone(), "ipos-writer"));
    let member = host.store.with(|sequencer, members| {
        if members.closed {
            return Err(Fault::Closed);
        }
        // Others may have come at the same time.
        if let Some(why) = sequencer.is_crowded() {
            return Err(Fault::Crowded(why));
        }
        // From here on its invitation is used.
        if seat.token().is_some() {
            let place = members.invited.iter().position(|it| Arc::ptr_eq(it, &seat));
            members.invited.swap_remove(place.ok_or(Fault::BadToken)?);
        }
        let peer = sequencer.admit(Exchange::new(there, here.clone()), profile.clone());
        let welcome = welcome(session, peer, &here, ticket.as_ref(), Known::Not(dealt));
        outbox.append(|queue| frame::append(queue, |out| handshake::write(out, &welcome)));
        members.links.insert(peer, outbox.clone());
        sequencer.introduce(peer, members);
        let notice = Notice::Joined {
            peer,
            profile: &profile,
        };
        members.notice(notice);
        let member = Returning {
            peer,
            seat,
            profile,
        };
        if let Some(ticket) = ticket {
            members.tickets.give(ticket, member.clone(), link.clone());
        }
        Ok(member)
    })?;
    host.send(session);
    host.store.table().post.links.welcomed(member.peer);
    Ok(Admitted {
        member,
        outbox,
        is_new: true,
    })
}

/// Makes a connection that of a member that was cut off. It will ask for what it has missed.
fn go_on(
    session: &Session,
    host: &HostSide,
    link: &Arc<Link>,
    (there, ticket): (Vec<SchemaHash>, Token),
    member: &Returning,
) -> Result<Admitted, Fault> {
    let here = first_tables();
    let peer = member.peer;
    let outbox = Arc::new(Outbox::new(link.clone(), "ipos-writer"));
    host.store.with(|sequencer, members| {
        if members.closed {
            return Err(Fault::Closed);
        }
        // It may have been removed just now.
        if !members.tickets.are_of(peer, link) {
            return Err(Fault::Barred(REMOVED.to_owned()));
        }
        let welcome = welcome(session, peer, &here, Some(&ticket), Known::Again);
        outbox.append(|queue| frame::append(queue, |out| handshake::write(out, &welcome)));
        sequencer.come_back(peer, Exchange::new(there, here.clone()));
        members.links.insert(peer, outbox.clone());
        Ok(())
    })?;
    outbox.send();
    host.store.table().post.links.welcomed(peer);
    Ok(Admitted {
        member: member.clone(),
        outbox,
        is_new: false,
    })
}

fn welcome<'a>(
    session: &'a Session,
    you: PeerId,
    here: &[Arc<Schema>],
    ticket: Option<&Token>,
    known: Known,
) -> Answer<'a> {
    Answer::Welcome {
        you,
        label: &session.settings().label,
        frame_limit: session.settings().frame_limit as u64,
        has: here.iter().map(|table| table.hash()).collect(),
        ticket: ticket.map(|ticket| Secret(*ticket.as_bytes())),
        known,
    }
}

/// Gives a member all objects that it has not, one by one, while the session goes on; then tells it that
/// it is in sync.
fn bring_in(session: &Session, host: &HostSide, peer: PeerId, outbox: &Outbox) {
    give_owed(session, host, peer, outbox);
    host.store
        .with(|sequencer, members| sequencer.live(peer, members));
    outbox.send();
}

/// Gives a member all objects that it has not. It waits until most of what is queued is taken before it goes
/// on with the next.
fn give_owed(session: &Session, host: &HostSide, peer: PeerId, outbox: &Outbox) {
    let limit = session.settings().queue_limit;
    let is_full = || outbox.queued() > limit;
    // Others write meanwhile, so the queue may never be empty.
    let make_room =
        || !is_full() || outbox.drain_to(limit / 2, Deadline::after(Duration::MAX).instant());
    let announce = |members: &mut Members, bytes| members.links.give(peer, bytes);
    while make_room() && host.store.give_next(peer, announce) {
        outbox.send();
    }
    host.store.table().post.links.given(peer);
}

/// What a message still asks for, when the objects have what it says; or what is wrong with it.
pub(super) type Asked = Result<Request, Violation>;

/// Does what a member's message still asks for.
fn answer(
    session: &Session,
    host: &HostSide,
    origin: &Origin,
    leave: &Leave<'_>,
    request: Request,
) -> Result<Flow, Fault> {
    let peer = origin.peer();
    match request {
        Request::Done => {}
        Request::Created => session.announce(),
        Request::Answered => {
            host.answered.notify(usize::MAX);
        }
        Request::Refused { key, reason } => {
            session.refused(&key, *origin, &reason);
            give_owed(session, host, peer, &leave.outbox);
        }
        Request::Ready => {
            tracing::debug!(session = session.name(), %peer, "a process is in sync");
            leave.seat.ready();
        }
        Request::Resume { heard, settled } => {
            host.store.tally().resynced();
            tracing::debug!(
                session = session.name(), %peer, seq = heard,
                "a process asks for what it has missed"
            );
            host.store.with(|sequencer, members| {
                let tell = |links: &mut _| sequencer.resume(peer, heard, settled, links);
                members.links.tell_again(peer, tell)
            })?;
            bring_in(session, host, peer, &leave.outbox);
        }
        Request::Goodbye => return Ok(Flow::Stop),
    }
    Ok(Flow::Continue)
}
