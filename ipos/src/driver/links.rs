//! The links of a host, as the core posts to them, and who reads too slowly.

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use ipos_transport::{Outbox, frame};

use crate::core::{CHUNK, Chunks, PeerId, Post, PostValue, ToMember};

/// The outgoing queues of all members.
#[derive(Debug)]
pub(crate) struct Links {
    members: BTreeMap<PeerId, Outgoing>,
    /// The outboxes, to be sent by a thread that holds no lock.
    all: Arc<[Arc<Outbox>]>,
    /// Those of members that are gone, until what they have written is counted.
    leaving: Vec<Arc<Outbox>>,
    /// How many bytes may be queued for one member, beside what it is given to be in sync.
    limit: usize,
    /// The members whose queue has passed that.
    lagging: Vec<PeerId>,
}

#[derive(Debug)]
struct Outgoing {
    outbox: Arc<Outbox>,
    /// Its welcome is on its way.
    is_welcomed: bool,
    /// It is being given objects.
    is_giving: bool,
    /// How many bytes of them, and of what it is told again, may still be queued, beside the limit.
    given: usize,
}

impl Links {
    pub(crate) fn new(limit: usize) -> Self {
        Self {
            members: BTreeMap::new(),
            all: Arc::default(),
            leaving: Vec::new(),
            limit,
            lagging: Vec::new(),
        }
    }

    pub(crate) fn insert(&mut self, peer: PeerId, outbox: Arc<Outbox>) {
        self.members.insert(
            peer,
            Outgoing {
                outbox,
                is_welcomed: false,
                is_giving: false,
                given: 0,
            },
        );
        self.refresh();
    }

    pub(crate) fn remove(&mut self, peer: PeerId) -> Option<Arc<Outbox>> {
        let removed = self.members.remove(&peer)?;
        self.refresh();
        self.leaving.push(removed.outbox.clone());
        Some(removed.outbox)
    }

    /// How many bytes have left by all that were not counted.
    pub(crate) fn written(&self) -> u64 {
        let all = self.all.iter().chain(&self.leaving);
        all.map(|outbox| outbox.written()).sum()
    }

    /// Counts what has left by one that was removed, and gives that.
    pub(crate) fn counted(&mut self, removed: &Arc<Outbox>) -> u64 {
        self.leaving.retain(|outbox| !Arc::ptr_eq(outbox, removed));
        removed.written()
    }

    fn refresh(&mut self) {
        let outboxes = self.members.values().map(|link| link.outbox.clone());
        self.all = outboxes.collect();
    }

    /// Notes that a member is about to be given a value of so many bytes.
    pub(crate) fn give(&mut self, peer: PeerId, bytes: usize) {
        if let Some(link) = self.members.get_mut(&peer) {
            link.is_giving = true;
            if link.outbox.queued() <= self.limit {
                // What it was given before is taken.
                link.given = 0;
            }
            // Its frames, and its schema.
            link.given += bytes + bytes / 64 + 64 * 1024;
        }
    }

    /// Lets `tell` post to a member what it has missed.
    pub(crate) fn tell_again<R>(&mut self, peer: PeerId, tell: impl FnOnce(&mut Self) -> R) -> R {
        let queued = |links: &Self| {
            links
                .members
                .get(&peer)
                .map_or(0, |link| link.outbox.queued())
        };
        let (lagging, before) = (self.lagging.len(), queued(self));
        let result = tell(self);
        self.lagging.truncate(lagging);
        let told = queued(self).saturating_sub(before);
        self.give(peer, told);
        result
    }

    /// Notes that a member has been given all that it was owed.
    pub(crate) fn given(&mut self, peer: PeerId) {
        if let Some(link) = self.members.get_mut(&peer) {
            link.is_giving = false;
        }
    }

    /// The members whose queues have passed the limit, each once.
    pub(crate) fn take_lagging(&mut self) -> Vec<PeerId> {
        std::mem::take(&mut self.lagging)
    }

    /// Drops what is queued for a member, as far as it is not being sent.
    pub(crate) fn drop_queued(&mut self, peer: PeerId) {
        if let Some(link) = self.members.get_mut(&peer) {
            link.outbox.drop_queued();
            // What is being sent does not count against what tells the member so.
            link.given = link.outbox.queued();
            link.is_giving = false;
        }
    }

    /// Notes that a member has been sent its welcome, which must not be dropped.
    pub(crate) fn welcomed(&mut self, peer: PeerId) {
        if let Some(link) = self.members.get_mut(&peer) {
            link.is_welcomed = true;
        }
    }

    /// The outgoing queue of a member.
    pub(crate) fn outbox(&self, peer: PeerId) -> Option<&Arc<Outbox>> {
        self.members.get(&peer).map(|link| &link.outbox)
    }

    pub(crate) fn all(&self) -> Arc<[Arc<Outbox>]> {
        self.all.clone()
    }

    /// Removes all links.
    pub(crate) fn remove_all(&mut self) -> Vec<Arc<Outbox>> {
        let links = std::mem::take(&mut self.members).into_values();
        self.refresh();
        let outboxes: Vec<_> = links.map(|link| link.outbox).collect();
        self.leaving.extend_from_slice(&outboxes);
        outboxes
    }
}

impl Links {
    /// Queues something for a member, which tells how many bytes are queued then.
    fn queue(&mut self, to: PeerId, queue: impl FnOnce(&Outbox) -> usize) {
        let Some(link) = self.members.get_mut(&to) else {
            return;
        };
        let queued = queue(&link.outbox);
        if queued <= self.limit {
            if !link.is_giving {
                link.given = 0;
            }
        } else if link.is_welcomed
            && queued - self.limit > link.given
            && !self.lagging.contains(&to)
        {
            self.lagging.push(to);
        }
    }
}

impl Post for Links {
    fn post(&mut self, to: PeerId, message: &[u8]) {
        self.queue(to, |outbox| post(outbox, message));
    }
}

impl PostValue for Links {
    type Chunks = Block;

    fn post_value(&mut self, to: PeerId, chunks: Block) {
        self.queue(to, |outbox| outbox.append_block(chunks.0));
    }
}

/// A value's chunks as frames.
#[derive(Debug)]
pub(crate) struct Block(Vec<u8>);

impl Chunks for Block {
    /// In place, from the end: a large value is not to be there twice.
    fn of(value: Vec<u8>) -> Self {
        let head = |chunk: usize| {
            let mut message = Vec::new();
            ToMember::put_chunk_head(&mut message, chunk);
            let mut head = frame::header(message.len() + chunk).to_vec();
            head.append(&mut message);
            head
        };
        let (length, mut block) = (value.len(), value);
        let (whole, last) = (head(CHUNK), head(length % CHUNK));
        let ends_early = length % CHUNK > 0;
        let heads = length / CHUNK * whole.len() + usize::from(ends_early) * last.len();
        block.reserve_exact(heads);
        block.resize(length + heads, 0);
        let mut end = block.len();
        for start in (0..length).step_by(CHUNK).rev() {
            let chunk = start..length.min(start + CHUNK);
            let head = if chunk.len() == CHUNK { &whole } else { &last };
            let place = end - chunk.len();
            block.copy_within(chunk, place);
            end = place - head.len();
            block[end..place].copy_from_slice(head);
        }
        Self(block)
    }
}

/// Queues a message as one frame, and tells how many bytes are queued then.
pub(crate) fn post(outbox: &Outbox, message: &[u8]) -> usize {
    outbox.append(|queue| frame::append(queue, |frame| frame.extend_from_slice(message)))
}
