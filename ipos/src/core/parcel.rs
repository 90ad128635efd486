//! Values on their way: announced, then sent in chunks.

use std::sync::Arc;

use super::{
    ObjectId, Seq, Violation,
    message::{CHUNK, ToMember},
};
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
    pub(crate) value: Vec<u8>,
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
            parcel.value = Vec::new();
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
            parcel.value.extend_from_slice(bytes);
        }
        let complete = *missing == 0;
        Ok(if complete {
            self.open.take().map(|(parcel, _)| parcel)
        } else {
            None
        })
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

/// Chunks of a value as they are going to be posted.
pub(crate) trait Chunks: Default {
    /// Puts chunks in front of those that are there.
    fn put_first<'a>(&mut self, chunks: impl Iterator<Item = ToMember<'a>>);
}

/// As messages, for those who look at them.
#[cfg(any(test, feature = "simulation"))]
impl Chunks for std::collections::VecDeque<Vec<u8>> {
    fn put_first<'a>(&mut self, chunks: impl Iterator<Item = ToMember<'a>>) {
        let message = |chunk| {
            let mut message = Vec::new();
            crate::wire::put(&mut message, &chunk);
            message
        };
        let first = chunks.map(message);
        *self = first.chain(std::mem::take(self)).collect();
    }
}

/// How much of a value is made ready at once. It is here twice then.
const PIECE: usize = 16 * CHUNK;

/// Makes a value ready to be posted. It is taken apart from its end, so that hardly more memory is taken than it has.
pub(crate) fn ready<C: Chunks>(mut value: Vec<u8>) -> C {
    let mut ready = C::default();
    while let Some(last) = value.len().checked_sub(1) {
        let start = last / PIECE * PIECE;
        ready.put_first(chunks(&value[start..]).map(ToMember::Chunk));
        value.truncate(start);
        if start <= value.capacity() / 4 * 3 {
            // Now and then: somewhere it may be copied for this.
            value.shrink_to_fit();
        }
    }
    ready
}

/// The chunks that a value is sent in.
pub(crate) fn chunks(value: &[u8]) -> impl Iterator<Item = &[u8]> {
    value.chunks(CHUNK)
}
