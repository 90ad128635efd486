//! Leaves: values that are replaced whole.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::{
    codec::{Codec, Native},
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, SET},
    recorder::Inverse,
    schema::{Leaf, SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader, put, put_length},
};

/// A change to a leaf.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum LeafPatch<T> {
    /// The new value.
    Set(T),
}

/// The wrapper of a leaf: a number, `bool`, `char` or `()`.
#[derive(Debug)]
pub struct LeafMut<'a, T>(Cursor<'a, T>);

impl<T> Deref for LeafMut<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0.value()
    }
}

impl<T: Shared> LeafMut<'_, T> {
    /// Replaces the value.
    pub fn set(&mut self, value: impl Assign<T>) {
        let value = value.into_value();
        let (old, undo) = self.0.record(|out| write_set(out, Native, &value));
        replace(old, Native, value, undo);
    }

    /// Changes the value in place; it is sent whole.
    pub fn modify<R>(&mut self, change: impl FnOnce(&mut T) -> R) -> R {
        let mut value = self.0.value().clone();
        let result = change(&mut value);
        self.set(value);
        result
    }
}

fn write_set<T>(out: &mut Vec<u8>, codec: impl Codec<T>, value: &T) {
    put_length(out, SET);
    codec.encode(value, out);
}

fn replace<T>(old: &mut T, codec: impl Codec<T>, value: T, mut undo: Inverse<'_>) {
    undo.note(|out| write_set(out, codec, old));
    *old = value;
}

/// Applies an incoming patch.
#[inline]
pub(crate) fn apply<T>(
    leaf: &mut T,
    codec: impl Codec<T>,
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let operation = patch.operation()?;
    match operation.number {
        SET => {
            let value = codec.decode(patch.reader())?;
            replace(leaf, codec, value, patch.inverse(operation));
            Ok(())
        }
        _ => Err(patch.no_such("operation", "leaf", operation)),
    }
}

macro_rules! leaves {
    ($($ty:ty => $leaf:ident,)*) => {$(
        impl Shared for $ty {
            type Patch = LeafPatch<Self>;
            type Mut<'a> = LeafMut<'a, Self>;

            #[inline]
            fn writer(cursor: Cursor<'_, Self>) -> LeafMut<'_, Self> {
                LeafMut(cursor)
            }
            fn finish(writer: LeafMut<'_, Self>, finish: Finish) -> Result<()> {
                writer.0.finish(finish)
            }
            #[inline]
            fn replace(cursor: Cursor<'_, Self>, value: Self) {
                LeafMut(cursor).set(value);
            }
            #[inline]
            fn encode(&self, out: &mut Vec<u8>) {
                put(out, self);
            }
            #[inline]
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.leaf()
            }
            #[inline]
            fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
                apply(self, Native, patch)
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.leaf::<Self>(Leaf::$leaf)
            }
        }
    )*};
}

leaves! {
    () => Unit,
    bool => Bool,
    char => Char,
    u8 => U8,
    u16 => U16,
    u32 => U32,
    u64 => U64,
    u128 => U128,
    usize => Usize,
    i8 => I8,
    i16 => I16,
    i32 => I32,
    i64 => I64,
    i128 => I128,
    isize => Isize,
    f32 => F32,
    f64 => F64,
}
