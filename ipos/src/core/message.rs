//! What the host and a member say to each other. docs/wire.md tells the bytes.

use std::{borrow::Cow, fmt, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::{
    schema::{Schema, SchemaHash, unchecked},
    wire::{DecodeError, put, put_length},
};

/// A place in a session's one order of confirmed changes. 0 stands before all of them.
pub(crate) type Seq = u64;

/// A process of a session; the host is number 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PeerId(pub(crate) u32);

impl PeerId {
    /// The host.
    pub const HOST: Self = Self(0);

    /// No process has this number.
    pub(crate) const NOBODY: Self = Self(u32::MAX);
}

impl fmt::Display for PeerId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "peer {}", self.0)
    }
}

/// What is told of a process beside its number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Profile {
    /// The system's number of it, as the host knows it.
    pub(crate) pid: Option<u32>,
    /// What it calls itself.
    pub(crate) label: Arc<str>,
}

/// An object, from one `create` to the next `create` or `delete` of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub(crate) struct ObjectId {
    pub(crate) creator: PeerId,
    pub(crate) number: u32,
}

impl ObjectId {
    /// What a member calls an object whose host is gone, until another one has it.
    pub(crate) fn orphan(number: u32) -> Self {
        let creator = PeerId::NOBODY;
        Self { creator, number }
    }

    pub(crate) fn is_orphan(self) -> bool {
        self.creator == PeerId::NOBODY
    }
}

/// From a member to the host. Whatever has a `number` is a proposal: it is answered by one verdict,
/// and a member numbers its proposals from 1 without a gap.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum ToHost<'a> {
    /// Changes to an object.
    Commit {
        number: u64,
        object: ObjectId,
        terms: Terms,
        #[serde(with = "serde_bytes", borrow)]
        patches: &'a [u8],
    },
    /// A new object. Its value follows in chunks, `length` bytes in all.
    Create {
        number: u64,
        object: ObjectId,
        key: &'a str,
        schema: SchemaHash,
        length: u64,
    },
    /// The next bytes of the value that was announced last.
    Chunk(#[serde(with = "serde_bytes", borrow)] &'a [u8]),
    /// The object under a key is to go.
    Delete { number: u64, key: &'a str },
    /// This member has applied all that it was given to join.
    Ready,
    /// Every live member is to be asked whether it has applied all that was ordered so far. A member waits
    /// for the last one that it asked for.
    Barrier { nonce: u64 },
    /// All that was told before this [`ToMember::Ping`] is applied.
    Pong { ping: u64 },
    /// This member has not got the object that the host has under a key, which should have followed a
    /// refusal. To be said before `Resume`.
    Lacks { key: &'a str },
    /// This member was cut off, or told that it missed something. It has heard all that has a place
    /// in the order up to `heard`, and has the verdicts on its proposals up to `settled`.
    Resume { heard: Seq, settled: u64 },
    /// Nothing follows; the connection may be closed.
    Goodbye,
    /// A table of types that objects which follow may name.
    Schema {
        #[serde(deserialize_with = "unchecked")]
        table: Cow<'a, Schema>,
    },
    /// Changes to an object, of which actions have made some. The host runs these again.
    Act {
        number: u64,
        object: ObjectId,
        terms: Terms,
        /// What was done here, with a mark where each action begins and ends.
        #[serde(with = "serde_bytes", borrow)]
        patches: &'a [u8],
        #[serde(borrow)]
        acts: Vec<Act<'a>>,
    },
    /// To be answered with [`ToMember::Pong`], so that this member sees that the host is there.
    Ping { ping: u64 },
}

/// An action of a commit.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Act<'a> {
    pub(crate) name: &'a str,
    #[serde(with = "serde_bytes", borrow)]
    pub(crate) args: &'a [u8],
    #[serde(borrow)]
    pub(crate) asks: Asks<'a>,
}

/// What a member asks of the answer that an action has at the host.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Asks<'a> {
    Nothing,
    /// To be told.
    Answer,
    /// That it is this one; else the commit does not count.
    Same(#[serde(with = "serde_bytes", borrow)] &'a [u8]),
}

/// On which terms a commit is proposed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Terms {
    /// The last of the object's commits and refusals that the member knew.
    pub(crate) base: Seq,
    /// The member was told that it was too far behind, or was cut off, and begins to propose again.
    pub(crate) anew: bool,
    pub(crate) whole: Whole,
}

/// Whether a commit is refused when a part of it has lost its object, instead of applied without it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Whole {
    #[default]
    No,
    Yes,
    /// It is refused: its member has seen that a part is lost, or cannot tell.
    Lost,
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
        schema: SchemaHash,
        /// Only the host may put another in its place, or delete it.
        reserved: bool,
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
    /// The verdict on a proposal: it was refused, and does not count.
    Rejected {
        seq: Seq,
        number: u64,
        reason: &'a str,
    },
    /// There is no object under the key any more.
    Deleted {
        seq: Seq,
        origin: PeerId,
        key: &'a str,
    },
    /// All objects have been sent: the member is in sync up to `seq`. With the keys that were deleted
    /// last.
    Live {
        seq: Seq,
        #[serde(borrow)]
        deleted: Vec<&'a str>,
    },
    /// To be answered with [`ToHost::Pong`] once all before it is applied.
    Ping { ping: u64 },
    /// What the member's barrier waited for has come about.
    Passed { nonce: u64 },
    /// What should follow was dropped, because the member did not read. It is to ask for it with
    /// [`ToHost::Resume`], and hears nothing until it does.
    Resync,
    /// The answer to [`ToHost::Resume`]: proposals up to `taken` have arrived. What was missed follows;
    /// with `anew` it is not remembered, and all objects follow as they are. Then [`ToMember::Live`].
    Resumed { taken: u64, anew: bool },
    /// Nothing follows, and why.
    Goodbye {
        #[serde(borrow)]
        why: Parting<'a>,
    },
    /// A table of types that objects which follow may name.
    Schema {
        #[serde(deserialize_with = "unchecked")]
        table: Cow<'a, Schema>,
    },
    /// The verdict on a commit with actions: confirmed, with what the host's run has changed, if that is
    /// not what was proposed, and the answer that was asked for.
    Acted {
        seq: Seq,
        number: u64,
        #[serde(borrow)]
        patches: Option<&'a serde_bytes::Bytes>,
        #[serde(borrow)]
        answer: Option<&'a serde_bytes::Bytes>,
    },
    /// The verdict on a commit with an action: refused, because the action has failed with this answer.
    Failed {
        seq: Seq,
        number: u64,
        reason: &'a str,
        #[serde(with = "serde_bytes", borrow)]
        answer: &'a [u8],
    },
    /// Another member is there. A number that is not above all that were told is known already.
    Joined {
        peer: PeerId,
        pid: Option<u32>,
        label: &'a str,
    },
    /// Another member is there no more.
    Left { peer: PeerId },
    /// Of all the other members that were told, these are there.
    Present { peers: Vec<PeerId> },
    /// The host is there.
    Pong { ping: u64 },
}

/// Why a host lets go of a member.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Parting<'a> {
    /// The session ends.
    Over,
    /// The member was removed.
    Removed,
    /// The member has done what must not be.
    Fault(&'a str),
}

impl Parting<'_> {
    /// As the reason for the end of a connection, and whether the member is not to come again.
    pub(crate) fn told(self) -> (String, bool) {
        match self {
            Self::Over => ("it has ended the session".to_owned(), false),
            Self::Removed => ("it has removed this process".to_owned(), true),
            Self::Fault(why) => (format!("it has disconnected this process: {why}"), true),
        }
    }
}

/// How many bytes of a value one chunk holds at the most.
pub(crate) const CHUNK: usize = 64 * 1024;

impl ToMember<'_> {
    /// What stands before the bytes of a [`Chunk`](ToMember::Chunk) that has so many.
    pub(crate) fn put_chunk_head(head: &mut Vec<u8>, length: usize) {
        put(head, &ToMember::Chunk(&[]));
        // The length of nothing.
        head.pop();
        put_length(head, length);
    }
}

/// How long the reason for a refusal may be, in bytes. What is longer is cut.
pub(crate) const REASON_LIMIT: usize = 1024;

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
    #[error("it has missed more than is remembered")]
    MissedTooMuch,
    #[error("it sent a schema with references that lead nowhere or round in circles")]
    UnsoundSchema,
    #[error("it has not told the schema {0} that it names")]
    UnknownSchema(SchemaHash),
    #[error("the schemas that it has told take more than {0} bytes, the limit of this session")]
    TooManySchemas(usize),
    #[error("it told the schema {0} that it knew to be here")]
    ToldTwice(SchemaHash),
}

/// Reads a whole message.
pub(crate) fn read<'a, M: Deserialize<'a>>(bytes: &'a [u8]) -> Result<M, Violation> {
    match postcard::take_from_bytes(bytes) {
        Ok((message, [])) => Ok(message),
        _ => Err(Violation::Unreadable),
    }
}
