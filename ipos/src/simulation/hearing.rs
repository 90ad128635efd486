//! Listening to objects.

use std::sync::Arc;

use super::Handle;
use crate::{
    PeerId, Progress, Shared, SharedHandle, Subscription,
    audience::{Hearer, Peers, Queue},
    core::{State, Typed},
    schema::table_of,
    subscribe::Hearing,
};

impl Handle {
    /// What becomes of the object in the process `me`, from now on; up to `limit` things are kept for one who
    /// does not listen. `None` when the object is not, and cannot be, held by the Rust type `T`.
    pub fn hear<T: Shared>(&self, me: PeerId, limit: usize) -> Option<Subscription<Progress<T>>> {
        let schema = table_of::<T>();
        {
            let mut replica = self.0.lock();
            if !replica.fits(&schema) || !replica.retype::<T>().unwrap_or(false) {
                return None;
            }
        }
        let queue = Queue::new(limit);
        let hearer = Hearer {
            queue: Arc::downgrade(&queue),
            peers: Peers::new(me),
            path: Vec::new(),
            schema,
        };
        let value = |state: &dyn State| {
            let typed: Option<&Typed<T>> = state.as_any().downcast_ref();
            typed.expect("it was made one of this type").value.clone()
        };
        let hearing = Hearing::begin(&self.0, queue, hearer, Box::new(value));
        Some(Subscription::new(hearing))
    }
}

/// How many wait for something to become of an object, and how many commits there are whose verdict is waited for.
pub fn waiting<T: Shared>(handle: &SharedHandle<T>) -> (usize, usize) {
    handle.cell().waiting()
}
