//! `Wrapping`: a number whose sums wrap around, as those of all integers do where they are applied.

use std::num::Wrapping;

use super::number::{self, Integer, Number, NumberMut, NumberPatch, Sign};
use crate::{
    codec::Native,
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming},
    schema::{SchemaBuilder, TypeRef},
    shared::Shared,
    wire::{DecodeError, Reader},
};

impl<T> Shared for Wrapping<T>
where
    T: Integer,
    Self: serde::Serialize + serde::de::DeserializeOwned,
{
    type Patch = NumberPatch<Self>;
    type Mut<'a> = NumberMut<'a, Self>;

    fn writer(cursor: Cursor<'_, Self>) -> NumberMut<'_, Self> {
        NumberMut(cursor)
    }
    fn finish(writer: NumberMut<'_, Self>, finish: Finish) -> Result<()> {
        writer.0.finish(finish)
    }
    fn replace(cursor: Cursor<'_, Self>, value: Self) {
        NumberMut(cursor).set(value);
    }
    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(reader).map(Self)
    }
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        number::apply(self, Native, patch)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        T::describe(schema)
    }
}

impl<T: Integer> Number for Wrapping<T>
where
    Self: Shared,
{
    const IS_EXACT: bool = true;

    fn sum(self, other: Self, sign: Sign) -> Self {
        Self(self.0.sum(other.0, sign))
    }
    fn checked_sum(self, other: Self, sign: Sign) -> Option<Self> {
        Some(self.sum(other, sign))
    }
    fn shortest(self, sign: Sign) -> (Self, Sign) {
        let (term, sign) = self.0.shortest(sign);
        (Self(term), sign)
    }
    fn encode_term(self, out: &mut Vec<u8>) {
        self.0.encode_term(out);
    }
    fn decode_term(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode_term(reader).map(Self)
    }
}
