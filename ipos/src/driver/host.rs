//! The host's side: the listener, a link and a thread for each member, and the table that orders.

mod connection;
mod leaving;
mod returning;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use ipos_transport::{Endpoint, Link, Listener, Outbox, frame};

use leaving::Ended;
use returning::Tickets;

use super::{
    front::Front,
    join,
    links::{Block, Links},
    pulse,
};
use crate::{
    builder::Settings,
    cell,
    core::{Memory, Notice, Parting, PeerId, Post, PostValue, Replica, Seen, Standing, ToMember},
    error::{Error, Result},
    peers::{Peer, PeerState},
    seat::Seat,
    session::Session,
    store::{HostStore, Outside},
    subscribe::{SessionEvent, Subscribers},
    sync::{
        self, Event, EventListener, Mutex,
        atomic::{AtomicBool, Ordering},
        slips,
        thread::{self, JoinHandle},
    },
    tally::Stats,
    wire::put,
};

/// How long a connection may take to say who it is.
const HANDSHAKE: Duration = Duration::from_secs(5);

/// How many connections may be at it at once.
const STRANGERS: usize = 64;

/// Why one that was removed does not come back.
const REMOVED: &str = "it was removed from the session";

/// How long a host that ends the session waits for its members to take what was written.
const DRAIN: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(crate) struct HostSide {
    endpoint: Endpoint,
    /// Who comes needs no invitation.
    is_open: bool,
    listener: Mutex<Option<Arc<Listener>>>,
    store: HostStore<Members>,
    subscribers: Arc<Subscribers>,
    /// A member has answered, or is gone: a barrier may be passed.
    answered: Event,
    /// Nothing more is taken from members.
    is_stopping: AtomicBool,
    /// A member is away now, or is gone: who shows its ticket may go on.
    parted: Event,
    /// Connections that have not said who they are.
    /// `None` once the session is ending.
    strangers: Mutex<Option<Vec<Arc<Link>>>>,
    front: Front<connection::Asked>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// The members: their links, and who may become one.
#[derive(Debug)]
pub(crate) struct Members {
    links: Links,
    subscribers: Arc<Subscribers>,
    /// Invitations that nobody has come with yet.
    invited: Vec<Arc<Seat>>,
    /// By what members that have come by name may come again.
    tickets: Tickets,
    /// No one is let in any more.
    closed: bool,
}

impl Post for Members {
    fn post(&mut self, to: PeerId, message: &[u8]) {
        self.links.post(to, message);
    }
}

impl PostValue for Members {
    type Chunks = Block;

    fn post_value(&mut self, to: PeerId, chunks: Block) {
        self.links.post_value(to, chunks);
    }
}

impl Outside for Members {
    fn notice(&mut self, notice: Notice<'_>) {
        self.subscribers.notice(notice);
    }
}

impl Members {
    pub(super) fn outbox(&self, peer: PeerId) -> Option<&Arc<Outbox>> {
        self.links.outbox(peer)
    }
}

impl HostSide {
    /// With a name, processes of this user may come without an invitation.
    pub(crate) fn open(settings: &Settings, name: Option<&str>) -> Result<Self> {
        let listener = name.map_or_else(Listener::private, Listener::named)?;
        let subscribers = Subscribers::of(PeerId::HOST);
        let endpoint = listener.endpoint();
        subscribers.journal().name(endpoint.name().to_owned());
        tracing::debug!(session = endpoint.name(), %endpoint, "a session began");
        Ok(Self {
            endpoint: listener.endpoint().clone(),
            is_open: name.is_some(),
            listener: Mutex::new(Some(Arc::new(listener))),
            store: HostStore::new(
                Memory {
                    limits: settings.limits,
                    ..Memory::default()
                },
                settings.largest_commit(),
                Members {
                    links: Links::new(settings.queue_limit),
                    subscribers: subscribers.clone(),
                    invited: Vec::new(),
                    tickets: Tickets::default(),
                    closed: false,
                },
            ),
            subscribers,
            answered: Event::new(),
            is_stopping: AtomicBool::new(false),
            parted: Event::new(),
            strangers: Mutex::new(Some(Vec::new())),
            front: Front::new(settings.waiting),
            threads: Mutex::new(Vec::new()),
        })
    }

    /// Starts letting members in.
    pub(crate) fn start(&self, session: &Arc<Session>) -> Result<()> {
        let Some(listener) = self.listener.lock().clone() else {
            return Err(Error::Closed);
        };
        if let Some(limit) = session.settings().ping {
            let session = session.clone();
            let watch = move || {
                if let Some(host) = session.host() {
                    pulse::watch_members(&session, host, limit);
                }
            };
            self.spawn("ipos-pulse", watch).map_err(Error::Thread)?;
        }
        let session = session.clone();
        self.spawn("ipos-listener", move || {
            connection::accept(&session, &listener);
        })
        .map_err(Error::Thread)
    }

    /// The members, as far as this process knows of them.
    pub(crate) fn peers(&self) -> Vec<Peer> {
        self.store.with(|sequencer, members| {
            let peer = |seen: Seen| Peer {
                queued: members.outbox(seen.peer).map(|outbox| outbox.queued()),
                acknowledged: Some(seen.acknowledged),
                id: seen.peer,
                pid: seen.profile.pid,
                label: seen.profile.label.to_string(),
                state: match seen.standing {
                    Standing::Joining => PeerState::Joining,
                    Standing::Live => PeerState::Live,
                    Standing::Lagging => PeerState::Lagging,
                    Standing::Away => PeerState::Away,
                    Standing::CatchingUp => PeerState::CatchingUp,
                },
            };
            sequencer.seen().map(peer).collect()
        })
    }

    /// What was done and taken so far.
    pub(crate) fn stats(&self) -> Stats {
        self.store.with(|sequencer, members| {
            let leaving = members.links.written();
            self.store.tally().read(sequencer.seq(), leaving)
        })
    }

    /// Counts what has left by a connection that is over.
    fn count(&self, outbox: &Arc<Outbox>) {
        self.store.with(|_, members| {
            let written = members.links.counted(outbox);
            self.store.tally().left(written);
        });
    }

    pub(crate) fn endpoint(&self) -> &Endpoint {
        &self.endpoint
    }

    /// Those who hear of what happens.
    pub(crate) fn subscribers(&self) -> &Arc<Subscribers> {
        &self.subscribers
    }

    pub(crate) fn store(&self) -> &HostStore<Members> {
        &self.store
    }

    /// Sends what was queued, to all members, and wakes those who were told something here. What is queued for one
    /// that does not read is dropped.
    pub(crate) fn send(&self, session: &Session) {
        for outbox in &*self.told(session) {
            outbox.send();
        }
    }

    /// The same of what this process has written itself: nobody waits for that as for an answer.
    pub(crate) fn send_own(&self, session: &Session) {
        let links = self.told(session);
        for outbox in &*links {
            outbox.send_among(links.len());
        }
    }

    /// Wakes those who were told something here, and gives the outboxes of those who read.
    fn told(&self, session: &Session) -> Arc<[Arc<Outbox>]> {
        self.subscribers.wake();
        let (lagging, links) = self.store.with(|sequencer, members| {
            let mut lagging = members.links.take_lagging();
            lagging.retain(|&peer| !sequencer.is_away(peer));
            for &peer in &lagging {
                members.links.drop_queued(peer);
                sequencer.lags(peer, members);
            }
            (lagging, members.links.all())
        });
        for peer in lagging {
            session.publish(&SessionEvent::Lagged { peer });
        }
        links
    }

    /// Sends at once what was left to gather.
    pub(crate) fn flush(&self) {
        let links = self.store.table().post.links.all();
        for outbox in &*links {
            outbox.flush();
        }
    }

    pub(crate) fn commit(&self, replica: &mut Replica) -> Result<()> {
        replica
            .judge_recorded(|| self.subscribers.peers().me())
            .map_err(|reason| Error::Rejected { reason })?;
        let mut table = self.store.table();
        if table.post.closed {
            return Err(Error::Closed);
        }
        table.commit(replica);
        Ok(())
    }

    /// Takes an invitation back; `false` if somebody has come with it.
    pub(crate) fn withdraw(&self, seat: &Arc<Seat>) -> bool {
        let invited = &mut self.store.table().post.invited;
        let before = invited.len();
        invited.retain(|invited| !Arc::ptr_eq(invited, seat));
        invited.len() < before
    }

    /// Makes an invitation good.
    pub(crate) fn invite(&self, seat: &Arc<Seat>) {
        self.store.table().post.invited.push(seat.clone());
    }

    /// Disconnects a member, also one that is cut off and may come again; `false` if there is none.
    pub(crate) fn remove(&self, session: &Session, peer: PeerId) -> bool {
        let outbox = {
            let members = &mut self.store.table().post;
            let may_come = members.tickets.bar(peer, REMOVED.to_owned());
            let outbox = members.links.remove(peer);
            if outbox.is_none() && !may_come {
                return false;
            }
            outbox
        };
        self.store.expel(peer);
        self.send(session);
        self.answered.notify(usize::MAX);
        self.parted.notify(usize::MAX);
        let Some(outbox) = outbox else { return true };
        say_goodbye(&outbox, Parting::Removed);
        outbox.drain(Instant::now() + DRAIN);
        outbox.close();
        true
    }

    /// A member's connection has ended: nothing more comes of it. It may come as another one, unless it is at fault.
    fn dismiss(&self, session: &Session, peer: PeerId, ended: &Ended) {
        self.store.with(|sequencer, members| {
            members.links.remove(peer);
            if let Ended::Fault(fault) = ended {
                let why = format!("it was disconnected: {fault}");
                members.tickets.bar(peer, why);
                return;
            }
            sequencer.cut_off(peer, members);
            // One that has left does not come again with what it has proposed.
            let is_lost = !matches!(ended, Ended::Left);
            let dealt = is_lost.then(|| sequencer.dealt(peer));
            members.tickets.let_go(peer, dealt.unwrap_or_default());
        });
        self.store.dismiss(peer);
        self.send(session);
        self.answered.notify(usize::MAX);
        self.parted.notify(usize::MAX);
    }

    /// Asks every live member whether it has applied what was ordered so far.
    pub(crate) fn begin_barrier(&self, session: &Session) -> u64 {
        let ping = self
            .store
            .with(|sequencer, members| sequencer.barrier(PeerId::HOST, 0, members));
        self.send(session);
        ping
    }

    /// Where models connect.
    #[cfg(loom)]
    pub(crate) fn listener(&self) -> Option<Arc<Listener>> {
        self.listener.lock().clone()
    }

    /// Serves a connection, in this thread, until it ends.
    #[cfg(loom)]
    pub(crate) fn serve(session: &Arc<Session>, link: Link) {
        let (host, link) = (session.host(), Arc::new(link));
        if host.is_some_and(|host| host.meet(&link)) {
            connection::serve(session, &link);
        }
    }

    /// Hears when a barrier may be passed.
    pub(crate) fn listen_for_barriers(&self) -> EventListener {
        self.answered.listen()
    }

    /// Whether a barrier was passed. It is told once.
    pub(crate) fn has_passed(&self, barrier: u64) -> bool {
        self.store.table().sequencer.has_passed(barrier)
    }

    /// Nobody waits for a barrier any more.
    pub(crate) fn give_up(&self, barrier: u64) {
        self.store.table().sequencer.give_up(barrier);
    }

    /// Whether the key was deleted lately.
    pub(crate) fn was_deleted(&self, key: &str) -> bool {
        self.store.table().sequencer.was_deleted(key)
    }

    /// Tells all who wait that the session has ended.
    pub(crate) fn wake_all(&self) {
        if slips("who waits for a change is not told that the session has ended") {
            return;
        }
        for cell in self.store.cells() {
            cell.notify_all();
        }
    }

    /// Takes nothing more from members, and waits until what is on its way into the order has its verdict: no
    /// other host is to hear of it again.
    fn stop(&self) {
        self.store.table().sequencer.stop();
        self.is_stopping.store(true, Ordering::SeqCst);
        let deadline = Instant::now() + DRAIN;
        loop {
            let answered = self.answered.listen();
            // A thread that holds an object may be what is waited for.
            if !self.store.table().sequencer.is_ordering() || cell::held_any().is_some() {
                return;
            }
            if !sync::wait(answered, deadline) {
                return;
            }
        }
    }

    /// Ends the session for all members, and gives back all that the system lent.
    pub(crate) fn close(&self) {
        self.stop();
        let outboxes = {
            let members = &mut self.store.table().post;
            members.closed = true;
            members.invited.clear();
            members.tickets.clear();
            members.links.remove_all()
        };
        // Nobody's place is kept any more.
        self.parted.notify(usize::MAX);
        if let Some(listener) = self.listener.lock().take() {
            listener.close();
        }
        for outbox in &outboxes {
            say_goodbye(outbox, Parting::Over);
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
            if thread.is_none() || slips("a host does not wait for its threads") {
                break;
            }
            join(thread);
        }
    }

    /// Notes a connection that has not said who it is. When there are too many of them, the oldest
    /// is hung up on. `false` when the session is ending.
    fn meet(&self, link: &Arc<Link>) -> bool {
        let oldest = {
            let mut strangers = self.strangers.lock();
            let Some(strangers) = &mut *strangers else {
                return slips("a connection is let in that nobody will hang up on");
            };
            let is_full = strangers.len() == STRANGERS;
            let oldest = is_full.then(|| strangers.remove(0));
            strangers.push(link.clone());
            oldest
        };
        if let Some(oldest) = oldest {
            oldest.shutdown();
            tracing::warn!(
                session = self.subscribers.journal().session(),
                "a connection was hung up on: {STRANGERS} have come after it"
            );
        }
        true
    }

    fn part(&self, link: &Arc<Link>) {
        if let Some(strangers) = &mut *self.strangers.lock() {
            strangers.retain(|stranger| !Arc::ptr_eq(stranger, link));
        }
    }

    fn spawn(&self, name: &str, run: impl FnOnce() + Send + 'static) -> std::io::Result<()> {
        let thread = thread::Builder::new().name(name.into()).spawn(run)?;
        let mut threads = self.threads.lock();
        threads.retain(|thread| !thread.is_finished());
        threads.push(thread);
        Ok(())
    }
}

fn say_goodbye(outbox: &Outbox, why: Parting<'_>) {
    let goodbye = ToMember::Goodbye { why };
    outbox.append(|queue| frame::append(queue, |frame| put(frame, &goodbye)));
    outbox.send();
}
