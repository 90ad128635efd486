//! An object's value, with or without its Rust type.

use std::{any::Any, fmt::Debug, sync::Arc};

use crate::{
    Shared,
    dynamic::Value,
    patch::{Fault, Incoming},
    schema::Schema,
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
    #[cfg(test)]
    pub(crate) fn new(value: T) -> Self {
        Self::with_schema(value, Arc::new(crate::schema_of::<T>()))
    }

    /// A value, with the form of its type.
    pub(crate) fn with_schema(value: T, schema: Arc<Schema>) -> Self {
        Self { value, schema }
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
    form: Form,
    schema: Arc<Schema>,
}

#[derive(Debug)]
enum Form {
    /// As it arrived, read over once. It stays so until it is changed.
    Bytes(Arc<Vec<u8>>),
    Value(Value),
}

impl Untyped {
    /// Holds a value that is held here already.
    pub(crate) fn of(state: &dyn State) -> Self {
        let mut bytes = Vec::new();
        state.encode(&mut bytes);
        Self {
            form: Form::Bytes(Arc::new(bytes)),
            schema: state.schema().clone(),
        }
    }

    /// Holds a value whose bytes may come from a peer.
    pub(crate) fn from_bytes(
        bytes: impl Into<Arc<Vec<u8>>>,
        schema: Arc<Schema>,
    ) -> Result<Self, DecodeError> {
        let bytes = bytes.into();
        schema.check(&bytes)?;
        Ok(Self {
            form: Form::Bytes(bytes),
            schema,
        })
    }

    /// The value by the Rust type `T`, whose form it has.
    pub(crate) fn typed<T: Shared>(&self) -> Result<Typed<T>, DecodeError> {
        if let Form::Bytes(bytes) = &self.form {
            return Typed::from_bytes(bytes, self.schema.clone());
        }
        let mut bytes = Vec::new();
        self.encode(&mut bytes);
        Typed::from_bytes(&bytes, self.schema.clone())
    }
}

impl State for Untyped {
    fn schema(&self) -> &Arc<Schema> {
        &self.schema
    }
    fn encode(&self, out: &mut Vec<u8>) {
        match &self.form {
            Form::Bytes(bytes) => out.extend_from_slice(bytes),
            Form::Value(value) => self.schema.encode(value, out),
        }
    }
    fn reset(&mut self, bytes: &[u8]) -> Result<(), DecodeError> {
        self.schema.check(bytes)?;
        self.form = Form::Bytes(Arc::new(bytes.to_vec()));
        Ok(())
    }
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        if let Form::Bytes(bytes) = &self.form {
            self.form = Form::Value(self.schema.decode(&mut Reader::of_own(bytes))?);
        }
        match &mut self.form {
            Form::Value(value) => self.schema.apply(value, patch),
            Form::Bytes(_) => unreachable!("the bytes were just read"),
        }
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
