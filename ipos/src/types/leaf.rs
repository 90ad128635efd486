//! Leaves: values that are replaced whole. Numbers can also be added to; see `number`.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::{
    codec::{Codec, Native},
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, SET, patch_forms},
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

patch_forms! {
    impl[T: Shared] Patch for LeafPatch<T>, of "leaf" {
        SET => (Self::Set(value)), [value] [];
    }
}

/// The wrapper of a leaf: of what is replaced whole.
#[derive(Debug)]
pub struct LeafMut<'a, T>(pub(super) Cursor<'a, T>);

impl<T> Deref for LeafMut<'_, T> {
    type Target = T;
    fn deref(&self) -> &T {
        self.0.value()
    }
}

impl<T: Shared> LeafMut<'_, T> {
    /// Replaces the value.
    pub fn set(&mut self, value: impl Assign<T>) {
        set(&mut self.0, value.into_value());
    }

    /// Changes the value in place; it is sent whole.
    pub fn modify<R>(&mut self, change: impl FnOnce(&mut T) -> R) -> R {
        modify(&mut self.0, change)
    }
}

/// Replaces the value at a place of an open commit.
pub(super) fn set<T: Shared>(cursor: &mut Cursor<'_, T>, value: T) {
    let (old, undo) = cursor.record(|out| write(out, SET, Native, &value));
    replace(old, Native, value, undo);
}

/// Changes a copy of the value at a place of an open commit, and replaces it by that.
pub(super) fn modify<T: Shared, R>(
    cursor: &mut Cursor<'_, T>,
    change: impl FnOnce(&mut T) -> R,
) -> R {
    let mut value = cursor.value().clone();
    let result = change(&mut value);
    let bytes = |value: &T| {
        let mut bytes = Vec::new();
        value.encode(&mut bytes);
        bytes
    };
    if bytes(&value) != bytes(cursor.value()) {
        set(cursor, value);
    }
    result
}

/// Appends an operation on a value.
#[inline]
pub(super) fn write<T>(out: &mut Vec<u8>, operation: usize, codec: impl Codec<T>, value: &T) {
    put_length(out, operation);
    codec.encode(value, out);
}

#[inline]
pub(crate) fn replace<T>(old: &mut T, codec: impl Codec<T>, value: T, mut undo: Inverse<'_>) {
    undo.note(|out| write(out, SET, codec, old));
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

/// What of `Shared` is the same for all whose patch is a new value. How the value is written, read and
/// described stands beside.
macro_rules! replaced_whole {
    () => {
        type Patch = $crate::types::leaf::LeafPatch<Self>;
        type Mut<'a> = $crate::types::leaf::LeafMut<'a, Self>;

        fn writer(
            cursor: $crate::cursor::Cursor<'_, Self>,
        ) -> $crate::types::leaf::LeafMut<'_, Self> {
            $crate::types::leaf::LeafMut(cursor)
        }
        fn finish(
            writer: $crate::types::leaf::LeafMut<'_, Self>,
            finish: $crate::cursor::Finish,
        ) -> $crate::error::Result<()> {
            writer.0.finish(finish)
        }
        fn replace(cursor: $crate::cursor::Cursor<'_, Self>, value: Self) {
            $crate::types::leaf::LeafMut(cursor).set(value);
        }
        fn apply(
            &mut self,
            patch: &mut $crate::patch::Incoming<'_>,
        ) -> Result<(), $crate::patch::Fault> {
            $crate::types::leaf::apply(self, $crate::codec::Native, patch)
        }
    };
}
pub(super) use replaced_whole;

/// `Shared` for leaves: by which typed patch and which wrapper, how their patches are applied, and how
/// their values are read; for some with more methods.
macro_rules! leaves {
    ($patch:ident, $writer:ident, $apply:expr; $($ty:ty => $leaf:ident $put:ident $read:ident $({$($more:tt)*})?,)*) => {$(
        impl Shared for $ty {
            type Patch = $patch<Self>;
            type Mut<'a> = $writer<'a, Self>;

            #[inline]
            fn writer(cursor: Cursor<'_, Self>) -> $writer<'_, Self> {
                $writer(cursor)
            }
            fn finish(writer: $writer<'_, Self>, finish: Finish) -> Result<()> {
                writer.0.finish(finish)
            }
            #[inline]
            fn replace(cursor: Cursor<'_, Self>, value: Self) {
                $writer(cursor).set(value);
            }
            #[inline]
            fn encode(&self, out: &mut Vec<u8>) {
                $put(out, self);
            }
            #[inline]
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.$read()
            }
            #[inline]
            fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
                $apply(self, Native, patch)
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.leaf::<Self>(Leaf::$leaf)
            }
            $($($more)*)?
        }
    )*};
}
pub(super) use leaves;

leaves! {
    LeafPatch, LeafMut, apply;
    () => Unit put leaf,
    bool => Bool put leaf,
    char => Char put character,
}
