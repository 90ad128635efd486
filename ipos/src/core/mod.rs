//! The pure part: who holds what, in which order changes count, and how a process that was ahead of
//! the order gets back into it.
//!
//! Nothing here knows a socket, a thread, a clock or a random number, and nothing depends on the
//! order of an unordered map. Everything is driven by calls that take a message, and answers by
//! posting messages through a [`Post`]. So a whole session can run in one thread.
//!
//! - [`Replica`]: one process's copy of one object, with the commits that it made and that are not
//!   confirmed yet.
//! - [`Sequencer`]: the host's side of a session. It gives every commit its place in the one order.
//! - [`Member`]: any other process's side.
//! - [`message`]: what they say to each other, and [`handshake`]: before they do.

mod audience;
mod commit;
mod dealt;
mod deleted;
mod exchange;
mod guarded;
pub(crate) mod handshake;
mod judge;
mod limits;
mod log;
mod member;
pub(crate) mod message;
mod notice;
mod parcel;
mod replica;
mod sequencer;
mod spool;
mod state;
mod tail;
mod transform;

#[cfg(test)]
mod tests;

pub(crate) use audience::{Audience, Rebased, Told};
#[cfg(feature = "simulation")]
pub(crate) use commit::{Applied, apply};
pub(crate) use dealt::Dealt;
pub(crate) use exchange::Exchange;
pub(crate) use guarded::Guarded;
pub use judge::Origin;
pub(crate) use judge::{Judge, Validator};
pub(crate) use limits::LABEL_LIMIT;
pub use limits::Limits;
pub(crate) use member::{Member, News, Settled, Unsent};
pub use message::PeerId;
pub(crate) use message::{CHUNK, KEY_LIMIT, ObjectId, Parting, Profile, Seq, ToMember, Violation};
pub(crate) use notice::Notice;
pub(crate) use parcel::{Chunks, Parcel};
pub(crate) use replica::{Life, Maker, Outcome, Replica, Spare, Work, unreadable};
pub(crate) use sequencer::{Memory, Proposal, Request, Seen, Sequencer, Standing, cut};
pub(crate) use state::{State, Typed, Untyped};
#[cfg(any(test, feature = "simulation"))]
pub(crate) use tail::Limit;
pub(crate) use transform::{carry_over, split_events};

/// Where outgoing messages go. They reach each peer in the order in which they were posted to it.
pub(crate) trait Post {
    /// Queues a message for a peer; does nothing when the peer is not connected.
    fn post(&mut self, to: PeerId, message: &[u8]);
}

/// The same for whole values, which are large: the order waits until they are queued, so they are made ready before.
pub(crate) trait PostValue: Post {
    /// A value's chunks.
    type Chunks: Chunks;

    /// Queues a value's chunks for a peer, in a time that does not grow with them as that of copying would.
    fn post_value(&mut self, to: PeerId, chunks: Self::Chunks);
}
