//! How the elements of a container are read, written and changed: by their Rust type, or by a
//! schema. Each container's operations are written once, over this.

use crate::{
    patch::{Fault, Incoming},
    shared::Shared,
    wire::{DecodeError, Reader},
};

/// Reads, writes and changes values of one type.
pub(crate) trait Codec<T>: Copy {
    /// Appends a value's byte form.
    fn encode(self, value: &T, out: &mut Vec<u8>);
    /// Reads a value from its byte form.
    fn decode(self, reader: &mut Reader<'_>) -> Result<T, DecodeError>;
    /// Appends the byte forms of values, one after the other.
    fn encode_all(self, values: &[T], out: &mut Vec<u8>) {
        for value in values {
            self.encode(value, out);
        }
    }
    /// Reads so many values.
    fn decode_all(self, count: usize, reader: &mut Reader<'_>) -> Result<Vec<T>, DecodeError> {
        let mut values = Vec::new();
        for _ in 0..count {
            values.push(self.decode(reader)?);
        }
        Ok(values)
    }
    /// Applies the rest of an incoming patch. On a fault the value is unchanged.
    fn apply(self, value: &mut T, patch: &mut Incoming<'_>) -> Result<(), Fault>;
}

/// By the Rust type.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Native;

impl<T: Shared> Codec<T> for Native {
    #[inline]
    fn encode(self, value: &T, out: &mut Vec<u8>) {
        value.encode(out);
    }
    #[inline]
    fn decode(self, reader: &mut Reader<'_>) -> Result<T, DecodeError> {
        T::decode(reader)
    }
    fn encode_all(self, values: &[T], out: &mut Vec<u8>) {
        T::encode_all(values, out);
    }
    fn decode_all(self, count: usize, reader: &mut Reader<'_>) -> Result<Vec<T>, DecodeError> {
        T::decode_all(count, reader)
    }
    #[inline]
    fn apply(self, value: &mut T, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        value.apply(patch)
    }
}
