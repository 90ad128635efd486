//! Numbers that are not 0. There is no adding to them, as a sum might be.

use std::num::NonZero;

use super::leaf::replaced_whole;
use crate::{
    schema::{Leaf, SchemaBuilder, TypeRef},
    shared::Shared,
    wire::{DecodeError, Reader},
};

macro_rules! non_zero {
    ($($number:ty => $leaf:ident,)*) => {$(
        impl Shared for NonZero<$number> {
            replaced_whole!();

            fn encode(&self, out: &mut Vec<u8>) {
                self.get().encode(out);
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let number = <$number>::decode(reader)?;
                reader.made(Self::new(number))
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.leaf::<Self>(Leaf::$leaf)
            }
        }
    )*};
}

non_zero! {
    u8 => NonZeroU8,
    u16 => NonZeroU16,
    u32 => NonZeroU32,
    u64 => NonZeroU64,
    u128 => NonZeroU128,
    usize => NonZeroUsize,
    i8 => NonZeroI8,
    i16 => NonZeroI16,
    i32 => NonZeroI32,
    i64 => NonZeroI64,
    i128 => NonZeroI128,
    isize => NonZeroIsize,
}
