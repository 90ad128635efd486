//! What the host and a member say to each other. docs/wire.md tells the bytes.

use std::{borrow::Cow, fmt};

use serde::{Deserialize, Serialize};

use crate::{schema::Schema, wire::DecodeError};

/// A place in a session's one order of confirmed changes. 0 stands before all of them.
pub(crate) type Seq = u64;

/// A process of a session; the host is number 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PeerId(pub(crate) u32);

impl PeerId {
    /// The host.
    pub const HOST: Self = Self(0);
}

impl fmt::Display for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "peer {}", self.0)
    }
}

/// An object, from one `create` to the next `create` or `delete` of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct ObjectId {
    pub(crate) creator: PeerId,
    pub(crate) number: u32,
}

/// From a member to the host. Whatever has a `number` is a proposal: it is answered by one verdict,
/// and a member numbers its proposals from 1 without a gap.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ToHost<'a> {
    /// Changes to an object, made when its commits up to `base` were known. `anew` when the member
    /// was told that it was too far behind, and begins to propose again.
    Commit {
        number: u64,
        object: ObjectId,
        base: Seq,
        anew: bool,
        #[serde(with = "serde_bytes", borrow)]
        patches: &'a [u8],
    },
    /// A new object. Its value follows in chunks, `length` bytes in all.
    Create {
        number: u64,
        object: ObjectId,
        key: &'a str,
        schema: Cow<'a, Schema>,
        length: u64,
    },
    /// The next bytes of the value that was announced last.
    Chunk(#[serde(with = "serde_bytes", borrow)] &'a [u8]),
    /// The object under a key is to go.
    Delete { number: u64, key: &'a str },
    /// This member has applied all that it was given to join.
    Ready,
    /// Nothing follows; the connection may be closed.
    Goodbye,
}

/// From the host to a member. Messages with a `seq` stand in the session's order.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ToMember<'a> {
    /// An object, new or as it is when the member joins. Its value follows in chunks, `length`
    /// bytes in all.
    Object {
        seq: Seq,
        object: ObjectId,
        key: &'a str,
        schema: Cow<'a, Schema>,
        length: u64,
    },
    /// The next bytes of the value that was announced last.
    Chunk(#[serde(with = "serde_bytes", borrow)] &'a [u8]),
    /// Changes that another process made.
    Commit {
        seq: Seq,
        origin: PeerId,
        object: ObjectId,
        #[serde(with = "serde_bytes", borrow)]
        patches: &'a [u8],
    },
    /// The verdict on a proposal: confirmed as it was proposed.
    Accepted { seq: Seq, number: u64 },
    /// The verdict on a commit: confirmed without what had lost its object.
    Amended {
        seq: Seq,
        number: u64,
        #[serde(with = "serde_bytes", borrow)]
        patches: &'a [u8],
    },
    /// The verdict on a commit: it was made on a state that the host does not remember. The member
    /// has to carry it over what came since, and propose it again.
    Stale { number: u64 },
    /// The object is gone.
    Deleted {
        seq: Seq,
        object: ObjectId,
        key: &'a str,
    },
    /// All objects have been sent: the member is in sync. With the keys that were deleted last.
    Live {
        #[serde(borrow)]
        deleted: Vec<&'a str>,
    },
    /// Nothing follows: the session ends, or this member is removed from it.
    Goodbye,
}

/// How many bytes of a value one chunk holds at the most.
pub(crate) const CHUNK: usize = 64 * 1024;

/// How long a key may be, in bytes.
pub(crate) const KEY_LIMIT: usize = 1024;

/// A peer did not keep to the protocol; the connection to it is of no more use.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Violation {
    #[error("it sent a message that cannot be read")]
    Unreadable,
    #[error("its {what} of `{key}` cannot be read: {problem}")]
    Malformed {
        what: &'static str,
        key: String,
        problem: DecodeError,
    },
    #[error("it sent proposal {found} where {expected} was due")]
    WrongNumber { expected: u64, found: u64 },
    #[error("it speaks for another process: {object:?} is not for it to create")]
    WrongCreator { object: ObjectId },
    #[error("a key of {0} bytes is too long; {KEY_LIMIT} is the limit")]
    KeyTooLong(usize),
    #[error("it sent {0} out of turn")]
    OutOfTurn(&'static str),
    #[error("it sent a schema with references that lead nowhere or round in circles")]
    UnsoundSchema,
}

/// Reads a whole message.
pub(crate) fn read<'a, M: Deserialize<'a>>(bytes: &'a [u8]) -> Result<M, Violation> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        _ => Err(Violation::Unreadable),
    }
}
