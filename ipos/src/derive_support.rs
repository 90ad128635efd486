//! What the derive's output calls. Not for people: it changes with the derive.

use std::{fmt, marker::PhantomData};

pub use serde;
use serde::de::{self, Deserializer, EnumAccess, VariantAccess, Visitor};

use crate::{patch::Patch, wire::put_length};

pub use crate::{
    Error, Result,
    cursor::{Cursor, Finish},
    patch::{Fault, Incoming},
    recorder::{Recorder, UndoLog},
    schema::{Describe, DescribeField, SchemaBuilder, TypeRef},
    wire::{DecodeError, Reader},
};

/// [`Shared`](crate::Shared)'s methods for fields and types that are replaced whole.
pub mod atomic {
    pub use crate::types::whole::{apply, decode, describe, encode, finish, replace, writer};
}

/// A derived patch enum: one newtype variant a field.
pub trait PatchEnum: Sized {
    /// Its name.
    const NAME: &'static str;
    /// Its variants' names, in order.
    const VARIANTS: &'static [&'static str];

    /// Reads the content of variant number `index`, which is less than the number of variants.
    fn variant<'de, A: VariantAccess<'de>>(index: usize, access: A) -> Result<Self, A::Error>;
}

/// Appends a patch of part number `index`.
pub fn encode_part(index: usize, patch: &impl Patch, out: &mut Vec<u8>) {
    put_length(out, index);
    patch.encode(out);
}

/// The patch of a type whose derive has failed.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub enum NoPatch {}

impl Patch for NoPatch {
    fn encode(&self, _: &mut Vec<u8>) {
        match *self {}
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Err(reader.no_such("operation", "this type", 0))
    }
}

/// `Deserialize` for a derived patch enum.
pub fn deserialize_patch<'de, P: PatchEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<P, D::Error> {
    deserializer.deserialize_enum(P::NAME, P::VARIANTS, PatchVisitor(PhantomData))
}

struct PatchVisitor<P>(PhantomData<P>);

impl<'de, P: PatchEnum> Visitor<'de> for PatchVisitor<P> {
    type Value = P;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {}", P::NAME)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<P, A::Error> {
        let (index, access) = data.variant_seed(VariantIndex(P::VARIANTS))?;
        P::variant(index, access)
    }
}

/// The place of a variant, from its number (postcard) or its name (JSON).
struct VariantIndex(&'static [&'static str]);

impl<'de> de::DeserializeSeed<'de> for VariantIndex {
    type Value = usize;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for VariantIndex {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {:?}", self.0)
    }

    fn visit_u64<E: de::Error>(self, index: u64) -> Result<usize, E> {
        usize::try_from(index)
            .ok()
            .filter(|&index| index < self.0.len())
            .ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(index), &self))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<usize, E> {
        self.0
            .iter()
            .position(|&variant| variant == name)
            .ok_or_else(|| E::unknown_variant(name, self.0))
    }
}
