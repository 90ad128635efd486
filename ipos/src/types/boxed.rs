//! `Box`: as if it were its content. A patch of a boxed value is boxed too, so that types and
//! patches can be recursive. It is not counted as a level of nesting: a peer that knows the type
//! only by its schema does not see it.

use crate::{
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming},
    schema::{SchemaBuilder, TypeRef},
    shared::Shared,
    wire::{DecodeError, Reader},
};

impl<T: Shared> Shared for Box<T> {
    type Patch = Box<T::Patch>;
    type Mut<'a> = T::Mut<'a>;

    fn writer(cursor: Cursor<'_, Self>) -> T::Mut<'_> {
        T::writer(cursor.unboxed())
    }
    fn finish(writer: T::Mut<'_>, finish: Finish) -> Result<()> {
        T::finish(writer, finish)
    }
    fn replace(cursor: Cursor<'_, Self>, value: Self) {
        T::replace(cursor.unboxed(), *value);
    }
    fn encode(&self, out: &mut Vec<u8>) {
        (**self).encode(out);
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(reader).map(Box::new)
    }
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        (**self).apply(patch)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        T::describe(schema)
    }
}
