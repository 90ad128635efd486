//! The host's part.

use std::sync::Arc;

use parking_lot::Mutex;

use super::{Handle, Memory, Written, parcel};
use crate::{
    PeerId, Shared,
    cell::Cell,
    core::{self, Parcel, Post, Request, Sequencer, State, Typed, Violation, message},
    cursor::Finish,
    directory::{self, Directory},
};

/// The host of a session.
#[derive(Debug)]
pub struct Host {
    table: Mutex<Table>,
    memory: Memory,
}

#[derive(Debug)]
struct Table {
    sequencer: Sequencer<Arc<Cell>>,
    posted: Posted,
}

#[derive(Debug, Default)]
struct Posted(Vec<(PeerId, Vec<u8>)>);

impl Post for Posted {
    fn post(&mut self, to: PeerId, message: &[u8]) {
        self.0.push((to, message.to_vec()));
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

impl Host {
    /// A host without members that remembers so much.
    pub fn new(memory: Memory) -> Self {
        let table = Table {
            sequencer: Sequencer::new(),
            posted: Posted::default(),
        };
        Self {
            table: Mutex::new(table),
            memory,
        }
    }

    /// What was posted since it was last asked, in that order.
    pub fn take_outgoing(&mut self) -> Vec<(PeerId, Vec<u8>)> {
        std::mem::take(&mut self.table.get_mut().posted.0)
    }

    /// The keys of all objects.
    pub fn keys(&self) -> Vec<String> {
        let table = self.table.lock();
        table.sequencer.keys().map(ToString::to_string).collect()
    }

    /// The object under a key.
    pub fn named(&self, key: &str) -> Option<Handle> {
        self.table.lock().named(key).cloned().map(Handle)
    }

    /// Lets a member in; see [`give_next`](Self::give_next).
    pub fn admit(&mut self) -> PeerId {
        self.table.get_mut().sequencer.admit()
    }

    /// Lets a member go.
    pub fn dismiss(&mut self, peer: PeerId) {
        let sequencer = &mut self.table.get_mut().sequencer;
        sequencer.dismiss(peer);
        for cell in sequencer.cells() {
            cell.lock().forget_member(peer);
        }
    }

    /// Gives a member the next object that it is owed; `false` once it has all.
    pub fn give_next(&mut self, peer: PeerId) -> bool {
        let Table { sequencer, posted } = self.table.get_mut();
        let Some(cell) = sequencer.owed(peer, posted) else {
            return false;
        };
        let replica = cell.look();
        let mut value = Vec::new();
        replica.state().encode(&mut value);
        sequencer.give(peer, &replica, &value, posted);
        true
    }

    /// Commits a change of an object of type `T`.
    pub fn update<T: Shared>(
        &mut self,
        key: &str,
        change: impl FnOnce(&mut T::Mut<'_>) -> Finish,
    ) -> Written {
        let Some(handle) = self.named(key) else {
            return Written::Missing;
        };
        let Table { sequencer, posted } = self.table.get_mut();
        handle.update::<T>(change, |replica| sequencer.commit(replica, posted))
    }

    /// Puts an object under a key.
    pub fn create<T: Shared>(&mut self, key: &str, value: T) {
        let state = Typed::new(value);
        let object = self.table.get_mut().sequencer.next_object();
        let parcel = parcel(object, key, &state);
        self.install(PeerId::HOST, &parcel, Some(Box::new(state)))
            .expect("a value of this process need not be read");
    }

    fn install(
        &mut self,
        from: PeerId,
        parcel: &Parcel,
        own: Option<Box<dyn State>>,
    ) -> Result<(), String> {
        let order = |table: &mut Table, cell: &Arc<Cell>| {
            let Table { sequencer, posted } = table;
            sequencer.create(from, parcel, cell.clone(), posted)
        };
        let placed = directory::install(&self.table, parcel, own, order);
        if let Some(cell) = placed.map_err(|error| error.to_string())? {
            cell.lock().limit(core::Memory {
                commits: self.memory.commits,
                ..core::Memory::default()
            });
        }
        Ok(())
    }

    /// Deletes a key.
    pub fn delete(&mut self, key: &str) -> bool {
        self.delete_for(PeerId::HOST, 0, key)
    }

    fn delete_for(&mut self, from: PeerId, number: u64, key: &str) -> bool {
        let Table { sequencer, posted } = self.table.get_mut();
        let cell = sequencer.named(key).cloned();
        let mut replica = cell.as_ref().map(|cell| cell.lock());
        sequencer.delete(from, number, key, replica.as_deref_mut(), posted)
    }

    /// Takes a member's message; `false` when it was the last one.
    pub fn receive(&mut self, from: PeerId, bytes: &[u8]) -> Result<bool, String> {
        let told = |violation: Violation| violation.to_string();
        let message = message::read(bytes).map_err(told)?;
        let Table { sequencer, posted } = self.table.get_mut();
        match sequencer.receive(from, message).map_err(told)? {
            Request::Commit(proposal) => {
                let cell = sequencer.cell(proposal.object).cloned();
                let mut replica = cell.as_ref().map(|cell| cell.lock());
                sequencer
                    .propose(from, &proposal, replica.as_deref_mut(), posted)
                    .map_err(|error| error.to_string())?;
            }
            Request::Create(parcel) => self.install(from, &parcel, None)?,
            Request::Delete { number, key } => {
                self.delete_for(from, number, key);
            }
            Request::Goodbye => {
                self.dismiss(from);
                return Ok(false);
            }
            Request::Ready | Request::Incomplete => {}
        }
        Ok(true)
    }
}
