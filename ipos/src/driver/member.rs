//! A member's side: one link to the host, and the thread that reads it.

mod greeting;
mod home;
mod reading;
mod room;

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use greeting::Welcome;
use home::Home;
use ipos_transport::{FrameReader, Link, Outbox, Token};
use room::Room;

use super::{front::Front, links, pulse};
use crate::{
    builder::Settings,
    cell,
    core::{
        Member, Notice, Origin, PeerId, Post, Replica, Violation,
        handshake::{Comes, Secret},
    },
    deadline::Deadline,
    error::{Error, Result},
    peers::{Peer, PeerState},
    session::Session,
    store::{MemberStore, Outside},
    subscribe::Subscribers,
    sync::{
        self, Event, EventListener, Mutex, MutexGuard,
        atomic::{AtomicBool, Ordering},
        slips,
        thread::{self, JoinHandle},
    },
    tally::Stats,
};

/// How long a member that leaves waits for what it has written to be taken.
const DRAIN: Duration = Duration::from_secs(5);

#[derive(Debug)]
pub(crate) struct MemberSide {
    line: Mutex<Line>,
    /// Where it comes from, if it comes again when its connection is lost.
    home: Option<Home>,
    store: MemberStore<ToHostLink>,
    subscribers: Arc<Subscribers>,
    live: AtomicBool,
    /// The thread that reads is busy with a message.
    is_taking: AtomicBool,
    became_live: Event,
    /// Every proposal has its verdict, a barrier was passed, or the host is gone.
    settled: Event,
    room: Room,
    front: Front<Violation>,
    threads: Mutex<Vec<JoinHandle<()>>>,
}

/// The connection to the host; a new one each time that this process comes again.
#[derive(Debug)]
struct Line {
    link: Arc<Link>,
    outbox: Arc<Outbox>,
    /// What the host calls itself.
    label: String,
    /// The next one, on which nothing is agreed yet.
    knocking: Option<Arc<Link>>,
    /// It was ended, since the host has said nothing for so long.
    silence: Option<Duration>,
    /// There is to be no other one.
    is_over: bool,
}

impl Line {
    fn new(link: Arc<Link>, outbox: Arc<Outbox>, label: String) -> Self {
        Self {
            link,
            outbox,
            label,
            knocking: None,
            silence: None,
            is_over: false,
        }
    }
}

/// The way to the host.
#[derive(Debug)]
pub(crate) struct ToHostLink {
    outbox: Arc<Outbox>,
    subscribers: Arc<Subscribers>,
    /// The host has been told that nothing follows.
    closed: bool,
}

impl ToHostLink {
    pub(super) fn outbox(&self) -> &Arc<Outbox> {
        &self.outbox
    }
}

impl Post for ToHostLink {
    fn post(&mut self, _: PeerId, message: &[u8]) {
        links::post(&self.outbox, message);
    }
}

impl Outside for ToHostLink {
    fn notice(&mut self, notice: Notice<'_>) {
        self.subscribers.notice(notice);
    }
}

/// How a process comes to a session.
#[derive(Clone, Copy)]
pub(crate) enum By<'a> {
    Invitation(&'a Token),
    Name(&'a str),
    /// As by a name, but not again.
    #[cfg(loom)]
    Once,
}

/// Greets a host, and gives a session with the frames that have arrived; see [`MemberSide::start`].
pub(crate) fn connect(
    session: &str,
    link: Link,
    by: By<'_>,
    settings: &mut Settings,
    deadline: Instant,
) -> Result<(MemberSide, FrameReader)> {
    let comes = match by {
        By::Invitation(token) => Comes::Invited(Secret(*token.as_bytes())),
        By::Name(_) => Comes::ByName,
        #[cfg(loom)]
        By::Once => Comes::ByName,
    };
    let welcome = greeting::greet(&link, comes, &settings.label, deadline);
    let welcome = welcome.map_err(|unwelcome| unwelcome.into_error(settings))?;
    let Welcome {
        me,
        label,
        exchange,
        frame_limit,
        ticket,
        frames,
        ..
    } = welcome;
    settings.frame_limit = frame_limit;
    let home = match by {
        By::Invitation(_) => None,
        By::Name(name) => Some(Home::new(name, ticket)),
        #[cfg(loom)]
        By::Once => None,
    };
    let link = Arc::new(link);
    let outbox = Arc::new(Outbox::new(link.clone(), "ipos-writer"));
    let subscribers = Subscribers::of(me);
    subscribers.journal().name(session.to_owned());
    tracing::debug!(session, %me, host = ?link.peer().pid, "this process was let in");
    let post = ToHostLink {
        outbox: outbox.clone(),
        subscribers: subscribers.clone(),
        closed: false,
    };
    let side = MemberSide {
        line: Mutex::new(Line::new(link, outbox, label)),
        home,
        store: MemberStore::new(me, exchange, post),
        subscribers,
        live: AtomicBool::new(false),
        is_taking: AtomicBool::new(false),
        became_live: Event::new(),
        settled: Event::new(),
        room: Room::new(settings.queue_limit),
        front: Front::new(settings.waiting),
        threads: Mutex::default(),
    };
    Ok((side, frames))
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
        let thread = thread::Builder::new()
            .name("ipos-reader".into())
            .spawn(move || reading::read(&this, frames))
            .map_err(Error::Thread)?;
        self.threads.lock().push(thread);
        if let Some(limit) = session.settings().ping {
            let this = session.clone();
            let watch = move || {
                if let Some(member) = this.member() {
                    pulse::watch_host(&this, member, limit);
                }
            };
            let thread = thread::Builder::new()
                .name("ipos-pulse".into())
                .spawn(watch)
                .map_err(Error::Thread)?;
            self.threads.lock().push(thread);
        }
        let is_live = || self.live.load(Ordering::Acquire);
        while !is_live() {
            let listener = self.became_live.listen();
            // It may have been live before the session ended, and then it has joined.
            let open = session.must_be_open();
            if is_live() {
                break;
            }
            open?;
            if !sync::wait(listener, deadline) {
                return Err(session.settings().timed_out("this process"));
            }
        }
        self.store.with(Member::ready);
        self.outbox().send();
        Ok(())
    }

    /// The host's number in the system, if that is known.
    pub(crate) fn host_pid(&self) -> Option<u32> {
        self.line().link.peer().pid
    }

    /// Whether the thread that reads is busy with a message, so that the host may have said more, or there is no
    /// connection.
    pub(super) fn is_taking(&self) -> bool {
        self.is_taking.load(Ordering::Relaxed) || self.outbox().is_closed()
    }

    /// Ends a connection to the host, which has said nothing there for so long, if it is the one that there is.
    pub(super) fn hang_up(&self, silent: &Arc<Outbox>, limit: Duration) {
        let mut line = self.line();
        if Arc::ptr_eq(&line.outbox, silent) {
            line.silence = Some(limit);
            line.link.shutdown();
        }
    }

    /// The other processes, as far as this one knows of them.
    pub(crate) fn peers(&self) -> Vec<Peer> {
        let table = self.store.table();
        let outbox = self.outbox();
        let host = Peer {
            id: PeerId::HOST,
            pid: self.host_pid(),
            label: self.line().label.clone(),
            state: if outbox.is_closed() {
                PeerState::Away
            } else if table.member.is_in_sync() {
                PeerState::Live
            } else {
                PeerState::CatchingUp
            },
            acknowledged: None,
            queued: Some(outbox.queued()),
        };
        let others = table.member.others().map(|(id, profile)| Peer {
            id,
            pid: profile.pid,
            label: profile.label.to_string(),
            state: PeerState::Connected,
            acknowledged: None,
            queued: None,
        });
        [host].into_iter().chain(others).collect()
    }

    /// What was done and taken so far.
    pub(crate) fn stats(&self) -> Stats {
        let seq = self.store.table().member.heard();
        // No other connection takes its place meanwhile, whose bytes would be those of both.
        let line = self.line();
        self.store.tally().read(seq, line.outbox.written())
    }

    /// This process, as who makes a change.
    pub(crate) fn origin(&self) -> Origin {
        self.subscribers.peers().me()
    }

    fn line(&self) -> MutexGuard<'_, Line> {
        self.line.lock()
    }

    fn outbox(&self) -> Arc<Outbox> {
        self.line().outbox.clone()
    }

    /// Changes the connection; `false` if there is to be no other one any more.
    fn change_line(&self, change: impl FnOnce(&mut Line)) -> bool {
        let mut line = self.line();
        if !line.is_over {
            change(&mut line);
        }
        !line.is_over
    }

    /// Those who hear of what happens.
    pub(crate) fn subscribers(&self) -> &Arc<Subscribers> {
        &self.subscribers
    }

    pub(crate) fn store(&self) -> &MemberStore<ToHostLink> {
        &self.store
    }

    /// Sends what was queued, and wakes those who were told something here.
    pub(crate) fn send(&self) {
        self.subscribers.wake();
        if !slips("what was proposed stays in the outbox") {
            self.outbox().send();
        }
    }

    /// Sends at once what was left to gather.
    pub(crate) fn flush(&self) {
        if !slips("what was proposed stays in the outbox") {
            self.outbox().flush();
        }
    }

    /// Proposes the open commit; gives what its verdict is asked for by.
    pub(crate) fn commit(&self, replica: &mut Replica, whole: bool) -> Result<Option<u64>> {
        let mut table = self.store.table();
        if table.post.closed {
            return Err(Error::Closed);
        }
        table.commit(replica, whole);
        self.room.fill(table.member.under_way());
        Ok(replica.last_pending())
    }

    /// Asks the host to say when every live member has applied what it has ordered when it hears of this.
    pub(crate) fn begin_barrier(&self) -> u64 {
        let nonce = self.store.with(Member::barrier);
        self.outbox().send();
        nonce
    }

    /// Hears when a barrier may be passed, or the session is over.
    pub(crate) fn listen_for_barriers(&self) -> EventListener {
        self.settled.listen()
    }

    /// Whether a barrier was passed. It is told once.
    pub(crate) fn has_passed(&self, barrier: u64) -> bool {
        self.store.table().member.has_passed(barrier)
    }

    /// Nobody waits for a barrier any more.
    pub(crate) fn give_up(&self, barrier: u64) {
        self.store.table().member.give_up(barrier);
    }

    /// Whether the key was deleted lately.
    pub(crate) fn was_deleted(&self, key: &str) -> bool {
        self.store.table().member.was_deleted(key)
    }

    /// Tells all who wait that the session has ended.
    pub(crate) fn wake_all(&self) {
        if !slips("who joins is not told that the session has ended") {
            self.became_live.notify(usize::MAX);
        }
        self.room.wake();
        if slips("who waits for a change is not told that the session has ended") {
            return;
        }
        for cell in self.store.cells() {
            cell.notify_all();
        }
    }

    /// Waits until the host has dealt with all proposals: one that it sent back would be lost behind
    /// a goodbye.
    fn settle(&self) {
        let deadline = Deadline::after(DRAIN);
        // A thread that holds an object may be what the verdicts wait for.
        let can_settle = || !self.outbox().is_closed() && cell::held_any().is_none();
        while can_settle() && !deadline.has_passed() {
            let listener = self.settled.listen();
            if self.store.table().member.is_settled() || !can_settle() {
                return;
            }
            deadline.wait(listener);
        }
    }

    /// Ends the connection: what was written is delivered first, unless the host does not read.
    pub(crate) fn close(&self) {
        self.outbox().flush();
        self.settle();
        self.store.with(|member, host| {
            host.closed = true;
            member.goodbye(host);
        });
        let outbox = self.outbox();
        outbox.send();
        outbox.drain(Instant::now() + DRAIN);
        // The line may have been replaced until now.
        let (link, last, knocking) = {
            let mut line = self.line();
            line.is_over = true;
            (line.link.clone(), line.outbox.clone(), line.knocking.take())
        };
        last.close();
        link.shutdown();
        knocking.inspect(|link| link.shutdown());
        let threads = std::mem::take(&mut *self.threads.lock());
        for thread in threads {
            super::join(Some(thread));
        }
    }
}
