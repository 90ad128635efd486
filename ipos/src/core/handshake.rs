//! The first message each way on a connection: who wants in, and the answer.

use serde::{Deserialize, Serialize};

use super::{PeerId, Violation, message};
use crate::{schema::SchemaHash, wire::put};

/// The version of the protocol. Both sides must have the same one.
pub(crate) const VERSION: u16 = 3;

/// How many bytes the first message may have, each way.
pub(crate) const SIZE_LIMIT: usize = 4096;

const MAGIC: &[u8; 4] = b"IPOS";

/// What a member says first.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct Hello<'a> {
    /// The token of its invitation; none when it has come by the name of the session.
    pub(crate) token: Option<[u8; 32]>,
    /// What it calls itself, for people.
    pub(crate) label: &'a str,
    /// The tables that need not be told it: those of types that its program has named.
    pub(crate) has: Vec<SchemaHash>,
}

/// What the host answers.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(crate) enum Answer<'a> {
    /// Come in.
    Welcome {
        /// The member's number in this session.
        you: PeerId,
        /// How many bytes a message may have in this session.
        frame_limit: u64,
        /// The tables that need not be told the host.
        has: Vec<SchemaHash>,
    },
    /// No, and why, for people.
    Refused(&'a str),
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
