//! Putting objects under keys, which host and members do alike.

use std::sync::Arc;

use super::part;
use crate::{
    cell::Cell,
    core::{
        Guarded, Judge, Life, Maker, ObjectId, Parcel, PeerId, Replica, Seq, State, Untyped,
        unreadable,
    },
    sync::{Mutex, MutexGuard},
    wire::DecodeError,
};

/// What stands under which key, on a host and on a member.
pub(super) trait Directory {
    /// The object under a key.
    fn named(&self, key: &str) -> Option<&Arc<Cell>>;

    /// The number of this process.
    fn me(&self) -> PeerId;

    /// Whether an object that a peer has put under its key is not to be held here, because
    /// something that this process did with the key comes later in the order.
    fn hides(&mut self, arrived: &Parcel) -> bool;

    /// Notes that a key has got another object.
    fn placed(&mut self, parcel: &Parcel);

    /// Notes that a host has an object that it had not, with what is pending in it.
    fn adopted(&mut self, replica: &mut Replica);

    /// Whether it is for another process to say whether objects that this one creates, or those that
    /// arrive, may be there.
    fn is_judge(&self, arrived: bool) -> bool;

    /// Why there may not be one more object, that arrives under this key, if so.
    fn has_no_place(&self, key: &str) -> Option<String>;
}

/// An object that this process creates.
pub(crate) struct Own {
    state: Box<dyn State>,
    judge: Option<Box<dyn Judge>>,
    /// The state's byte form.
    value: Arc<Vec<u8>>,
}

impl Own {
    pub(crate) fn new(state: Box<dyn State>, judge: Option<Box<dyn Judge>>) -> Self {
        let mut value = Vec::new();
        state.encode(&mut value);
        Self {
            state,
            judge,
            value: Arc::new(value),
        }
    }

    /// Whether other processes will read the value.
    pub(crate) fn check(&self) -> Result<(), DecodeError> {
        let schema = self.state.schema();
        if schema.is_recursive() || schema.has_empty_elements() {
            schema.check(&self.value)?;
        }
        Ok(())
    }

    /// What is put under a key, as the object of this identity.
    pub(super) fn parcel(&mut self, key: &str, object: ObjectId) -> Parcel {
        Parcel {
            at: 0,
            object,
            key: key.into(),
            schema: self.state.schema().clone(),
            reserved: self.judge.is_some() || Guarded::of(self.state.schema()).is_some(),
            value: std::mem::take(&mut self.value),
        }
    }
}

/// What became of an object that was to be put under its key.
pub(super) enum Placed {
    /// It is there.
    Here(Arc<Cell>),
    /// It does not show, because something that this process did comes later in the order.
    Hidden,
    /// It must not be there, for this reason.
    Forbidden(String),
    /// This process has got another number since its object was given an identity. It needs another one.
    Outdated(Own),
}

/// Puts an object under its key. `own` is given when this process creates it; otherwise the value is in
/// the parcel.
///
/// Handles to the key stay good when the type stays the same and takes the value; else the old object ends. `order` is
/// called with the cell that holds the object, and gives the creation's place in the order.
///
/// No lock is held while another is waited for, but for a cell's while the table's is, which is
/// held for moments only and never while waiting for a cell.
pub(super) fn install<D: Directory>(
    table: &Mutex<D>,
    parcel: &Parcel,
    own: Option<Own>,
    order: impl FnOnce(&mut D, &Arc<Cell>) -> Seq,
) -> Result<Placed, DecodeError> {
    let arrived = own.is_none();
    let (state, judge): (Box<dyn State>, _) = if let Some(own) = own {
        (own.state, own.judge)
    } else {
        let state = Untyped::from_bytes(parcel.value.clone(), parcel.schema.clone())?;
        (Box::new(state), None)
    };
    loop {
        let current = table.lock().named(&parcel.key).cloned();
        let mut held = current.as_ref().map(|cell| cell.hold());
        let mut replica = held.as_mut().map(|(replica, _)| &mut **replica);
        let mut table = table.lock();
        if table.named(&parcel.key).map(Arc::as_ptr) != current.as_ref().map(Arc::as_ptr) {
            continue;
        }
        if !arrived && parcel.object.creator != table.me() {
            let value = parcel.value.clone();
            return Ok(Placed::Outdated(Own {
                state,
                judge,
                value,
            }));
        }
        if table.is_judge(arrived) {
            let forbidden = Replica::forbids(parcel, replica.as_deref());
            if let Some(reason) = forbidden.or_else(|| table.has_no_place(&parcel.key)) {
                return Ok(Placed::Forbidden(reason));
            }
        }
        if arrived && table.hides(parcel) {
            return Ok(Placed::Hidden);
        }
        let is_orphan = arrived && replica.as_ref().is_some_and(|old| old.is_orphan());
        let is_new = replica.as_ref().is_none_or(|old| old.id() != parcel.object);
        if !arrived {
            if let Some(replica) = &mut replica {
                replica.leave_pending();
            }
        }
        let kept = replica.as_mut().filter(|replica| replica.takes(&*state));
        let is_found = is_orphan && kept.is_some();
        let cell = if let (Some(replica), Some(cell)) = (kept, &current) {
            // The same object may have pending commits here, with actions that are run again. They may ask for
            // objects, and so for the table. Nobody does anything with the key meanwhile, whose object is held.
            let rebound = if is_new && !is_orphan {
                replica.rebind(parcel, state)
            } else {
                MutexGuard::unlocked(&mut table, || replica.rebind(parcel, state))
            };
            match rebound {
                Ok(()) => {
                    replica.set_rules(judge, parcel.reserved);
                    replica.confirm_created(order(&mut table, cell));
                    replica.tell_anew();
                    if is_orphan {
                        table.adopted(replica);
                    }
                    cell.clone()
                }
                Err(refused) if table.is_judge(arrived) => {
                    return Ok(Placed::Forbidden(unreadable(&refused)));
                }
                // The schema has taken it: it is the Rust type that does not.
                Err(refused) => {
                    let mut held = part(&parcel.key, replica, refused, |held| {
                        let state =
                            Untyped::from_bytes(parcel.value.clone(), parcel.schema.clone())?;
                        held.rebind(parcel, Box::new(state)).map(|()| true)
                    })?;
                    held.set_rules(None, parcel.reserved);
                    if is_orphan {
                        table.adopted(&mut held);
                    }
                    let held = cell.with(held);
                    order(&mut table, &held);
                    held
                }
            }
        } else {
            let maker = Maker::of(parcel.object, table.me());
            let mut new = Replica::new(parcel.object, parcel.at, state);
            new.set_rules(judge, parcel.reserved);
            let cell = Cell::new(parcel.key.clone(), new);
            let seq = order(&mut table, &cell);
            cell.lock().confirm_created(seq);
            if let Some(old) = &mut replica {
                old.end(Life::Replaced(parcel.schema.clone(), maker));
            }
            cell
        };
        if is_new && !is_found {
            table.placed(parcel);
        }
        drop(table);
        drop(held);
        for cell in current.iter().chain([&cell]) {
            cell.notify_all();
        }
        return Ok(Placed::Here(cell));
    }
}
