//! Values on their way: announced, then sent in chunks.

use std::sync::Arc;

use super::{ObjectId, Seq, Violation, message::CHUNK};
use crate::schema::Schema;

/// An object that arrives or has arrived, with its value's bytes.
#[derive(Clone, Debug)]
pub(crate) struct Parcel {
    /// Its place in the order, or the number of the proposal.
    pub(crate) at: Seq,
    pub(crate) object: ObjectId,
    pub(crate) key: Arc<str>,
    pub(crate) schema: Arc<Schema>,
    /// Only the host may put another in its place, or delete it.
    pub(crate) reserved: bool,
    /// An object that is held by its schema alone keeps these very bytes.
    pub(crate) value: Arc<Vec<u8>>,
}

impl Parcel {
    /// How many bytes its schema has, and what is here of its value.
    pub(crate) fn bytes(&self) -> usize {
        self.value.len() + self.schema.wire_size()
    }
}

/// The parcel of one link that is not complete yet, if there is one.
#[derive(Debug, Default)]
pub(crate) struct Arrivals {
    open: Option<(Parcel, u64)>,
    /// Why the parcel is not kept, if so.
    refusal: Option<String>,
}

impl Arrivals {
    /// Begins a parcel of `length` bytes; gives it back if that is all of it.
    pub(crate) fn announce(
        &mut self,
        parcel: Parcel,
        length: u64,
    ) -> Result<Option<Parcel>, Violation> {
        self.expect_none("an announcement")?;
        if parcel.key.len() > super::message::KEY_LIMIT {
            return Err(Violation::KeyTooLong(parcel.key.len()));
        }
        if length == 0 {
            return Ok(Some(parcel));
        }
        self.open = Some((parcel, length));
        Ok(None)
    }

    /// Keeps nothing of the parcel that was announced last, or is announced next.
    pub(crate) fn refuse(&mut self, reason: String) {
        if let Some((parcel, _)) = &mut self.open {
            parcel.value = Arc::default();
        }
        self.refusal = Some(reason);
    }

    /// Why the parcel that has just come to its end was not kept, if so.
    pub(crate) fn take_refusal(&mut self) -> Option<String> {
        self.refusal.take()
    }

    /// The key of a parcel that is not complete.
    pub(crate) fn key(&self) -> Option<&str> {
        self.open.as_ref().map(|(parcel, _)| &*parcel.key)
    }

    /// How many bytes are here of a parcel that is not complete, and is kept.
    pub(crate) fn bytes(&self) -> usize {
        let kept = self.open.as_ref().filter(|_| self.refusal.is_none());
        kept.map_or(0, |(parcel, _)| parcel.bytes())
    }

    /// Adds a chunk; gives the parcel when it is complete.
    pub(crate) fn chunk(&mut self, bytes: &[u8]) -> Result<Option<Parcel>, Violation> {
        let Some((parcel, missing)) = &mut self.open else {
            return Err(Violation::OutOfTurn("a chunk"));
        };
        *missing = missing
            .checked_sub(bytes.len() as u64)
            .ok_or(Violation::OutOfTurn("more of a value than it announced"))?;
        if self.refusal.is_none() {
            // Nobody else has it yet.
            Arc::make_mut(&mut parcel.value).extend_from_slice(bytes);
        }
        let complete = *missing == 0;
        if !complete {
            return Ok(None);
        }
        let parcel = self.open.take().map(|(parcel, _)| parcel);
        Ok(parcel.map(|mut parcel| {
            // It has grown as the bytes came, and may be kept for long.
            Arc::make_mut(&mut parcel.value).shrink_to_fit();
            parcel
        }))
    }

    /// Drops what has arrived of a parcel that is not complete; gives its place or number.
    pub(crate) fn drop_open(&mut self) -> Option<Seq> {
        self.refusal = None;
        self.open.take().map(|(parcel, _)| parcel.at)
    }

    /// An error when a parcel is not complete: its chunks stand together.
    pub(crate) fn expect_none(&self, what: &'static str) -> Result<(), Violation> {
        match self.open {
            None => Ok(()),
            Some(_) => Err(Violation::OutOfTurn(what)),
        }
    }
}

/// A value as it is going to be posted.
pub(crate) trait Chunks {
    /// Makes a value ready.
    fn of(value: Vec<u8>) -> Self;
}

/// As messages, for those who look at them.
#[cfg(any(test, feature = "simulation"))]
impl Chunks for Vec<Vec<u8>> {
    fn of(value: Vec<u8>) -> Self {
        let message = |chunk| {
            let mut message = Vec::new();
            crate::wire::put(&mut message, &super::ToMember::Chunk(chunk));
            message
        };
        chunks(&value).map(message).collect()
    }
}

/// The chunks that a value is sent in.
pub(crate) fn chunks(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.chunks(CHUNK)
}
