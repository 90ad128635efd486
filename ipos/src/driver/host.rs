//! The host's side: the listener, a link and a thread for each member, and the table that orders.

mod connection;

use std::{
    sync::Arc,
    thread::JoinHandle,
    time::{Duration, Instant},
};

use event_listener::Event;
use ipos_transport::{Endpoint, Link, Listener, Outbox, frame};
use parking_lot::Mutex;

use super::{join, links::Links};
use crate::{
    builder::Settings,
    cell::Cell,
    core::{Memory, ObjectId, Origin, Parcel, PeerId, Replica, Seq, Sequencer, ToMember},
    deadline::Deadline,
    directory::Directory,
    error::{Error, Result},
    seat::Seat,
    session::Session,
    subscribe::SessionEvent,
    wire::put,
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
    /// A member has answered, or is gone: a barrier may be passed.
    answered: Event,
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
    fn forbids(&self, arrived: &Parcel, current: Option<&Replica>) -> Option<String> {
        Replica::forbids(arrived, current)
    }
}

impl HostSide {
    pub(crate) fn open(settings: &Settings) -> Result<Self> {
        let listener = Listener::private()?;
        Ok(Self {
            endpoint: listener.endpoint().clone(),
            listener: Mutex::new(Some(Arc::new(listener))),
            table: Mutex::new(Table {
                sequencer: Sequencer::new(Memory::default()),
                links: Links::new(settings.queue_limit),
                invited: Vec::new(),
                closed: false,
            }),
            answered: Event::new(),
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
        self.spawn("ipos-listener", move || {
            connection::accept(&session, &listener);
        })
        .map_err(Error::Thread)
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    pub(crate) fn table(&self) -> &Mutex<Table> {
        &self.table
    }

    /// Sends what was queued, to all members. What is queued for one that does not read is dropped.
    pub(crate) fn send(&self, session: &Session) {
        let (lagging, links) = {
            let mut table = self.table.lock();
            (table.drop_lagging(), table.links.all())
        };
        for peer in lagging {
            session.publish(&SessionEvent::Lagged { peer });
        }
        for outbox in &*links {
            outbox.send();
        }
    }

    pub(crate) fn commit(&self, replica: &mut Replica) -> Result<()> {
        replica
            .judge_recorded(&Origin::local(PeerId::HOST, std::process::id()))
            .map_err(|reason| Error::Rejected { reason })?;
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

    /// Deletes the object under a key, and tells whether there was one; or why a member must not.
    pub(crate) fn delete(
        &self,
        from: PeerId,
        number: u64,
        key: &str,
    ) -> std::result::Result<bool, String> {
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
            let is_reserved = replica
                .as_ref()
                .is_some_and(|replica| replica.is_reserved());
            if from != PeerId::HOST && is_reserved {
                let reason = format!("only the host may delete `{key}`");
                sequencer.refuse_key(from, number, &reason, key, links);
                return Err(reason);
            }
            let existed = sequencer.delete(from, number, key, replica.as_deref_mut(), links);
            drop(table);
            drop(replica);
            if let Some(cell) = cell {
                cell.notify_all();
            }
            return Ok(existed);
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
    pub(crate) fn remove(&self, session: &Session, peer: PeerId) -> bool {
        let Some(outbox) = self.dismiss(session, peer) else {
            return false;
        };
        say_goodbye(&outbox);
        outbox.drain(Instant::now() + DRAIN);
        outbox.close();
        true
    }

    fn dismiss(&self, session: &Session, peer: PeerId) -> Option<Arc<Outbox>> {
        let mut table = self.table.lock();
        let Table {
            sequencer, links, ..
        } = &mut *table;
        let outbox = links.remove(peer);
        sequencer.dismiss(peer, links);
        drop(table);
        self.send(session);
        self.answered.notify(usize::MAX);
        outbox
    }

    /// Waits until every live member has applied what was ordered so far; `false` when it is too late.
    pub(crate) fn barrier(&self, session: &Session, deadline: Deadline) -> bool {
        let mut table = self.table.lock();
        let Table {
            sequencer, links, ..
        } = &mut *table;
        let ping = sequencer
            .barrier(PeerId::HOST, 0, links)
            .expect("only members may have too many");
        drop(table);
        self.send(session);
        loop {
            let listener = self.answered.listen();
            if self.table.lock().sequencer.has_passed(ping) {
                return true;
            }
            if deadline.has_passed() {
                self.table.lock().sequencer.give_up(ping);
                return false;
            }
            deadline.wait(listener);
        }
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
            cell.notify_all();
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
    /// Drops what is queued for members that do not read, and lets them know. Gives these members.
    fn drop_lagging(&mut self) -> Vec<PeerId> {
        let Self {
            sequencer, links, ..
        } = self;
        let lagging = links.take_lagging();
        for &peer in &lagging {
            tracing::warn!(%peer, "a process does not read; it will be told what it misses when it does");
            links.drop_queued(peer);
            sequencer.lags(peer, links);
        }
        lagging
    }

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
