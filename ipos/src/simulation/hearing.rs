//! Listening to objects.

use std::sync::Arc;

use super::Handle;
use crate::{
    Change, PeerId, Progress, Shared, SharedHandle, Subscription,
    audience::{Hearer, LIMIT, Peers, Queue},
    core::{State, Typed},
    parts::Parts,
    schema::table_of,
    subscribe::Hearing,
};

/// A process, as those in it who listen know it.
#[derive(Clone, Debug)]
pub struct Me(Arc<Peers>);

impl Me {
    /// The process `me`.
    pub fn new(me: PeerId) -> Self {
        Self(Peers::new(me))
    }

    /// It is another one in the session of another host.
    pub fn rejoin(&self, me: PeerId) {
        self.0.rejoin(me);
    }
}

impl Handle {
    /// What becomes of the object in the process `me`, from now on; up to `limit` things are kept for one who
    /// does not listen. `None` when the object is not, and cannot be, held by the Rust type `T`.
    pub fn hear<T: Shared>(&self, me: &Me, limit: usize) -> Option<Subscription<Progress<T>>> {
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
            peers: me.0.clone(),
            path: Vec::new(),
            schema,
            follows: true,
        };
        let value = |state: &dyn State| typed::<T>(state).clone();
        let hearing = Hearing::begin(&self.0, queue, hearer, Box::new(value), None);
        Some(Subscription::new(hearing))
    }

    /// What changes of a part of the object in the process `me`, from now on. It is held by the Rust type `T`.
    pub fn hear_part<T: Shared, P: Shared>(
        &self,
        me: &Me,
        part: fn(&T) -> &P,
    ) -> Subscription<Change<P>> {
        let path = {
            let replica = self.0.look();
            let value = typed::<T>(replica.state());
            Parts::way(value, part(value)).expect("it is a part that there always is")
        };
        let queue = Queue::new(LIMIT);
        let hearer = Hearer {
            queue: Arc::downgrade(&queue),
            peers: me.0.clone(),
            path,
            schema: table_of::<T>(),
            follows: false,
        };
        let part = move |state: &dyn State| part(typed::<T>(state)).clone();
        Subscription::new(Hearing::begin(&self.0, queue, hearer, Box::new(part), None))
    }
}

fn typed<T: Shared>(state: &dyn State) -> &T {
    let typed: Option<&Typed<T>> = state.as_any().downcast_ref();
    &typed.expect("it was made one of this type").value
}

/// How many listen to an object or have done so, as far as that is remembered.
pub fn hearers<T: Shared>(handle: &SharedHandle<T>) -> usize {
    handle.cell().hearers().count()
}

/// How many wait for something to become of an object, and how many commits there are whose verdict is waited for.
pub fn waiting<T: Shared>(handle: &SharedHandle<T>) -> (usize, usize) {
    handle.cell().waiting()
}
