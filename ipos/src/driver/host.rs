//! The host's side: the listener, a link and a thread for each member, and the table that orders.

use std::{
    sync::Arc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use ipos_transport::{Endpoint, FrameReader, Link, Listener, Outbox, Token, frame};
use parking_lot::Mutex;

use super::{Flow, join, links::Links, pump};
use crate::{
    builder::Settings,
    cell::Cell,
    core::{
        ObjectId, Parcel, PeerId, Replica, Request, Seq, Sequencer, ToMember, Violation,
        handshake::{self, Answer, Hello, Stranger},
        message,
    },
    directory::{self, Directory},
    error::{Error, Result},
    seat::Seat,
    session::Session,
    wire::{DecodeError, put},
};

/// How long a connection may take to say who it is.
const HANDSHAKE: Duration = Duration::from_secs(5);

/// How many connections may be at it at once.
const STRANGERS: usize = 64;

/// How long a host that ends the session waits for its members to take what was written.
const DRAIN: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(crate) struct HostSide {
    endpoint: Endpoint,
    listener: Mutex<Option<Arc<Listener>>>,
    table: Mutex<Table>,
    /// Connections that have not said who they are.
    /// `None` once the session is ending.
    strangers: Mutex<Option<Vec<Arc<Link>>>>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

#[derive(Debug)]
pub(crate) struct Table {
    sequencer: Sequencer<Arc<Cell>>,
    links: Links,
    /// Invitations that nobody has come with yet.
    invited: Vec<Arc<Seat>>,
    /// No one is let in any more.
    closed: bool,
}

impl Directory for Table {
    fn named(&self, key: &str) -> Option<&Arc<Cell>> {
        self.sequencer.named(key)
    }
    fn hides(&mut self, _: &Parcel) -> bool {
        false
    }
}

/// Why a connection, or the link of a member, was closed.
#[derive(Debug, thiserror::Error)]
enum Fault {
    #[error(transparent)]
    Link(#[from] ipos_transport::Error),
    #[error(transparent)]
    Stranger(#[from] Stranger),
    #[error("its invitation was used already, or withdrawn, or never given")]
    BadToken,
    #[error("the session is ending")]
    Closed,
    #[error(transparent)]
    Violation(#[from] Violation),
}

impl HostSide {
    pub(crate) fn open() -> Result<Self> {
        let listener = Listener::private()?;
        Ok(Self {
            endpoint: listener.endpoint().clone(),
            listener: Mutex::new(Some(Arc::new(listener))),
            table: Mutex::new(Table {
                sequencer: Sequencer::new(),
                links: Links::default(),
                invited: Vec::new(),
                closed: false,
            }),
            strangers: Mutex::new(Some(Vec::new())),
            threads: Mutex::new(Vec::new()),
        })
    }

    /// Starts letting members in.
    pub(crate) fn start(&self, session: &Arc<Session>) -> Result<()> {
        let Some(listener) = self.listener.lock().clone() else {
            return Err(Error::Closed);
        };
        let session = session.clone();
        self.spawn("ipos-listener", move || accept(&session, &listener))
            .map_err(Error::Thread)
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub(crate) fn table(&self) -> &Mutex<Table> {
        &self.table
    }

    /// Sends what was queued, to all members.
    pub(crate) fn send(&self) {
        let links = self.table.lock().links.all();
        for outbox in &*links {
            outbox.send();
        }
    }

    pub(crate) fn commit(&self, replica: &mut Replica) -> Result<()> {
        let mut table = self.table.lock();
        if table.closed {
            return Err(Error::Closed);
        }
        let Table {
            sequencer, links, ..
        } = &mut *table;
        sequencer.commit(replica, links);
        Ok(())
    }

    pub(crate) fn delete(&self, from: PeerId, number: u64, key: &str) -> bool {
        loop {
            let cell = self.table.lock().sequencer.named(key).cloned();
            let mut replica = cell.as_ref().map(|cell| cell.lock());
            let mut table = self.table.lock();
            let Table {
                sequencer, links, ..
            } = &mut *table;
            if sequencer.named(key).map(Arc::as_ptr) != cell.as_ref().map(Arc::as_ptr) {
                continue;
            }
            let existed = sequencer.delete(from, number, key, replica.as_deref_mut(), links);
            drop(table);
            drop(replica);
            if let Some(cell) = cell {
                cell.notify();
            }
            return existed;
        }
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        self.table
            .lock()
            .sequencer
            .keys()
            .map(ToString::to_string)
            .collect()
    }

    /// Takes an invitation back; `false` if somebody has come with it.
    pub(crate) fn withdraw(&self, seat: &Arc<Seat>) -> bool {
        let mut table = self.table.lock();
        let before = table.invited.len();
        table.invited.retain(|invited| !Arc::ptr_eq(invited, seat));
        table.invited.len() < before
    }

    /// Makes an invitation good.
    pub(crate) fn invite(&self, seat: &Arc<Seat>) {
        self.table.lock().invited.push(seat.clone());
    }

    /// Disconnects a member; `false` if it was not connected.
    pub(crate) fn remove(&self, peer: PeerId) -> bool {
        let Some(outbox) = self.dismiss(peer) else {
            return false;
        };
        say_goodbye(&outbox);
        outbox.drain(Instant::now() + DRAIN);
        outbox.close();
        true
    }

    fn dismiss(&self, peer: PeerId) -> Option<Arc<Outbox>> {
        let mut table = self.table.lock();
        table.sequencer.dismiss(peer);
        table.links.remove(peer)
    }

    /// Whether the key was deleted lately.
    pub(crate) fn was_deleted(&self, key: &str) -> bool {
        self.table.lock().sequencer.was_deleted(key)
    }

    pub(crate) fn cells(&self) -> Vec<Arc<Cell>> {
        self.table.lock().sequencer.cells().cloned().collect()
    }

    /// Tells all who wait that the session has ended.
    pub(crate) fn wake_all(&self) {
        for cell in self.cells() {
            cell.notify();
        }
    }

    /// Ends the session for all members, and gives back all that the system lent.
    pub(crate) fn close(&self) {
        let outboxes = {
            let mut table = self.table.lock();
            table.closed = true;
            table.invited.clear();
            let peers: Vec<_> = table.links.peers().collect();
            peers
                .into_iter()
                .filter_map(|peer| table.links.remove(peer))
                .collect::<Vec<_>>()
        };
        if let Some(listener) = self.listener.lock().take() {
            listener.close();
        }
        for outbox in &outboxes {
            say_goodbye(outbox);
        }
        let deadline = Instant::now() + DRAIN;
        for outbox in &outboxes {
            outbox.drain(deadline);
            outbox.close();
        }
        for stranger in self.strangers.lock().take().unwrap_or_default() {
            stranger.shutdown();
        }
        loop {
            // The listener's thread may be about to note one more: the lock is not held over a join.
            let thread = self.threads.lock().pop();
            if thread.is_none() {
                break;
            }
            join(thread);
        }
    }

    /// Notes a connection that has not said who it is. When there are too many of them, the oldest
    /// is hung up on. `false` when the session is ending.
    fn meet(&self, link: &Arc<Link>) -> bool {
        let mut strangers = self.strangers.lock();
        let Some(strangers) = &mut *strangers else {
            return false;
        };
        if strangers.len() == STRANGERS {
            tracing::warn!("a connection was hung up on: {STRANGERS} have come after it");
            strangers.remove(0).shutdown();
        }
        strangers.push(link.clone());
        true
    }

    fn part(&self, link: &Arc<Link>) {
        if let Some(strangers) = &mut *self.strangers.lock() {
            strangers.retain(|stranger| !Arc::ptr_eq(stranger, link));
        }
    }

    fn spawn(&self, name: &str, run: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
        let thread = std::thread::Builder::new().name(name.into()).spawn(run)?;
        let mut threads = self.threads.lock();
        threads.retain(|thread| !thread.is_finished());
        threads.push(thread);
        Ok(())
    }
}

impl Table {
    /// An identity for an object that the host creates.
    pub(crate) fn next_object(&mut self) -> ObjectId {
        self.sequencer.next_object()
    }

    pub(crate) fn create(&mut self, from: PeerId, parcel: &Parcel, cell: &Arc<Cell>) -> Seq {
        self.sequencer
            .create(from, parcel, cell.clone(), &mut self.links)
    }
}

fn say_goodbye(outbox: &Outbox) {
    outbox.append(|queue| frame::append(queue, |frame| put(frame, &ToMember::Goodbye)));
    outbox.send();
}

fn accept(session: &Arc<Session>, listener: &Listener) {
    loop {
        let link = match listener.accept() {
            Ok(link) => link,
            Err(ipos_transport::Error::Closed) => return,
            Err(error) => {
                tracing::warn!(%error, "a connection was not accepted");
                continue;
            }
        };
        let Some(host) = session.host() else { return };
        let link = Arc::new(link);
        if !host.meet(&link) {
            return;
        }
        let (serving, met) = (session.clone(), link.clone());
        if let Err(error) = host.spawn("ipos-link", move || serve(&serving, &met)) {
            host.part(&link);
            tracing::warn!(%error, "a connection was hung up on: no thread could be started for it");
        }
    }
}

/// The life of one connection.
fn serve(session: &Arc<Session>, link: &Arc<Link>) {
    let Some(host) = session.host() else { return };
    let pid = link.peer().pid;
    let mut frames = FrameReader::new(handshake::SIZE_LIMIT);
    let deadline = Instant::now() + HANDSHAKE;
    let greeted = greet(host, link, &mut frames, deadline);
    host.part(link);
    let (seat, label) = match greeted {
        Ok(greeted) => greeted,
        Err(fault) => {
            tracing::warn!(?pid, %fault, "a connection was refused");
            refuse(link, &fault, deadline);
            return;
        }
    };
    frames.set_limit(session.settings().frame_limit);
    let Some((peer, outbox)) = admit(host, session.settings(), link) else {
        refuse(link, &Fault::Closed, deadline);
        return;
    };
    tracing::debug!(%peer, ?pid, %label, "a process joined");
    seat.admitted(peer, pid);
    // Whatever ends the thread ends the membership.
    let leave = Leave {
        session,
        host,
        peer,
        outbox,
        seat: seat.clone(),
    };
    give_all(host, peer, &leave.outbox);
    let waiting = session.settings().waiting;
    let take = |frame: &[u8]| take(session, host, peer, &seat, frame);
    match pump::<Fault>(link, &mut frames, waiting, take, || host.send()) {
        Ok(_) => tracing::debug!(%peer, "a process left"),
        Err(fault) => tracing::warn!(%peer, %fault, "a process was disconnected"),
    }
}

struct Leave<'a> {
    session: &'a Session,
    host: &'a HostSide,
    peer: PeerId,
    outbox: Arc<Outbox>,
    seat: Arc<Seat>,
}

impl Drop for Leave<'_> {
    fn drop(&mut self) {
        self.host.dismiss(self.peer);
        // It also shuts the link down.
        self.outbox.close();
        self.seat.left(self.session);
    }
}

/// Hears who it is. An invitation is good once.
fn greet(
    host: &HostSide,
    link: &Link,
    frames: &mut FrameReader,
    deadline: Instant,
) -> Result<(Arc<Seat>, String), Fault> {
    loop {
        if let Some(frame) = frames.next_frame()? {
            let hello: Hello<'_> = handshake::read(frame)?;
            let token = Token::from_bytes(hello.token);
            let mut table = host.table.lock();
            let place = table.invited.iter().position(|seat| *seat.token() == token);
            let seat = table.invited.swap_remove(place.ok_or(Fault::BadToken)?);
            return Ok((seat, hello.label.to_owned()));
        }
        if !frames.fill(link, Some(deadline))? {
            return Err(ipos_transport::Error::Closed.into());
        }
    }
}

fn refuse(link: &Link, fault: &Fault, deadline: Instant) {
    let mut answer = Vec::new();
    let why = fault.to_string();
    frame::append(&mut answer, |out| {
        handshake::write(out, &Answer::Refused(&why));
    });
    // Whoever does not hear it has hung up.
    let _ = link.write_all(&answer, Some(deadline));
}

/// Makes a connection a member's; `None` when the session is ending.
fn admit(host: &HostSide, settings: &Settings, link: &Arc<Link>) -> Option<(PeerId, Arc<Outbox>)> {
    let outbox = Arc::new(Outbox::new(link.clone(), "ipos-writer"));
    let mut table = host.table.lock();
    if table.closed {
        return None;
    }
    let peer = table.sequencer.admit();
    let frame_limit = settings.frame_limit as u64;
    let welcome = Answer::Welcome {
        you: peer,
        frame_limit,
    };
    outbox.append(|queue| frame::append(queue, |out| handshake::write(out, &welcome)));
    table.links.insert(peer, outbox.clone());
    Some((peer, outbox))
}

/// Gives a new member all objects, one by one, while the session goes on.
fn give_all(host: &HostSide, peer: PeerId, outbox: &Outbox) {
    let mut value = Vec::new();
    loop {
        let owed = {
            let mut table = host.table.lock();
            let Table {
                sequencer, links, ..
            } = &mut *table;
            sequencer.owed(peer, links)
        };
        let Some(cell) = owed else { break };
        let replica = cell.look();
        value.clear();
        replica.state().encode(&mut value);
        let mut table = host.table.lock();
        let Table {
            sequencer, links, ..
        } = &mut *table;
        sequencer.give(peer, &replica, &value, links);
        drop(table);
        drop(replica);
        outbox.send();
    }
    outbox.send();
}

/// Does what a member's message asks for.
fn take(
    session: &Session,
    host: &HostSide,
    peer: PeerId,
    seat: &Seat,
    frame: &[u8],
) -> Result<Flow, Fault> {
    let message = message::read(frame)?;
    let request = host.table.lock().sequencer.receive(peer, message)?;
    match request {
        Request::Commit {
            number,
            object,
            patches,
        } => {
            propose(host, peer, number, object, patches)?;
        }
        Request::Create(parcel) => {
            let install = directory::install(&host.table, &parcel, None, |table, cell| {
                table.create(peer, &parcel, cell)
            });
            install.map_err(|problem| malformed("value", &parcel.key, problem))?;
            session.announce();
        }
        Request::Delete { number, key } => {
            host.delete(peer, number, key);
        }
        Request::Ready => seat.ready(),
        Request::Goodbye => return Ok(Flow::Stop),
        Request::Incomplete => {}
    }
    Ok(Flow::Continue)
}

fn propose(
    host: &HostSide,
    peer: PeerId,
    number: u64,
    object: ObjectId,
    patches: &[u8],
) -> Result<(), Violation> {
    let cell = host.table.lock().sequencer.cell(object).cloned();
    let mut replica = cell.as_ref().map(|cell| cell.lock());
    let mut table = host.table.lock();
    let Table {
        sequencer, links, ..
    } = &mut *table;
    let proposed = sequencer.propose(peer, number, object, patches, replica.as_deref_mut(), links);
    drop(table);
    drop(replica);
    if let Some(cell) = &cell {
        cell.notify();
        proposed.map_err(|problem| malformed("changes", cell.key(), problem))?;
    }
    Ok(())
}

fn malformed(what: &'static str, key: &str, problem: DecodeError) -> Violation {
    Violation::Malformed {
        what,
        key: key.to_owned(),
        problem,
    }
}
