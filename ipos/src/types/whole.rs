//! Values that are replaced whole, and that only their own serde can read: `#[shared(atomic)]`.

use std::{any::type_name, fmt::Debug, ops::Deref};

use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::leaf;
use crate::{
    codec::Codec,
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, Patch, SET},
    schema::{SchemaBuilder, Shape, TypeRef},
    shared::Assign,
    wire::{DecodeError, Reader, put_opaque},
};

/// What can be replaced whole: whatever serde can write and read.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be replaced whole",
    label = "serde cannot write and read this, or it cannot be cloned, printed, or sent to a thread",
    note = "what is `#[shared(atomic)]` needs no `Shared`, but `Serialize`, `Deserialize`, `Clone` and \
            `Debug`: derive them at `{Self}`"
)]
pub trait Whole: Serialize + DeserializeOwned + Clone + Debug + Send + Sync + 'static {}

#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned + Clone + Debug + Send + Sync + 'static> Whole for T {}

/// A change to a value that is replaced whole.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum AtomicPatch<T> {
    /// The new value.
    Set(T),
}

impl<T: Whole> Patch for AtomicPatch<T> {
    fn encode(&self, out: &mut Vec<u8>) {
        let Self::Set(value) = self;
        leaf::write(out, SET, BySerde, value);
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match reader.length()? {
            SET => decode(reader).map(Self::Set),
            number => Err(reader.no_such("operation", "leaf", number)),
        }
    }
}

/// The wrapper of a value that is replaced whole.
///
/// # Panics
///
/// [`set`](Self::set) and [`modify`](Self::modify) panic when the new value cannot be written by serde, or could
/// not be read back by another process: it nests more than 128 levels deep, or its type asks for
/// what postcard does not tell, such as a value of any kind.
#[derive(Debug)]
pub struct AtomicMut<'a, T>(Cursor<'a, T>);

impl<T> Deref for AtomicMut<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0.value()
    }
}

impl<T: Whole> AtomicMut<'_, T> {
    /// Replaces the value.
    pub fn set(&mut self, value: impl Assign<T>) {
        let value = value.into_value();
        // Written before anything is recorded, as it may panic.
        let mut operation = vec![];
        leaf::write(&mut operation, SET, BySerde, &value);
        let (old, undo) = self.0.record(|out| out.extend_from_slice(&operation));
        leaf::replace(old, BySerde, value, undo);
    }

    /// Changes the value in place; it is sent whole.
    pub fn modify<R>(&mut self, change: impl FnOnce(&mut T) -> R) -> R {
        let mut value = self.clone();
        let result = change(&mut value);
        self.set(value);
        result
    }
}

/// Values as serde writes and reads them.
#[derive(Clone, Copy, Debug)]
struct BySerde;

impl<T: Whole> Codec<T> for BySerde {
    fn encode(self, value: &T, out: &mut Vec<u8>) {
        encode(value, out);
    }
    fn decode(self, reader: &mut Reader<'_>) -> Result<T, DecodeError> {
        decode(reader)
    }
    fn apply(self, value: &mut T, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        apply(value, patch)
    }
}

/// [`Shared::writer`](crate::Shared::writer) of a value that is replaced whole.
pub fn writer<T: Whole>(cursor: Cursor<'_, T>) -> AtomicMut<'_, T> {
    AtomicMut(cursor)
}

/// [`Shared::finish`](crate::Shared::finish) of a value that is replaced whole.
pub fn finish<T: Whole>(writer: AtomicMut<'_, T>, finish: Finish) -> Result<()> {
    writer.0.finish(finish)
}

/// [`Shared::replace`](crate::Shared::replace) of a value that is replaced whole.
pub fn replace<T: Whole>(cursor: Cursor<'_, T>, value: T) {
    AtomicMut(cursor).set(value);
}

/// [`Shared::encode`](crate::Shared::encode) of a value that is replaced whole.
pub fn encode<T: Whole>(value: &T, out: &mut Vec<u8>) {
    put_opaque(out, value);
}

/// [`Shared::decode`](crate::Shared::decode) of a value that is replaced whole.
pub fn decode<T: Whole>(reader: &mut Reader<'_>) -> Result<T, DecodeError> {
    reader.opaque()
}

/// [`Shared::apply`](crate::Shared::apply) of a value that is replaced whole.
pub fn apply<T: Whole>(value: &mut T, patch: &mut Incoming<'_>) -> Result<(), Fault> {
    leaf::apply(value, BySerde, patch)
}

/// [`Shared::describe`](crate::Shared::describe) of a value that is replaced whole.
pub fn describe<T: Whole>(schema: &mut SchemaBuilder) -> TypeRef {
    describe_as::<T>(&short_name(type_name::<T>()), schema)
}

/// The same for a type that has another name in schemas.
pub fn describe_as<T: Whole>(name: &str, schema: &mut SchemaBuilder) -> TypeRef {
    // Told under its patch's type, since `T` may be shared elsewhere in parts.
    schema.tell::<AtomicPatch<T>>(|_| Shape::Opaque(name.to_owned()))
}

/// The name of a type without the modules that it and its arguments stand in.
fn short_name(name: &str) -> String {
    let mut short = String::new();
    let mut word = 0;
    let mut rest = name.chars().peekable();
    while let Some(c) = rest.next() {
        if c == ':' && rest.next_if_eq(&':').is_some() {
            short.truncate(word);
            continue;
        }
        short.push(c);
        if !(c.is_alphanumeric() || matches!(c, '_' | '#')) {
            word = short.len();
        }
    }
    short
}

#[cfg(test)]
mod tests;
