//! `Bytes` and `BytesMut`: replaced whole.

use bytes::{Bytes, BytesMut};

use crate::{
    schema::{Leaf, SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    types::leaf::replaced_whole,
    wire::{DecodeError, Reader, put_blob},
};

macro_rules! buffers {
    ($($ty:ident)*) => {$(
        impl Shared for $ty {
            replaced_whole!();

            fn encode(&self, out: &mut Vec<u8>) {
                put_blob(out, self);
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.blob().map(|bytes| bytes.iter().copied().collect())
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.leaf::<Self>(Leaf::Bytes)
            }
        }

        impl Assign<$ty> for &[u8] {
            fn into_value(self) -> $ty {
                self.iter().copied().collect()
            }
        }
    )*};
}

buffers! { Bytes BytesMut }

impl Assign<Bytes> for Vec<u8> {
    fn into_value(self) -> Bytes {
        self.into()
    }
}
