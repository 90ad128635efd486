//! What becomes of proposals.

use std::sync::Arc;

use serde_bytes::Bytes;

use crate::core::{Seq, message::ToMember};

/// What became of a proposal.
#[derive(Clone, Debug)]
pub(super) enum Verdict {
    Accepted,
    Amended(Vec<u8>),
    /// With what the actions of the commit have changed, if that is not what was proposed, and the answer
    /// that was asked for.
    Acted(Option<Vec<u8>>, Option<Vec<u8>>),
    Stale,
    /// With the key of the object that was not to be created or deleted, or the answer with which an
    /// action has failed.
    Rejected {
        reason: String,
        key: Option<Arc<str>>,
        answer: Option<Vec<u8>>,
    },
}

impl Verdict {
    /// How many bytes it has beside its numbers.
    pub(super) fn bytes(&self) -> usize {
        let length = |bytes: Option<&Vec<u8>>| bytes.map_or(0, Vec::len);
        match self {
            Self::Accepted | Self::Stale => 0,
            Self::Amended(patches) => patches.len(),
            Self::Acted(patches, answer) => length(patches.as_ref()) + length(answer.as_ref()),
            Self::Rejected {
                reason,
                key,
                answer,
            } => {
                let key = key.as_ref().map_or(0, |key| key.len());
                reason.len() + key + length(answer.as_ref())
            }
        }
    }

    pub(super) fn message(&self, seq: Seq, number: u64) -> ToMember<'_> {
        match self {
            Self::Accepted => ToMember::Accepted { seq, number },
            Self::Amended(patches) => ToMember::Amended {
                seq,
                number,
                patches,
            },
            Self::Acted(patches, answer) => ToMember::Acted {
                seq,
                number,
                patches: patches.as_deref().map(Bytes::new),
                answer: answer.as_deref().map(Bytes::new),
            },
            Self::Stale => ToMember::Stale { number },
            Self::Rejected {
                reason,
                answer: Some(answer),
                ..
            } => ToMember::Failed {
                seq,
                number,
                reason,
                answer,
            },
            Self::Rejected { reason, .. } => ToMember::Rejected {
                seq,
                number,
                reason,
            },
        }
    }
}
