//! A member's side: one link to the host, and the thread that reads it.

mod reading;

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

use super::links;
use crate::{
    builder::{LARGEST_FRAME, LEAST_FRAME, Settings},
    cell::{self, Cell},
    core::{
        Life, Member, ObjectId, Parcel, PeerId, Post, Replica,
        handshake::{self, Answer, Hello},
    },
    deadline::Deadline,
    directory::Directory,
    error::{Error, Result},
    session::Session,
};

/// How long a member that leaves waits for what it has written to be taken.
const DRAIN: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(crate) struct MemberSide {
    me: PeerId,
    link: Arc<Link>,
    table: Mutex<Table>,
    outbox: Arc<Outbox>,
    live: AtomicBool,
    became_live: Event,
    /// Every proposal has its verdict, a barrier was passed, or the host is gone.
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
    fn forbids(&self, _: &Parcel, _: Option<&Replica>) -> Option<String> {
        None
    }
}

/// Connects to a host, and gives a session with the frames that have arrived; see [`MemberSide::start`].
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
        me,
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
        let this = session.clone();
        let thread = std::thread::Builder::new()
            .name("ipos-reader".into())
            .spawn(move || reading::read(&this, frames))
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

    /// Proposes the open commit; gives what its verdict is asked for by.
    pub(crate) fn commit(&self, replica: &mut Replica, whole: bool) -> Result<Option<u64>> {
        let mut table = self.table.lock();
        if table.closed {
            return Err(Error::Closed);
        }
        let Table { member, host, .. } = &mut *table;
        member.commit(replica, whole, host);
        Ok(replica.last_pending())
    }

    /// Waits until every live member has applied what the host has ordered when it hears of this;
    /// `false` when it is too late, or the host is gone.
    pub(crate) fn barrier(&self, deadline: Deadline) -> bool {
        let nonce = {
            let mut table = self.table.lock();
            let Table { member, host, .. } = &mut *table;
            member.barrier(host)
        };
        self.outbox.send();
        loop {
            let listener = self.settled.listen();
            if self.table.lock().member.has_passed(nonce) {
                return true;
            }
            if deadline.has_passed() || self.outbox.is_closed() {
                self.table.lock().member.give_up(nonce);
                return false;
            }
            deadline.wait(listener);
        }
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
                cell.notify_all();
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
            cell.notify_all();
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
    pub(crate) fn next_object(&mut self) -> ObjectId {
        self.member.next_object()
    }

    pub(crate) fn create(&mut self, parcel: &Arc<Parcel>, cell: &Arc<Cell>) {
        self.member.create(parcel, cell.clone(), &mut self.host);
    }
}
