//! The host of a schedule: what the driver does, without sockets and threads.

use std::{collections::BTreeMap, sync::Arc};

use parking_lot::Mutex;

use super::{
    Wire,
    model::Model,
    random::Random,
    values::{Plain, change_any},
};
use crate::{
    Shared,
    cell::Cell,
    core::{Life, ObjectId, Parcel, PeerId, Post, Request, Sequencer, State, Typed, message},
    directory::{self, Directory},
};

pub(super) struct Host {
    table: Mutex<Table>,
    /// A member that only listens.
    observer: PeerId,
    model: Model,
}

struct Table {
    sequencer: Sequencer<Arc<Cell>>,
    wires: Wires,
}

struct Wires(BTreeMap<PeerId, Wire>);

impl Post for Wires {
    fn post(&mut self, to: PeerId, message: &[u8]) {
        if let Some(wire) = self.0.get_mut(&to) {
            wire.push_back(message.to_vec());
        }
    }
}

impl Directory for Table {
    fn named(&self, key: &str) -> Option<&Arc<Cell>> {
        self.sequencer.named(key)
    }
    fn hides(&mut self, _: &Parcel) -> bool {
        false
    }
}

/// An object that this process creates.
pub(super) fn parcel<T: Shared>(object: ObjectId, key: &str, state: &Typed<T>) -> Parcel {
    let mut value = Vec::new();
    state.encode(&mut value);
    Parcel {
        at: 0,
        object,
        key: key.into(),
        schema: state.schema().clone(),
        value,
    }
}

impl Host {
    pub(super) fn new() -> Self {
        let table = Table {
            sequencer: Sequencer::new(),
            wires: Wires(BTreeMap::new()),
        };
        let mut host = Self {
            table: Mutex::new(table),
            observer: PeerId::HOST,
            model: Model::default(),
        };
        host.observer = host.admit();
        while host.give_next(host.observer) {}
        host
    }

    pub(super) fn model(&self) -> &Model {
        &self.model
    }

    pub(super) fn admit(&self) -> PeerId {
        let mut table = self.table.lock();
        let peer = table.sequencer.admit();
        table.wires.0.insert(peer, Wire::new());
        peer
    }

    pub(super) fn dismiss(&self, peer: PeerId) {
        let mut table = self.table.lock();
        table.sequencer.dismiss(peer);
        table.wires.0.remove(&peer);
    }

    /// Gives a member the next object that it is owed; `false` once it has all.
    pub(super) fn give_next(&self, peer: PeerId) -> bool {
        let mut table = self.table.lock();
        let Table { sequencer, wires } = &mut *table;
        let Some(cell) = sequencer.owed(peer, wires) else {
            return false;
        };
        let replica = cell.look();
        let mut value = Vec::new();
        replica.state().encode(&mut value);
        sequencer.give(peer, &replica, &value, wires);
        true
    }

    /// The next message to a member.
    pub(super) fn sent_to(&self, peer: PeerId) -> Option<Vec<u8>> {
        self.table.lock().wires.0.get_mut(&peer)?.pop_front()
    }

    pub(super) fn has_sent_to(&self, peer: PeerId) -> bool {
        let table = self.table.lock();
        table
            .wires
            .0
            .get(&peer)
            .is_some_and(|wire| !wire.is_empty())
    }

    /// The host's own commit; `true` if it is one.
    pub(super) fn update(&mut self, key: &str, random: &mut Random) -> bool {
        let Some(cell) = self.table.get_mut().named(key).cloned() else {
            return false;
        };
        let mut replica = cell.lock();
        if change_any(&mut replica, random).is_empty() {
            return false;
        }
        if random.percent(10) {
            replica.rollback();
            drop(replica);
            self.check();
            return false;
        }
        let Table { sequencer, wires } = self.table.get_mut();
        sequencer.commit(&mut replica, wires);
        drop(replica);
        self.check();
        true
    }

    pub(super) fn create<T: Shared>(&mut self, key: &str, value: T) {
        let state = Typed::new(value);
        let parcel = parcel(self.table.lock().sequencer.next_object(), key, &state);
        let order = |table: &mut Table, cell: &Arc<Cell>| {
            let Table { sequencer, wires } = table;
            sequencer.create(PeerId::HOST, &parcel, cell.clone(), wires)
        };
        directory::install(&self.table, &parcel, Some(Box::new(state)), order).unwrap();
        self.check();
    }

    pub(super) fn delete(&mut self, key: &str) {
        self.delete_for(PeerId::HOST, 0, key);
        self.check();
    }

    fn delete_for(&self, from: PeerId, number: u64, key: &str) {
        let mut table = self.table.lock();
        let cell = table.sequencer.named(key).cloned();
        let mut replica = cell.as_ref().map(|cell| cell.lock());
        let Table { sequencer, wires } = &mut *table;
        sequencer.delete(from, number, key, replica.as_deref_mut(), wires);
    }

    /// Takes a member's message; `false` when it was the last one.
    pub(super) fn take(&mut self, peer: PeerId, bytes: &[u8]) -> bool {
        let message = message::read(bytes).expect("members write what can be read");
        let request = self.table.lock().sequencer.receive(peer, message);
        match request.expect("members keep to the protocol") {
            Request::Commit(proposal) => {
                let Table { sequencer, wires } = self.table.get_mut();
                let cell = sequencer.cell(proposal.object).cloned();
                let mut replica = cell.as_ref().map(|cell| cell.lock());
                sequencer
                    .propose(peer, &proposal, replica.as_deref_mut(), wires)
                    .expect("members write commits that can be read");
            }
            Request::Create(parcel) => {
                let order = |table: &mut Table, cell: &Arc<Cell>| {
                    let Table { sequencer, wires } = table;
                    sequencer.create(peer, &parcel, cell.clone(), wires)
                };
                directory::install(&self.table, &parcel, None, order)
                    .expect("members write values that can be read");
            }
            Request::Delete { number, key } => self.delete_for(peer, number, key),
            Request::Goodbye => {
                self.dismiss(peer);
                return false;
            }
            Request::Ready | Request::Incomplete => {}
        }
        self.check();
        true
    }

    /// The host is as those see it that have heard everything.
    fn check(&mut self) {
        let table = self.table.get_mut();
        if let Some(wire) = table.wires.0.get_mut(&self.observer) {
            self.model.hear(wire);
        }
        let keys: Vec<&str> = table.sequencer.keys().map(|key| &**key).collect();
        assert!(
            self.model.names.keys().eq(keys.iter()),
            "the keys are {keys:?}"
        );
        for (key, &object) in &self.model.names {
            let replica = table.named(key).expect("a key has its object").look();
            let (seq, value) = self.model.latest(object);
            assert_eq!(replica.id(), object, "{key}");
            assert!(matches!(replica.life(), Life::Live), "{key}");
            assert_eq!(replica.seq(), seq, "{key}");
            assert_eq!(&Plain::shown_by(&replica), value, "{key}");
            assert_eq!(
                replica.first_pending(),
                None,
                "the host has nothing pending"
            );
        }
    }
}
