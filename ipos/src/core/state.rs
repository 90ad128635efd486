//! An object's value, with or without its Rust type.

use std::{any::Any, fmt::Debug, sync::Arc};

use crate::{
    Shared,
    dynamic::Value,
    patch::{Fault, Incoming},
    schema::{Schema, schema_of},
    wire::{DecodeError, Reader},
};

/// The value of an object, changed by patches in byte form.
pub(crate) trait State: Any + Debug + Send + Sync {
    /// The form of the value.
    fn schema(&self) -> &Arc<Schema>;
    /// Appends the value's byte form.
    fn encode(&self, out: &mut Vec<u8>);
    /// Replaces the value by one in byte form. On an error it is unchanged.
    fn reset(&mut self, bytes: &[u8]) -> Result<(), DecodeError>;
    /// Applies one patch. On a fault the value is unchanged.
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault>;
    /// For the way back to the Rust type.
    fn as_any(&self) -> &dyn Any;
    /// For the way back to the Rust type.
    fn as_any_mut(&mut self) -> &mut dyn Any;
}

/// A value by its Rust type.
#[derive(Debug)]
pub(crate) struct Typed<T> {
    pub(crate) value: T,
    schema: Arc<Schema>,
}

impl<T: Shared> Typed<T> {
    pub(crate) fn new(value: T) -> Self {
        Self {
            value,
            schema: Arc::new(schema_of::<T>()),
        }
    }

    /// Reads a value whose bytes may come from a peer.
    pub(crate) fn from_bytes(bytes: &[u8], schema: Arc<Schema>) -> Result<Self, DecodeError> {
        Ok(Self {
            value: whole(bytes, T::decode)?,
            schema,
        })
    }
}

impl<T: Shared> State for Typed<T> {
    fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }
    fn encode(&self, out: &mut Vec<u8>) {
        self.value.encode(out);
    }
    fn reset(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        self.value = whole(bytes, T::decode)?;
        Ok(())
    }
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        self.value.apply(patch)
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// A value of a type that this program has not named so far.
#[derive(Debug)]
pub(crate) struct Untyped {
    value: Value,
    schema: Arc<Schema>,
}

impl Untyped {
    /// Reads a value whose bytes may come from a peer.
    pub(crate) fn from_bytes(bytes: &[u8], schema: Arc<Schema>) -> Result<Self, DecodeError> {
        Ok(Self {
            value: whole(bytes, |reader| schema.decode(reader))?,
            schema,
        })
    }
}

impl State for Untyped {
    fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }
    fn encode(&self, out: &mut Vec<u8>) {
        self.schema.encode(&self.value, out);
    }
    fn reset(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        self.value = whole(bytes, |reader| self.schema.decode(reader))?;
        Ok(())
    }
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        self.schema.apply(&mut self.value, patch)
    }
    fn as_any(&self) -> &dyn Any {
        self
    }
    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }
}

/// A value that takes all of `bytes`.
fn whole<T>(
    bytes: &[u8],
    decode: impl FnOnce(&mut Reader<'_>) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let mut reader = Reader::new(bytes);
    let value = decode(&mut reader)?;
    reader.finish()?;
    Ok(value)
}
