//! A member's side: one link to the host, and the thread that reads it.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::JoinHandle,
    time::{Duration, Instant},
};

use event_listener::{Event, Listener as _};
use ipos_transport::{Endpoint, FrameReader, Link, Outbox, Token, frame};
use parking_lot::Mutex;

use super::{Flow, links, pump};
use crate::{
    builder::{LARGEST_FRAME, LEAST_FRAME, Settings},
    cell::{self, Cell},
    core::{
        Life, Member, News, Parcel, PeerId, Post, Replica, Settled, ToMember, Violation,
        handshake::{self, Answer, Hello},
        message,
    },
    deadline::Deadline,
    directory::{self, Directory},
    error::{Error, Result},
    session::{End, Session},
};

/// How long a member that leaves waits for what it has written to be taken.
const DRAIN: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(crate) struct MemberSide {
    link: Arc<Link>,
    table: Mutex<Table>,
    outbox: Arc<Outbox>,
    live: AtomicBool,
    became_live: Event,
    /// Every proposal has its verdict, or the host is gone.
    settled: Event,
    reader: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug)]
pub(crate) struct Table {
    member: Member<Arc<Cell>>,
    host: ToHostLink,
    /// The host has been told that nothing follows.
    closed: bool,
}

#[derive(Debug)]
struct ToHostLink(Arc<Outbox>);

impl Post for ToHostLink {
    fn post(&mut self, _: PeerId, message: &[u8]) {
        links::post(&self.0, message);
    }
}

impl Directory for Table {
    fn named(&self, key: &str) -> Option<&Arc<Cell>> {
        self.member.named(key)
    }
    fn hides(&mut self, arrived: &Parcel) -> bool {
        self.member.hides(arrived)
    }
}

/// What ended the reading of the host's messages.
#[derive(Debug, thiserror::Error)]
enum Lost {
    #[error(transparent)]
    Link(#[from] ipos_transport::Error),
    #[error(transparent)]
    Violation(#[from] Violation),
}

/// Connects to a host, and gives a session with the frames that have arrived; see [`read`].
pub(crate) fn connect(
    endpoint: &Endpoint,
    token: &Token,
    settings: &mut Settings,
    deadline: Instant,
) -> Result<(MemberSide, FrameReader)> {
    let link = Link::connect(endpoint).map_err(|error| Error::HostGone {
        why: format!("it does not answer at {endpoint}: {error}"),
    })?;
    let mut hello = Vec::new();
    let greeting = Hello {
        token: *token.as_bytes(),
        label: &settings.label,
    };
    frame::append(&mut hello, |out| handshake::write(out, &greeting));
    link.write_all(&hello, Some(deadline))
        .map_err(|error| gone(&error))?;

    let mut frames = FrameReader::new(handshake::SIZE_LIMIT);
    let me = loop {
        if let Some(answer) = frames.next_frame().map_err(|error| gone(&error))? {
            match handshake::read(answer) {
                Ok(Answer::Welcome { you, frame_limit }) => {
                    let limit = usize::try_from(frame_limit).unwrap_or(usize::MAX);
                    settings.frame_limit = limit.clamp(LEAST_FRAME, LARGEST_FRAME);
                    break you;
                }
                Ok(Answer::Refused(why)) => {
                    return Err(Error::Refused {
                        why: why.to_owned(),
                    });
                }
                Err(stranger) => {
                    return Err(Error::Refused {
                        why: stranger.to_string(),
                    });
                }
            }
        }
        match frames.fill(&link, Some(deadline)) {
            Ok(true) => {}
            Ok(false) => {
                return Err(Error::Refused {
                    why: "it hung up without a word".into(),
                });
            }
            Err(ipos_transport::Error::Timeout { .. }) => {
                return Err(settings.timed_out("the host"));
            }
            Err(error) => return Err(gone(&error)),
        }
    };
    frames.set_limit(settings.frame_limit);

    let link = Arc::new(link);
    let outbox = Arc::new(Outbox::new(link.clone(), "ipos-writer"));
    tracing::debug!(%me, %endpoint, "joined a session");
    let table = Table {
        member: Member::new(me),
        host: ToHostLink(outbox.clone()),
        closed: false,
    };
    let side = MemberSide {
        link,
        table: Mutex::new(table),
        outbox,
        live: AtomicBool::new(false),
        became_live: Event::new(),
        settled: Event::new(),
        reader: Mutex::new(None),
    };
    Ok((side, frames))
}

fn gone(error: &ipos_transport::Error) -> Error {
    Error::HostGone {
        why: error.to_string(),
    }
}

impl MemberSide {
    /// Starts the thread that reads the host's messages, and waits until this process is in sync.
    pub(crate) fn start(
        &self,
        session: &Arc<Session>,
        frames: FrameReader,
        deadline: Instant,
    ) -> Result<()> {
        let reading = session.clone();
        let thread = std::thread::Builder::new()
            .name("ipos-reader".into())
            .spawn(move || read(&reading, frames))
            .map_err(Error::Thread)?;
        *self.reader.lock() = Some(thread);
        let is_live = || self.live.load(Ordering::Acquire);
        while !is_live() {
            let listener = self.became_live.listen();
            // It may have been live before the session ended, and then it has joined.
            let open = session.must_be_open();
            if is_live() {
                break;
            }
            open?;
            if listener.wait_deadline(deadline).is_none() {
                return Err(session.settings().timed_out("this process"));
            }
        }
        let mut table = self.table.lock();
        let Table { member, host, .. } = &mut *table;
        member.ready(host);
        drop(table);
        self.outbox.send();
        Ok(())
    }

    pub(crate) fn table(&self) -> &Mutex<Table> {
        &self.table
    }

    pub(crate) fn send(&self) {
        self.outbox.send();
    }

    pub(crate) fn commit(&self, replica: &mut Replica) -> Result<()> {
        let mut table = self.table.lock();
        if table.closed {
            return Err(Error::Closed);
        }
        let Table { member, host, .. } = &mut *table;
        member.commit(replica, host);
        Ok(())
    }

    pub(crate) fn delete(&self, key: &str) -> bool {
        loop {
            let Some(cell) = self.table.lock().member.named(key).cloned() else {
                return false;
            };
            let mut replica = cell.lock();
            let mut table = self.table.lock();
            let Table { member, host, .. } = &mut *table;
            if member.named(key).is_some_and(|now| Arc::ptr_eq(now, &cell)) {
                member.delete(key, host);
                replica.end(Life::Deleted);
                drop(table);
                drop(replica);
                cell.notify();
                return true;
            }
        }
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        self.table
            .lock()
            .member
            .keys()
            .map(ToString::to_string)
            .collect()
    }

    /// Whether the key was deleted lately.
    pub(crate) fn was_deleted(&self, key: &str) -> bool {
        self.table.lock().member.was_deleted(key)
    }

    pub(crate) fn cells(&self) -> Vec<Arc<Cell>> {
        self.table.lock().member.cells().cloned().collect()
    }

    /// Tells all who wait that the session has ended.
    pub(crate) fn wake_all(&self) {
        self.became_live.notify(usize::MAX);
        for cell in self.cells() {
            cell.notify();
        }
    }

    /// Waits until the host has dealt with all proposals: one that it sent back would be lost behind
    /// a goodbye.
    fn settle(&self) {
        let deadline = Deadline::after(DRAIN);
        // A thread that holds an object may be what the verdicts wait for.
        let can_settle = || !self.outbox.is_closed() && cell::held_any().is_none();
        while can_settle() && !deadline.has_passed() {
            let listener = self.settled.listen();
            if self.table.lock().member.is_settled() || !can_settle() {
                return;
            }
            deadline.wait(listener);
        }
    }

    /// Ends the connection: what was written is delivered first, unless the host does not read.
    pub(crate) fn close(&self) {
        self.outbox.send();
        self.settle();
        let mut table = self.table.lock();
        table.closed = true;
        let Table { member, host, .. } = &mut *table;
        member.goodbye(host);
        drop(table);
        self.outbox.send();
        self.outbox.drain(Instant::now() + DRAIN);
        self.outbox.close();
        self.link.shutdown();
        super::join(self.reader.lock().take());
    }
}

impl Table {
    /// An identity for an object that this process creates.
    pub(crate) fn next_object(&mut self) -> crate::core::ObjectId {
        self.member.next_object()
    }

    pub(crate) fn create(&mut self, parcel: &Parcel, cell: &Arc<Cell>) {
        self.member.create(parcel, cell.clone(), &mut self.host);
    }
}

fn read(session: &Arc<Session>, mut frames: FrameReader) {
    let Some(side) = session.member() else { return };
    // Whatever ends the thread ends the session for this process.
    let mut end = EndOfReading {
        session,
        why: "the thread that reads from it has panicked".into(),
    };
    let waiting = session.settings().waiting;
    let take = |frame: &[u8]| Ok(side.take(session, frame)?);
    let result = pump::<Lost>(&side.link, &mut frames, waiting, take, || side.send());
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
            side.settled.notify(usize::MAX);
        }
    }
}

impl MemberSide {
    fn take(&self, session: &Session, frame: &[u8]) -> Result<Flow, Violation> {
        let message: ToMember<'_> = message::read(frame)?;
        let (news, is_settled) = {
            let member = &mut self.table.lock().member;
            (member.receive(message)?, member.is_settled())
        };
        match news {
            News::Commit {
                seq,
                object,
                patches,
            } => {
                self.change(object, "changes", |replica| {
                    replica.apply_confirmed(seq, patches).map(|()| true)
                })?;
            }
            News::Settled(Settled::Commit {
                seq,
                number,
                object,
                amended,
            }) => {
                self.change(object, "amended changes", |replica| {
                    replica.confirm_own(seq, number, amended)
                })?;
            }
            News::Settled(Settled::Stale { number, object }) => {
                self.change(object, "state", |replica| {
                    let mut table = self.table.lock();
                    let Table { member, host, .. } = &mut *table;
                    member.propose_again(number, replica, host);
                    Ok(false)
                })?;
            }
            News::Settled(Settled::Created { seq, object }) => {
                self.change(object, "creation", |replica| {
                    replica.confirm_created(seq);
                    Ok(true)
                })?;
            }
            News::Settled(Settled::Deleted) | News::Incomplete => {}
            News::Object(parcel) => {
                let placed = directory::install(&self.table, &parcel, None, |table, cell| {
                    table.member.place(&parcel, cell.clone());
                    parcel.at
                });
                placed.map_err(|problem| Violation::Malformed {
                    what: "value",
                    key: parcel.key.to_string(),
                    problem,
                })?;
                session.announce();
            }
            News::Deleted { object } => {
                self.change(object, "deletion", |replica| {
                    replica.end(Life::Deleted);
                    Ok(true)
                })?;
                self.table.lock().member.forget(object);
            }
            News::Live => {
                self.live.store(true, Ordering::Release);
                self.became_live.notify(usize::MAX);
            }
            News::Goodbye => return Ok(Flow::Stop),
        }
        if is_settled {
            self.settled.notify(usize::MAX);
        }
        Ok(Flow::Continue)
    }

    /// Does something to an object's replica, if this process still holds the object.
    fn change(
        &self,
        object: crate::core::ObjectId,
        what: &'static str,
        change: impl FnOnce(&mut Replica) -> Result<bool, crate::wire::DecodeError>,
    ) -> Result<(), Violation> {
        let Some(cell) = self.table.lock().member.cell(object).cloned() else {
            return Ok(());
        };
        let mut replica = cell.lock();
        // The key may have been given to another object since the cell was looked up.
        if replica.id() != object {
            return Ok(());
        }
        let malformed = |problem| Violation::Malformed {
            what,
            key: cell.key().to_owned(),
            problem,
        };
        let changed = change(&mut replica).map_err(malformed)?;
        drop(replica);
        if changed {
            cell.notify();
        }
        Ok(())
    }
}
