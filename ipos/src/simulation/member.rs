//! A member's part.

use std::sync::Arc;

use parking_lot::Mutex;

use super::{Handle, Written, parcel};
use crate::{
    PeerId, Shared,
    cell::Cell,
    core::{
        self, Life, News, ObjectId, Parcel, Post, Replica, Settled, ToMember, Typed, Violation,
        message,
    },
    cursor::Finish,
    directory::{self, Directory},
    wire::DecodeError,
};

/// A member of a session.
#[derive(Debug)]
pub struct Member {
    table: Mutex<Table>,
    is_live: bool,
}

#[derive(Debug)]
struct Table {
    member: core::Member<Arc<Cell>>,
    posted: Posted,
}

#[derive(Debug, Default)]
struct Posted(Vec<Vec<u8>>);

impl Post for Posted {
    fn post(&mut self, _: PeerId, message: &[u8]) {
        self.0.push(message.to_vec());
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

impl Member {
    /// A member that knows of nothing yet.
    pub fn new(id: PeerId) -> Self {
        let table = Table {
            member: core::Member::new(id),
            posted: Posted::default(),
        };
        Self {
            table: Mutex::new(table),
            is_live: false,
        }
    }

    /// What was posted to the host since it was last asked, in that order.
    pub fn take_outgoing(&mut self) -> Vec<Vec<u8>> {
        std::mem::take(&mut self.table.get_mut().posted.0)
    }

    /// Whether it is in sync.
    pub fn is_live(&self) -> bool {
        self.is_live
    }

    /// Whether every proposal has its verdict.
    pub fn is_settled(&self) -> bool {
        self.table.lock().member.is_settled()
    }

    /// The keys of all objects.
    pub fn keys(&self) -> Vec<String> {
        let table = self.table.lock();
        table.member.keys().map(ToString::to_string).collect()
    }

    /// The object under a key.
    pub fn named(&self, key: &str) -> Option<Handle> {
        self.table.lock().named(key).cloned().map(Handle)
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
        let Table { member, posted } = self.table.get_mut();
        handle.update::<T>(change, |replica| member.commit(replica, posted))
    }

    /// Puts an object under a key.
    pub fn create<T: Shared>(&mut self, key: &str, value: T) {
        let state = Typed::new(value);
        let parcel = parcel(self.table.get_mut().member.next_object(), key, &state);
        let order = |table: &mut Table, cell: &Arc<Cell>| {
            let Table { member, posted } = table;
            member.create(&parcel, cell.clone(), posted);
            0
        };
        directory::install(&self.table, &parcel, Some(Box::new(state)), order)
            .expect("a value of this process need not be read");
    }

    /// Deletes a key; `true` if there was one.
    pub fn delete(&mut self, key: &str) -> bool {
        let Table { member, posted } = self.table.get_mut();
        let Some(cell) = member.named(key).cloned() else {
            return false;
        };
        member.delete(key, posted);
        cell.lock().end(Life::Deleted);
        true
    }

    /// Tells the host that nothing follows.
    pub fn goodbye(&mut self) {
        let Table { member, posted } = self.table.get_mut();
        member.goodbye(posted);
    }

    /// Takes a message of the host.
    pub fn receive(&mut self, bytes: &[u8]) -> Result<(), String> {
        let told = |violation: Violation| violation.to_string();
        let message: ToMember<'_> = message::read(bytes).map_err(told)?;
        let Table { member, posted } = self.table.get_mut();
        match member.receive(message).map_err(told)? {
            News::Commit {
                seq,
                object,
                patches,
            } => self.change(object, |replica| replica.apply_confirmed(seq, patches)),
            News::Settled(Settled::Commit {
                seq,
                number,
                object,
                amended,
            }) => self.change(object, |replica| {
                replica.confirm_own(seq, number, amended).map(drop)
            }),
            News::Settled(Settled::Stale { number, object }) => {
                if let Some(cell) = member.cell(object).cloned() {
                    member.propose_again(number, &mut cell.lock(), posted);
                }
                Ok(())
            }
            News::Settled(Settled::Created { seq, object }) => self.change(object, |replica| {
                replica.confirm_created(seq);
                Ok(())
            }),
            News::Settled(Settled::Deleted) | News::Incomplete | News::Goodbye => Ok(()),
            News::Object(parcel) => {
                let order = |table: &mut Table, cell: &Arc<Cell>| {
                    table.member.place(&parcel, cell.clone());
                    parcel.at
                };
                let placed = directory::install(&self.table, &parcel, None, order);
                placed.map(drop).map_err(|error| error.to_string())
            }
            News::Deleted { object } => {
                let ended = self.change(object, |replica| {
                    replica.end(Life::Deleted);
                    Ok(())
                });
                self.table.get_mut().member.forget(object);
                ended
            }
            News::Live => {
                member.ready(posted);
                self.is_live = true;
                Ok(())
            }
        }
    }

    /// Does something to an object's replica, if this process still holds the object.
    fn change(
        &mut self,
        object: ObjectId,
        change: impl FnOnce(&mut Replica) -> Result<(), DecodeError>,
    ) -> Result<(), String> {
        let Some(cell) = self.table.get_mut().member.cell(object).cloned() else {
            return Ok(());
        };
        let mut replica = cell.lock();
        if replica.id() != object {
            return Ok(());
        }
        change(&mut replica).map_err(|error| error.to_string())
    }
}
