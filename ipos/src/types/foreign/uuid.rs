//! `Uuid`: its 16 bytes.

use uuid::Uuid;

use crate::{
    schema::{Leaf, SchemaBuilder, TypeRef},
    shared::Shared,
    types::leaf::replaced_whole,
    wire::{DecodeError, Reader},
};

impl Shared for Uuid {
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self.as_bytes());
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.array().map(Self::from_bytes)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.leaf::<Self>(Leaf::Uuid)
    }
}
