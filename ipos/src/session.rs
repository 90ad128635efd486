//! What an `Ipos`, its handles and its threads share, and `Ipos` itself.

mod ipos;
mod waiting;

pub use ipos::Ipos;
pub(crate) use waiting::all_settled;

use std::{any::type_name, sync::Arc, time::Duration};

use crate::{
    Shared,
    builder::Settings,
    cell::{self, Cell},
    core::{Judge, KEY_LIMIT, Maker, Origin, PeerId, Replica, State, Typed},
    driver::{host::HostSide, member::MemberSide},
    error::{Error, Result},
    peers::Peer,
    schema::table_of,
    store::Own,
    subscribe::{SessionEvent, Subscribers},
    sync::{Event, Listener as _, OnceLock, slips},
    tally::{Stats, Tally},
};

/// What an `Ipos`, its handles and its threads share.
#[derive(Debug)]
pub(crate) struct Session {
    role: Role,
    settings: Settings,
    /// The process that began or joined it, by its number in the system.
    process: u32,
    end: OnceLock<End>,
    ended: Event,
    /// An object was put under a key, or none will be any more.
    arrivals: Event,
    subscribers: Arc<Subscribers>,
}

#[derive(Debug)]
enum Role {
    Host(Box<HostSide>),
    Member(Box<MemberSide>),
}

/// Why a session is over for this process.
#[derive(Debug)]
pub(crate) enum End {
    /// The last `Ipos` was dropped.
    Closed,
    /// The host is gone.
    HostGone(String),
}

impl Session {
    fn new(role: Role, settings: Settings) -> Self {
        let subscribers = match &role {
            Role::Host(host) => host.subscribers().clone(),
            Role::Member(member) => member.subscribers().clone(),
        };
        let (ended, arrivals) = (Event::new(), Event::new());
        Self {
            role,
            settings,
            process: std::process::id(),
            end: OnceLock::new(),
            ended,
            arrivals,
            subscribers,
        }
    }

    /// What the session is called where what happens is written down.
    pub(crate) fn name(&self) -> &str {
        self.subscribers.journal().session()
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn host(&self) -> Option<&HostSide> {
        match &self.role {
            Role::Host(host) => Some(host),
            Role::Member(_) => None,
        }
    }

    pub(crate) fn member(&self) -> Option<&MemberSide> {
        match &self.role {
            Role::Host(_) => None,
            Role::Member(member) => Some(member),
        }
    }

    /// An error when the session is over for this process.
    pub(crate) fn must_be_open(&self) -> Result<()> {
        match self.end.get() {
            None => Ok(()),
            Some(End::Closed) => Err(Error::Closed),
            Some(End::HostGone(why)) => Err(Error::HostGone { why: why.clone() }),
        }
    }

    /// An error when this thread holds an object: what it wants to wait for may need others to
    /// change that object first.
    pub(crate) fn must_hold_nothing(&self, doing: &'static str) -> Result<()> {
        let Some(held) = cell::held_any() else {
            return Ok(());
        };
        let cells = match &self.role {
            Role::Host(host) => host.store().cells(),
            Role::Member(member) => member.store().cells(),
        };
        let cell = cells.iter().find(|cell| cell.address() == held);
        let key = cell.map_or_else(|| "another object".to_owned(), |cell| cell.key().to_owned());
        Err(Error::Busy { key, doing })
    }

    /// Notes that the session is over, and wakes all who wait.
    pub(crate) fn end(&self, end: End) {
        if slips("the end is noted when all were told of it") {
            self.wake_all();
        }
        // What came first is the reason.
        if let Err(later) = self.end.set(end) {
            tracing::trace!(
                session = self.name(),
                ?later,
                "the session had ended before"
            );
        } else {
            let why = self.must_be_open().err().map(tracing::field::display);
            tracing::debug!(
                session = self.name(),
                why,
                "the session is over for this process"
            );
        }
        self.ended.notify(usize::MAX);
        self.subscribers.close();
        self.announce();
        if !slips("the end is noted when all were told of it") {
            self.wake_all();
        }
    }

    fn wake_all(&self) {
        match &self.role {
            Role::Host(host) => host.wake_all(),
            Role::Member(member) => member.wake_all(),
        }
    }

    /// Whether the session is over now or is so within `time`.
    pub(crate) fn ended_within(&self, time: Duration) -> bool {
        let listener = self.ended.listen();
        self.end.get().is_some() || listener.wait_timeout(time).is_some()
    }

    /// Tells those who listen that something was refused. To be called without locks.
    pub(crate) fn refused(&self, key: &str, origin: Origin, reason: &str) {
        self.note_refusal(key, origin, reason);
        self.subscribers.wake();
    }

    fn note_refusal(&self, key: &str, origin: Origin, reason: &str) {
        self.tally().refused();
        self.subscribers.publish(&SessionEvent::Refused {
            key: key.to_owned(),
            origin,
            reason: reason.to_owned(),
        });
    }

    /// The error for what this process must not do, which those who listen are told as well.
    fn refuse(&self, key: &str, origin: Origin, reason: String) -> Error {
        self.refused(key, origin, &reason);
        Error::Rejected { reason }
    }

    /// Tells those who listen. To be called without locks.
    pub(crate) fn publish(&self, event: &SessionEvent) {
        self.subscribers.publish(event);
        self.subscribers.wake();
    }

    /// Wakes those who wait for an object to be there.
    pub(crate) fn announce(&self) {
        if !slips("who waits for an object is not told that there is one") {
            self.arrivals.notify(usize::MAX);
        }
    }

    /// Leaves the session. In a copy of its process that `fork` has made nothing happens: the connections and the
    /// directory are the original's, and the threads are only there.
    fn close(&self) {
        if !self.is_at_home() {
            return;
        }
        self.end(End::Closed);
        match &self.role {
            Role::Host(host) => host.close(),
            Role::Member(member) => member.close(),
        }
    }

    /// Those who hear of what happens.
    pub(crate) fn subscribers(&self) -> &Subscribers {
        &self.subscribers
    }

    /// Gives the open commit its place in the order, or proposes it: as far as it has its objects, or
    /// as a `whole` or not at all. Gives what the verdict is asked for by, unless it counts already.
    /// Without the object's lock, [`send`](Self::send) is to follow.
    pub(crate) fn commit(
        &self,
        key: &str,
        replica: &mut Replica,
        whole: bool,
    ) -> Result<Option<u64>> {
        let limit = self.settings.largest_commit();
        let bytes = replica.recorded_bytes();
        if bytes > limit {
            return Err(Error::TooLarge {
                key: key.to_owned(),
                bytes,
                limit,
            });
        }
        let patches = replica.recorded_patches();
        let committed = match &self.role {
            // Actions that have changed nothing.
            Role::Host(_) if replica.recorded().is_empty() => {
                replica.rollback();
                return Ok(None);
            }
            Role::Host(host) => {
                let committed = host.commit(replica);
                if let Err(Error::Rejected { reason }) = &committed {
                    let origin = Origin::local(PeerId::HOST, std::process::id());
                    self.note_refusal(key, origin, reason);
                }
                committed.map(|()| None)
            }
            Role::Member(member) => member.commit(replica, whole),
        };
        if committed.is_ok() {
            self.tally().committed(patches);
        }
        committed
    }

    fn tally(&self) -> &Tally {
        match &self.role {
            Role::Host(host) => host.store().tally(),
            Role::Member(member) => member.store().tally(),
        }
    }

    fn stats(&self) -> Stats {
        match &self.role {
            Role::Host(host) => host.stats(),
            Role::Member(member) => member.stats(),
        }
    }

    fn peers(&self) -> Vec<Peer> {
        match &self.role {
            Role::Host(host) => host.peers(),
            Role::Member(member) => member.peers(),
        }
    }

    /// Sends what was queued, and wakes those who were told something. To be called without locks.
    pub(crate) fn send(&self) {
        match &self.role {
            Role::Host(host) => host.send_own(self),
            Role::Member(member) => member.send(),
        }
    }

    /// Whether this is the process that began or joined the session. A copy that `fork` has made has the same
    /// connections, and may look but neither write nor read.
    fn is_at_home(&self) -> bool {
        self.process == std::process::id()
    }

    /// Sends at once what was left to gather with what comes after it. For one that is about to wait for an answer.
    pub(crate) fn flush(&self) {
        if !self.is_at_home() {
            return;
        }
        match &self.role {
            Role::Host(host) => host.flush(),
            Role::Member(member) => member.flush(),
        }
    }

    /// Waits until the host has taken so much of what this process has proposed that there is room for more.
    pub(crate) fn wait_for_room(&self) -> Result<()> {
        match &self.role {
            Role::Host(_) => Ok(()),
            Role::Member(member) => member.wait_for_room(self),
        }
    }

    fn fill_room(&self) {
        if let Some(member) = self.member() {
            member.fill_room();
        }
    }

    /// Whether whoever proposes something would wait for room.
    pub(crate) fn is_full(&self) -> bool {
        self.member().is_some_and(MemberSide::is_full)
    }

    /// This process's number.
    fn me(&self) -> PeerId {
        match &self.role {
            Role::Host(_) => PeerId::HOST,
            Role::Member(member) => member.origin().peer(),
        }
    }

    pub(crate) fn named(&self, key: &str) -> Option<Arc<Cell>> {
        match &self.role {
            Role::Host(host) => host.store().named(key),
            Role::Member(member) => member.store().named(key),
        }
    }

    /// Looks at the object under a key.
    fn look<R>(&self, key: &str, look: impl FnOnce(&dyn State) -> R) -> Result<R> {
        let cell = self.named(key).ok_or_else(|| self.missing(key))?;
        if cell.is_written_here() {
            cell.must_not_be_held("look at it")?;
        }
        let (replica, _held) = cell.read();
        Ok(look(replica.state()))
    }

    /// The error for a key under which there is no object.
    fn missing(&self, key: &str) -> Error {
        let deleted = match &self.role {
            Role::Host(host) => host.was_deleted(key),
            Role::Member(member) => member.was_deleted(key),
        };
        let key = key.to_owned();
        if deleted {
            Error::Deleted { key }
        } else {
            Error::NoSuchObject { key }
        }
    }

    fn create<T: Shared>(
        &self,
        key: &str,
        state: Typed<T>,
        judge: Option<Box<dyn Judge>>,
    ) -> Result<Arc<Cell>> {
        self.must_be_open()?;
        if key.len() > KEY_LIMIT {
            return Err(Error::KeyTooLong {
                bytes: key.len(),
                limit: KEY_LIMIT,
            });
        }
        if let Some(old) = self.named(key) {
            old.must_not_be_held("create another in its place")?;
        }
        self.wait_for_room()?;
        let own = Own::new(Box::new(state), judge);
        own.check().map_err(|error| Error::Unsendable {
            key: key.to_owned(),
            problem: error.problem.to_string(),
        })?;
        let cell = match &self.role {
            Role::Host(host) => host.store().create(key, own),
            Role::Member(member) => member
                .store()
                .create(key, own)
                .map_err(|reason| self.refuse(key, member.origin(), reason))?,
        };
        self.fill_room();
        self.send();
        self.announce();
        Ok(cell)
    }

    fn delete(&self, key: &str) -> Result<bool> {
        self.must_be_open()?;
        if let Some(cell) = self.named(key) {
            cell.must_not_be_held("delete it")?;
        }
        self.wait_for_room()?;
        let existed = match &self.role {
            Role::Host(host) => host
                .store()
                .delete(PeerId::HOST, 0, key)
                .expect("the host may delete what it has"),
            Role::Member(member) => member
                .store()
                .delete(key)
                .map_err(|reason| self.refuse(key, member.origin(), reason))?,
        };
        self.fill_room();
        self.send();
        Ok(existed)
    }

    fn keys(&self) -> Vec<String> {
        match &self.role {
            Role::Host(host) => host.store().keys(),
            Role::Member(member) => member.store().keys(),
        }
    }
}

impl Cell {
    /// Makes sure that the object is held by the Rust type `T`.
    fn hold_as<T: Shared>(&self, me: PeerId) -> Result<()> {
        if self.is_written_here() {
            return self.must_not_be_held("get it");
        }
        let schema = table_of::<T>();
        let mismatch = |replica: &Replica| {
            let (key, found) = (self.key().to_owned(), replica.state().schema());
            let mut asked = schema.in_a_line();
            if asked == found.in_a_line() {
                asked = format!("{asked} ({})", type_name::<T>());
            }
            if *found != schema {
                let maker = Maker::of(replica.id(), me);
                return cell::mismatch(key, asked, &schema, found, maker);
            }
            Error::TypeMismatch {
                key,
                asked,
                found: found.in_a_line(),
                differences: vec!["this process holds it by another Rust type of that form".into()],
            }
        };
        {
            let (replica, _held) = self.read();
            if replica.state().as_any().is::<Typed<T>>() {
                return Ok(());
            }
            // A thread that holds a guard holds it by some Rust type, and must not wait for itself.
            if !replica.fits(&schema) || !replica.is_untyped() {
                return Err(mismatch(&replica));
            }
        }
        // Pending commits are done again, which runs actions.
        let (mut replica, _held) = self.hold();
        if !replica.fits(&schema) {
            return Err(mismatch(&replica));
        }
        match replica.retype::<T>() {
            Ok(true) => Ok(()),
            Ok(false) => Err(mismatch(&replica)),
            Err(refused) => Err(cell::unreadable(self.key().to_owned(), &schema, &refused)),
        }
    }
}
