//! The objects of a host.

use std::sync::Arc;

use super::{
    Outside,
    install::{Directory, Own, Placed, install},
    malformed,
};
use crate::{
    cell::{Cell, Opened},
    core::{
        self, Chunks, Memory, Notice, ObjectId, Origin, Outcome, Parcel, PeerId, PostValue,
        Proposal, Replica, Seq, Sequencer, Violation,
        message::{self, ToHost},
    },
    sync::{Mutex, MutexGuard},
    tally::Tally,
};

/// The objects of a host, and the order of its session.
#[derive(Debug)]
pub(crate) struct HostStore<P> {
    table: Mutex<Table<P>>,
    tally: Tally,
}

/// The order, and where messages to members go.
#[derive(Debug)]
pub(crate) struct Table<P> {
    pub(crate) sequencer: Sequencer<Arc<Cell>>,
    pub(crate) post: P,
    /// How many bytes what the actions of a commit change may take.
    pub(super) largest: usize,
}

/// What a member's message still asks of the driver.
#[derive(Debug)]
pub(crate) enum Request {
    /// Nothing more: it was done.
    Done,
    /// It has created an object.
    Created,
    /// It has answered a ping.
    Answered,
    /// What it asked for was refused. When it asked for a key, it is owed what is there.
    Refused { key: String, reason: String },
    /// It is in sync.
    Ready,
    /// To call [`Sequencer::resume`], and to give it what it is owed.
    Resume { heard: Seq, settled: u64 },
    /// It leaves.
    Goodbye,
}

impl<P: Outside> Directory for Table<P> {
    fn named(&self, key: &str) -> Option<&Arc<Cell>> {
        self.sequencer.named(key)
    }
    fn me(&self) -> PeerId {
        PeerId::HOST
    }
    fn hides(&mut self, _: &Parcel) -> bool {
        false
    }
    fn placed(&mut self, parcel: &Parcel) {
        let (key, by) = (&*parcel.key, parcel.object.creator);
        self.post.notice(Notice::Created { key, by });
    }
    fn adopted(&mut self, _: &mut Replica) {}
    fn is_judge(&self, arrived: bool) -> bool {
        arrived
    }
    fn has_no_place(&self, key: &str) -> Option<String> {
        self.sequencer.has_no_place(key)
    }
}

impl<P: Outside> Table<P> {
    /// Gives the host's own open commit, which may count, its place.
    pub(crate) fn commit(&mut self, replica: &mut Replica) {
        self.sequencer.commit(replica, &mut self.post);
    }
}

impl<P: Outside> HostStore<P> {
    /// No objects yet, and nobody who hears of them. What actions change may take so many bytes.
    pub(crate) fn new(memory: Memory, largest: usize, post: P) -> Self {
        let table = Table {
            sequencer: Sequencer::new(memory),
            post,
            largest,
        };
        Self {
            table: Mutex::new(table),
            tally: Tally::default(),
        }
    }

    /// What this process does and takes, counted.
    pub(crate) fn tally(&self) -> &Tally {
        &self.tally
    }

    /// Holds the table. Nothing must be waited for meanwhile.
    pub(crate) fn table(&self) -> MutexGuard<'_, Table<P>> {
        self.table.lock()
    }

    /// Does something with the order, and what it posts to.
    pub(crate) fn with<R>(&self, act: impl FnOnce(&mut Sequencer<Arc<Cell>>, &mut P) -> R) -> R {
        let mut table = self.table();
        let Table {
            sequencer, post, ..
        } = &mut *table;
        act(sequencer, post)
    }

    /// The object under a key.
    pub(crate) fn named(&self, key: &str) -> Option<Arc<Cell>> {
        self.table().sequencer.named(key).cloned()
    }

    pub(crate) fn keys(&self) -> Vec<String> {
        let table = self.table();
        table.sequencer.keys().map(ToString::to_string).collect()
    }

    pub(crate) fn cells(&self) -> Vec<Arc<Cell>> {
        self.table().sequencer.cells().cloned().collect()
    }

    /// Puts an object of the host under its key.
    pub(crate) fn create(&self, key: &str, mut own: Own) -> Arc<Cell> {
        let parcel = own.parcel(key, self.table().sequencer.next_object());
        match self.install(PeerId::HOST, &parcel, Some(own)) {
            Ok(Placed::Here(cell)) => cell,
            _ => unreachable!("a value of this process is neither unreadable nor forbidden"),
        }
    }

    fn install(
        &self,
        from: PeerId,
        parcel: &Parcel,
        own: Option<Own>,
    ) -> Result<Placed, Violation> {
        install(
            &self.table,
            parcel,
            own,
            |Table {
                 sequencer, post, ..
             },
             cell| { sequencer.create(from, parcel, cell.clone(), post) },
        )
        .map_err(|problem| malformed("value", &parcel.key, problem))
    }

    /// Deletes the object under a key, and tells whether there was one; or why a member must not.
    pub(crate) fn delete(&self, from: PeerId, number: u64, key: &str) -> Result<bool, String> {
        loop {
            let cell = self.named(key);
            let mut replica = cell.as_ref().map(|cell| cell.lock());
            let mut table = self.table();
            let Table {
                sequencer, post, ..
            } = &mut *table;
            if sequencer.named(key).map(Arc::as_ptr) != cell.as_ref().map(Arc::as_ptr) {
                continue;
            }
            let current = replica.as_ref().filter(|_| from != PeerId::HOST);
            if let Some(reason) = current.and_then(|replica| replica.forbids_delete(key)) {
                sequencer.refuse_key(from, number, &reason, key, post);
                return Err(reason);
            }
            let existed = sequencer.delete(from, number, key, replica.as_deref_mut(), post);
            if existed {
                let by = Some(from);
                post.notice(Notice::Deleted { key, by });
            }
            drop(table);
            drop(replica);
            if let Some(cell) = cell {
                cell.notify_all();
            }
            return Ok(existed);
        }
    }

    /// Takes nothing more from a member, and lets it go.
    pub(crate) fn expel(&self, peer: PeerId) {
        self.with(|sequencer, post| sequencer.expel(peer, post));
    }

    /// Lets a member go.
    pub(crate) fn dismiss(&self, peer: PeerId) {
        self.with(|sequencer, post| sequencer.dismiss(peer, post));
    }

    /// Forgets how far a member had heard that was let go. Waits for each object.
    pub(crate) fn forget(&self, peer: PeerId) {
        for cell in self.cells() {
            cell.lock().forget_member(peer);
        }
    }

    /// Gives a member the next object that it is owed; `false` when there is none. `announce` is told
    /// first how large it is. While the value is made ready only its object is held.
    pub(crate) fn give_next(&self, peer: PeerId, announce: impl FnOnce(&mut P, usize)) -> bool
    where
        P: PostValue,
    {
        let owed = self.table().sequencer.owed(peer);
        let Some(cell) = owed else {
            self.with(|sequencer, post| sequencer.ask_again(peer, post));
            return false;
        };
        let replica = cell.look();
        let mut value = Vec::new();
        replica.state().encode(&mut value);
        let length = value.len();
        let chunks = P::Chunks::of(value);
        self.with(|sequencer, post| {
            announce(post, length);
            sequencer.give(peer, &replica, (length, chunks), post);
        });
        true
    }

    /// Does what a member's message asks for.
    pub(crate) fn take(&self, origin: &Origin, message: &[u8]) -> Result<Request, Violation> {
        let message = message::read(message)?;
        let peer = origin.peer();
        let mut table = self.table();
        let unweighed = table.sequencer.unweighed(peer, &message);
        if !unweighed.is_empty() {
            drop(table);
            self.weigh(&unweighed);
            table = self.table();
        }
        let Table {
            sequencer, post, ..
        } = &mut *table;
        match sequencer.receive(peer, message)? {
            core::Request::Barrier { nonce } => {
                sequencer.barrier(peer, nonce, post);
            }
            core::Request::Ping { ping } => sequencer.answer_ping(peer, ping, post),
            core::Request::Pong { ping } => {
                sequencer.pong(peer, ping, post);
                return Ok(Request::Answered);
            }
            core::Request::Commit(proposal) => {
                let cell = sequencer.cell(proposal.object).cloned();
                drop(table);
                return self.propose(origin, &proposal, cell.as_deref());
            }
            core::Request::Create(parcel) => {
                drop(table);
                return self.create_for(peer, &parcel);
            }
            core::Request::Refuse {
                number,
                key,
                reason,
            } => {
                sequencer.refuse_key(peer, number, &reason, &key, post);
                let key = key.to_string();
                return Ok(Request::Refused { key, reason });
            }
            core::Request::Delete { number, key } => {
                drop(table);
                if let Err(reason) = self.delete(peer, number, key) {
                    let key = key.to_owned();
                    return Ok(Request::Refused { key, reason });
                }
            }
            core::Request::Resume { heard, settled } => {
                return Ok(Request::Resume { heard, settled });
            }
            core::Request::Ready => return Ok(Request::Ready),
            core::Request::Goodbye => return Ok(Request::Goodbye),
            core::Request::Incomplete => {}
        }
        Ok(Request::Done)
    }

    /// As [`take`](Self::take), of a message that only changes an object, which nobody holds: no thread is waited for, and
    /// neither a validator nor an action is run. `None` if it is another one; then nothing is done, and it is not counted
    /// as one of so many bytes that has arrived.
    pub(crate) fn take_at_once(
        &self,
        origin: &Origin,
        message: &[u8],
        bytes: usize,
    ) -> Option<Result<Request, Violation>> {
        let message: ToHost<'_> = message::read(message).ok()?;
        let ToHost::Commit { object, .. } = message else {
            return None;
        };
        let peer = origin.peer();
        let cell = self.table().sequencer.cell(object).cloned()?;
        let held = cell.try_hold()?;
        if held.0.is_judged() {
            return None;
        }
        let request = {
            let sequencer = &mut self.table().sequencer;
            if !sequencer.is_weighed(peer, &message) {
                return None;
            }
            sequencer.receive(peer, message)
        };
        self.tally.arrived(bytes);
        Some(match request {
            Ok(core::Request::Commit(proposal)) => {
                self.leave_behind(peer, object);
                self.decide(origin, &proposal, Some((&cell, held)))
            }
            // The session is over.
            Ok(_) => Ok(Request::Done),
            Err(violation) => Err(violation),
        })
    }

    /// Finds out how large the values of objects are. Those that somebody holds count as they did: nobody is to wait for
    /// an object that has nothing to do with what is asked for.
    fn weigh(&self, cells: &[Arc<Cell>]) {
        let mut value = Vec::new();
        for replica in cells.iter().filter_map(|cell| cell.try_look()) {
            value.clear();
            replica.state().encode(&mut value);
            self.table().sequencer.weigh(&replica, value.len());
        }
    }

    fn create_for(&self, peer: PeerId, parcel: &Parcel) -> Result<Request, Violation> {
        let Placed::Forbidden(reason) = self.install(peer, parcel, None)? else {
            return Ok(Request::Created);
        };
        self.with(|sequencer, post| {
            sequencer.refuse_key(peer, parcel.at, &reason, &parcel.key, post);
        });
        let key = parcel.key.to_string();
        Ok(Request::Refused { key, reason })
    }

    fn propose(
        &self,
        origin: &Origin,
        proposal: &Proposal<'_>,
        cell: Option<&Cell>,
    ) -> Result<Request, Violation> {
        self.leave_behind(origin.peer(), proposal.object);
        // A validator may run, and ask for the object.
        self.decide(origin, proposal, cell.map(|cell| (cell, cell.hold())))
    }

    fn decide(
        &self,
        origin: &Origin,
        proposal: &Proposal<'_>,
        mut held: Option<(&Cell, Opened<'_>)>,
    ) -> Result<Request, Violation> {
        let (peer, object) = (origin.peer(), proposal.object);
        let limits = {
            let table = self.table();
            let limit = table.sequencer.bridge_limit(peer, object);
            (limit, table.largest)
        };
        let outcome = match &mut held {
            Some((cell, (replica, _))) => replica
                .apply_proposal(origin, limits, proposal)
                .map_err(|problem| malformed("changes", cell.key(), problem))?,
            None => Outcome::Late,
        };
        let replica = held.as_mut().map(|(_, (replica, _))| &mut **replica);
        let refused = self.with(|sequencer, post| {
            let reason = sequencer.order(peer, proposal, replica, outcome, post)?;
            // What is gone for long has no name any more.
            let key = sequencer.key_of(object).map_or("", |key| key).to_owned();
            Some(Request::Refused { key, reason })
        });
        if let Some((_, (replica, _))) = &mut held {
            self.tally.worked(replica.take_work());
        }
        if let Some((cell, held)) = held {
            drop(held);
            cell.notify();
        }
        Ok(refused.unwrap_or(Request::Done))
    }

    /// Makes room for what a member has not heard of an object: of others it has to carry over itself what it makes
    /// next. Those that somebody holds are left as they are.
    fn leave_behind(&self, peer: PeerId, object: ObjectId) {
        let far = self.table().sequencer.far_bridges(peer, object);
        for mut replica in far.iter().filter_map(|cell| cell.try_lock()) {
            replica.leave_behind(peer);
            self.table().sequencer.has_bridged(peer, &replica);
        }
    }
}
