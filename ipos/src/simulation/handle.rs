//! Objects as a program has them.

use std::sync::Arc;

use super::Object;
use crate::{
    Schema, Shared,
    cell::Cell,
    core::{Life, Replica, Typed},
    cursor::{Cursor, Finish},
    schema::table_of,
};

/// A key's object in one process, as handles to it have it. Two are equal when they are handles to
/// the same.
#[derive(Clone, Debug)]
pub struct Handle(pub(super) Arc<Cell>);

impl PartialEq for Handle {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// An object, as one process has it at a moment.
#[derive(Clone, Debug)]
pub struct View {
    /// Which one it is.
    pub object: Object,
    /// The place of its last confirmed change here.
    pub seq: u64,
    /// Counts what readers can see change.
    pub version: u64,
    /// It can be written.
    pub is_live: bool,
    /// Its form.
    pub schema: Arc<Schema>,
    /// Its value.
    pub value: Vec<u8>,
    /// What was committed here and has no verdict, the oldest first.
    pub pending: Vec<Pending>,
}

/// A commit that has no verdict.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pending {
    /// What its verdict is asked for by.
    pub ticket: u64,
    /// The number it was proposed by last.
    pub number: u64,
    /// What it is by now.
    pub form: Vec<u8>,
}

/// What became of an update.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// There is no object under the key.
    Missing,
    /// The object is held by another Rust type.
    OtherType,
    /// Nothing was written, or it was rolled back.
    Nothing,
    /// It was refused at once, for this reason.
    Refused(String),
    /// These patches were committed.
    Committed(Object, Vec<u8>),
}

impl Handle {
    /// The key.
    pub fn key(&self) -> &str {
        self.0.key()
    }

    /// The object's marks, which change with it: which one it is, `seq` and `version`.
    pub fn marks(&self) -> (Object, u64, u64) {
        let replica = self.0.look();
        (replica.id().into(), replica.seq(), replica.version())
    }

    /// Whether it can be written.
    pub fn is_live(&self) -> bool {
        matches!(self.0.look().life(), Life::Live)
    }

    /// The object as it is.
    pub fn view(&self) -> View {
        let replica = self.0.look();
        let mut value = Vec::new();
        replica.state().encode(&mut value);
        let pending = replica.pending_tickets().zip(replica.pending_forms());
        let pending = pending.map(|(ticket, (number, form))| Pending {
            ticket,
            number,
            form: form.to_vec(),
        });
        View {
            object: replica.id().into(),
            seq: replica.seq(),
            version: replica.version(),
            is_live: matches!(replica.life(), Life::Live),
            schema: replica.state().schema().clone(),
            value,
            pending: pending.collect(),
        }
    }

    /// The verdict on a commit that is to count as a whole; `None` as long as there is none.
    pub fn verdict(&self, ticket: u64) -> Option<Result<(), String>> {
        self.0.look().verdict(ticket)
    }

    /// Opens a commit, and makes it count by `commit`, which orders it or `proposes` it.
    pub(super) fn update<T: Shared>(
        &self,
        proposes: bool,
        change: impl FnOnce(&mut T::Mut<'_>) -> Finish,
        commit: impl FnOnce(&mut Replica) -> Result<(), String>,
    ) -> Written {
        let mut replica = self.0.lock();
        if !replica.fits(&table_of::<T>()) || !replica.retype::<T>().unwrap_or(false) {
            return Written::OtherType;
        }
        let (state, recorder) = replica.parts();
        let typed: Option<&mut Typed<T>> = state.as_any_mut().downcast_mut();
        let value = &mut typed.expect("it was just made one of this type").value;
        let finish = change(&mut T::writer(Cursor::new(value, recorder)));
        let patches = replica.recorded().to_vec();
        // Actions that have changed nothing here may do so at the host.
        let is_empty = patches.is_empty() && !(proposes && replica.has_recorded());
        if is_empty || finish == Finish::Rollback || replica.check_recorded().is_err() {
            replica.rollback();
            return Written::Nothing;
        }
        if let Err(reason) = commit(&mut replica) {
            replica.rollback();
            return Written::Refused(reason);
        }
        Written::Committed(replica.id().into(), patches)
    }
}
