//! The links of a host, as the core posts to them.

use std::{collections::BTreeMap, sync::Arc};

use ipos_transport::{Outbox, frame};

use crate::core::{PeerId, Post};

/// The outgoing queues of all members.
#[derive(Debug, Default)]
pub(crate) struct Links {
    outboxes: BTreeMap<PeerId, Arc<Outbox>>,
    /// The same, to be sent by a thread that holds no lock.
    all: Arc<[Arc<Outbox>]>,
}

impl Links {
    pub(crate) fn insert(&mut self, peer: PeerId, outbox: Arc<Outbox>) {
        self.outboxes.insert(peer, outbox);
        self.all = self.outboxes.values().cloned().collect();
    }

    pub(crate) fn remove(&mut self, peer: PeerId) -> Option<Arc<Outbox>> {
        let outbox = self.outboxes.remove(&peer);
        self.all = self.outboxes.values().cloned().collect();
        outbox
    }

    pub(crate) fn all(&self) -> Arc<[Arc<Outbox>]> {
        self.all.clone()
    }

    pub(crate) fn peers(&self) -> impl Iterator<Item = PeerId> {
        self.outboxes.keys().copied()
    }
}

impl Post for Links {
    fn post(&mut self, to: PeerId, message: &[u8]) {
        if let Some(outbox) = self.outboxes.get(&to) {
            post(outbox, message);
        }
    }
}

/// Queues a message as one frame.
pub(crate) fn post(outbox: &Outbox, message: &[u8]) {
    outbox.append(|queue| frame::append(queue, |frame| frame.extend_from_slice(message)));
}
