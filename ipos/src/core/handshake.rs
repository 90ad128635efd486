//! The first message each way on a connection: who wants in, and the answer.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Dealt, PeerId, Violation, message};
use crate::{schema::SchemaHash, wire::put};

/// The version of the protocol. Both sides must have the same one.
pub(crate) const VERSION: u16 = 4;

/// How many bytes the first message may have, each way.
pub(crate) const SIZE_LIMIT: usize = 4096;

const MAGIC: &[u8; 4] = b"IPOS";

/// What a member says first.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Hello<'a> {
    /// How it comes to be let in.
    pub(crate) comes: Comes,
    /// What it calls itself, for people.
    pub(crate) label: &'a str,
    /// The tables that need not be told it: those of types that its program has named.
    pub(crate) has: Vec<SchemaHash>,
}

/// How a member comes to be let in.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Comes {
    /// By the name of the session.
    ByName,
    /// With the token of its invitation.
    Invited(Secret),
    /// By the name of the session, with the ticket of a member that it has been.
    Again(Secret),
}

/// What is not to be printed.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub(crate) struct Secret(pub(crate) [u8; 32]);

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// What the host answers.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Answer<'a> {
    /// Come in.
    Welcome {
        /// The member's number in this session.
        you: PeerId,
        /// What the host calls itself, for people.
        label: &'a str,
        /// How many bytes a message may have in this session.
        frame_limit: u64,
        /// The tables that need not be told the host.
        has: Vec<SchemaHash>,
        /// By what it can come again when the connection is lost, if it has come by name.
        ticket: Option<Secret>,
        /// Whether it is the member whose ticket it has shown.
        known: Known,
    },
    /// No, and why, for people.
    Refused(&'a str),
    /// Not now, and why, for people.
    Later(&'a str),
}

/// What a host knows of a member that comes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) enum Known {
    /// It is a new one. If it has shown the ticket of one that was let go, these proposals of that one were dealt with.
    Not(Dealt),
    /// It is the member whose ticket it has shown, and is to ask for what it has missed.
    Again,
}

/// Why a first message was not one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Stranger {
    #[error("what connected does not speak IPOS")]
    NotIpos,
    #[error(
        "the other process speaks version {theirs} of the IPOS protocol and this one version \
         {VERSION}: build both with the same version of `ipos`"
    )]
    OtherVersion { theirs: u16 },
    #[error(transparent)]
    Unreadable(#[from] Violation),
}

/// Writes a first message. The version stands before all that may differ between versions.
pub(crate) fn write(out: &mut Vec<u8>, message: &impl Serialize) {
    out.extend_from_slice(MAGIC);
    out.extend_from_slice(&VERSION.to_le_bytes());
    put(out, message);
}

/// Reads a first message.
pub(crate) fn read<'a, M: Deserialize<'a>>(bytes: &'a [u8]) -> Result<M, Stranger> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(Stranger::NotIpos)?;
    let (version, rest) = rest.split_first_chunk().ok_or(Stranger::NotIpos)?;
    match u16::from_le_bytes(*version) {
        VERSION => Ok(message::read(rest)?),
        theirs => Err(Stranger::OtherVersion { theirs }),
    }
}
