//! Messages, taken apart.

use crate::{
    PeerId, Schema, SchemaHash,
    core::{
        ObjectId,
        message::{self, Terms, ToHost, ToMember, Whole},
    },
    wire::put,
};

/// An object, from one `create` to the next `create` or `delete` of its key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Object {
    /// Who created it.
    pub creator: PeerId,
    /// Its number among the objects of its creator.
    pub number: u32,
}

impl Object {
    /// Whether it is of a host that is gone, and no other one is known to have it.
    pub fn is_orphan(self) -> bool {
        self.creator == PeerId::NOBODY
    }
}

impl From<ObjectId> for Object {
    fn from(id: ObjectId) -> Self {
        let ObjectId { creator, number } = id;
        Self { creator, number }
    }
}

/// What a host tells a member.
#[allow(missing_docs)] // the messages are told where they are defined
#[derive(Clone, Debug, PartialEq)]
pub enum Told {
    Object {
        seq: u64,
        object: Object,
        key: String,
        schema: SchemaHash,
        length: u64,
    },
    Chunk(Vec<u8>),
    Commit {
        seq: u64,
        origin: PeerId,
        object: Object,
        patches: Vec<u8>,
    },
    Accepted {
        seq: u64,
        number: u64,
    },
    Amended {
        seq: u64,
        number: u64,
        patches: Vec<u8>,
    },
    Stale {
        number: u64,
    },
    Rejected {
        seq: u64,
        number: u64,
        reason: String,
    },
    Deleted {
        seq: u64,
        origin: PeerId,
        key: String,
    },
    Live {
        seq: u64,
    },
    Ping {
        ping: u64,
    },
    Pong,
    Passed {
        nonce: u64,
    },
    Resync,
    Resumed {
        taken: u64,
        anew: bool,
    },
    Goodbye {
        why: String,
    },
    Schema(Schema),
    Acted {
        seq: u64,
        number: u64,
        patches: Option<Vec<u8>>,
        answer: Option<Vec<u8>>,
    },
    Failed {
        seq: u64,
        number: u64,
        reason: String,
        answer: Vec<u8>,
    },
    Joined(PeerId),
    Left(PeerId),
    Present(Vec<PeerId>),
}

impl Told {
    /// Takes a message apart.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let message = message::read(bytes).map_err(|violation| violation.to_string())?;
        Ok(match message {
            ToMember::Object {
                seq,
                object,
                key,
                schema,
                length,
                ..
            } => Self::Object {
                seq,
                object: object.into(),
                key: key.to_owned(),
                schema,
                length,
            },
            ToMember::Chunk(bytes) => Self::Chunk(bytes.to_vec()),
            ToMember::Commit {
                seq,
                origin,
                object,
                patches,
            } => Self::Commit {
                seq,
                origin,
                object: object.into(),
                patches: patches.to_vec(),
            },
            ToMember::Accepted { seq, number } => Self::Accepted { seq, number },
            ToMember::Amended {
                seq,
                number,
                patches,
            } => Self::Amended {
                seq,
                number,
                patches: patches.to_vec(),
            },
            ToMember::Stale { number } => Self::Stale { number },
            ToMember::Rejected {
                seq,
                number,
                reason,
            } => Self::Rejected {
                seq,
                number,
                reason: reason.to_owned(),
            },
            ToMember::Deleted { seq, origin, key } => Self::Deleted {
                seq,
                origin,
                key: key.to_owned(),
            },
            ToMember::Live { seq, .. } => Self::Live { seq },
            ToMember::Ping { ping } => Self::Ping { ping },
            ToMember::Pong { .. } => Self::Pong,
            ToMember::Passed { nonce } => Self::Passed { nonce },
            ToMember::Resync => Self::Resync,
            ToMember::Resumed { taken, anew } => Self::Resumed { taken, anew },
            ToMember::Goodbye { why } => Self::Goodbye {
                why: format!("{why:?}"),
            },
            ToMember::Schema { table } => Self::Schema(table.into_owned()),
            ToMember::Acted {
                seq,
                number,
                patches,
                answer,
            } => Self::Acted {
                seq,
                number,
                patches: patches.map(|patches| patches.to_vec()),
                answer: answer.map(|answer| answer.to_vec()),
            },
            ToMember::Failed {
                seq,
                number,
                reason,
                answer,
            } => Self::Failed {
                seq,
                number,
                reason: reason.to_owned(),
                answer: answer.to_vec(),
            },
            ToMember::Joined { peer, .. } => Self::Joined(peer),
            ToMember::Left { peer } => Self::Left(peer),
            ToMember::Present { peers } => Self::Present(peers),
        })
    }
}

/// What a member asks of a host.
#[allow(missing_docs)] // the messages are told where they are defined
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    Commit {
        number: u64,
        object: Object,
        base: u64,
        anew: bool,
        /// It counts as a whole or not at all.
        whole: bool,
        /// It is known not to.
        lost: bool,
        patches: Vec<u8>,
        /// The names of its actions; then there are marks among the patches.
        acts: Vec<String>,
    },
    Create {
        number: u64,
        object: Object,
        key: String,
    },
    Chunk(Vec<u8>),
    Delete {
        number: u64,
        key: String,
    },
    Ready,
    Barrier {
        nonce: u64,
    },
    Pong {
        ping: u64,
    },
    Ping,
    Lacks {
        key: String,
    },
    Resume {
        heard: u64,
        settled: u64,
    },
    Goodbye,
    Schema(Schema),
}

impl Asked {
    /// The answer of a member that does nothing but listen.
    pub fn pong(ping: u64) -> Vec<u8> {
        let mut message = Vec::new();
        put(&mut message, &ToHost::Pong { ping });
        message
    }

    /// Takes a message apart.
    pub fn read(bytes: &[u8]) -> Result<Self, String> {
        let message = message::read(bytes).map_err(|violation| violation.to_string())?;
        Ok(match message {
            ToHost::Commit {
                number,
                object,
                terms: Terms { base, anew, whole },
                patches,
            } => Self::Commit {
                number,
                object: object.into(),
                base,
                anew,
                whole: whole != Whole::No,
                lost: whole == Whole::Lost,
                patches: patches.to_vec(),
                acts: Vec::new(),
            },
            ToHost::Act {
                number,
                object,
                terms: Terms { base, anew, whole },
                patches,
                acts,
            } => Self::Commit {
                number,
                object: object.into(),
                base,
                anew,
                whole: whole != Whole::No,
                lost: whole == Whole::Lost,
                patches: patches.to_vec(),
                acts: acts.iter().map(|act| act.name.to_owned()).collect(),
            },
            ToHost::Create {
                number,
                object,
                key,
                ..
            } => Self::Create {
                number,
                object: object.into(),
                key: key.to_owned(),
            },
            ToHost::Chunk(bytes) => Self::Chunk(bytes.to_vec()),
            ToHost::Delete { number, key } => Self::Delete {
                number,
                key: key.to_owned(),
            },
            ToHost::Ready => Self::Ready,
            ToHost::Barrier { nonce } => Self::Barrier { nonce },
            ToHost::Lacks { key } => Self::Lacks {
                key: key.to_owned(),
            },
            ToHost::Pong { ping } => Self::Pong { ping },
            ToHost::Ping { .. } => Self::Ping,
            ToHost::Resume { heard, settled } => Self::Resume { heard, settled },
            ToHost::Goodbye => Self::Goodbye,
            ToHost::Schema { table } => Self::Schema(table.into_owned()),
        })
    }
}
