//! The serde form of derived patches: that of an enum of newtype variants, by names or numbers.

use std::{fmt, marker::PhantomData};

use serde::{
    Serializer,
    de::{self, Deserializer, EnumAccess, VariantAccess, Visitor},
};

use super::patch_enum::{PatchEnum, PatchSource, PatchVisitor};
use crate::{
    patch::{Patch, SET},
    shared::Shared,
};

/// `Serialize` for a derived patch enum.
pub fn serialize_patch<P: PatchEnum, S: Serializer>(
    patch: &P,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    patch.give(Serialize::<P, S>(serializer, PhantomData))
}

struct Serialize<P, S>(S, PhantomData<P>);

impl<P: PatchEnum, S: Serializer> Serialize<P, S> {
    fn write(
        self,
        number: usize,
        content: &(impl serde::Serialize + ?Sized),
    ) -> Result<S::Ok, S::Error> {
        let index = u32::try_from(number).expect("a type has fewer fields and variants");
        let variant = P::VARIANTS[number];
        self.0
            .serialize_newtype_variant(P::NAME, index, variant, content)
    }
}

impl<P: PatchEnum, S: Serializer> PatchVisitor for Serialize<P, S> {
    type Output = Result<S::Ok, S::Error>;

    fn field(self, number: usize, patch: &impl Patch) -> Self::Output {
        self.write(number, patch)
    }
    fn newtype(self, number: usize, patch: &impl Patch) -> Self::Output {
        self.write(number, patch)
    }
    fn whole(self, value: &impl Shared) -> Self::Output {
        self.write(SET, value)
    }
}

/// `Deserialize` for a derived patch enum.
pub fn deserialize_patch<'de, P: PatchEnum, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<P, D::Error> {
    deserializer.deserialize_enum(P::NAME, P::VARIANTS, Variants(PhantomData))
}

struct Variants<P>(PhantomData<P>);

impl<'de, P: PatchEnum> Visitor<'de> for Variants<P> {
    type Value = P;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "a {}", P::NAME)
    }

    fn visit_enum<A: EnumAccess<'de>>(self, data: A) -> Result<P, A::Error> {
        let (number, access) = data.variant_seed(Number(P::VARIANTS))?;
        P::take(number, Content(access, P::VARIANTS[number], PhantomData))
    }
}

/// The content of a variant, and the variant's name.
struct Content<'de, A>(A, &'static str, PhantomData<&'de ()>);

impl<'de, A: VariantAccess<'de>> PatchSource for Content<'de, A> {
    type Error = A::Error;

    fn field<P: Patch>(self) -> Result<P, A::Error> {
        self.0.newtype_variant()
    }
    fn variant<P: Patch>(self) -> Result<P, A::Error> {
        self.0.newtype_variant()
    }
    fn newtype<P: Patch>(self) -> Result<P, A::Error> {
        self.0.newtype_variant()
    }
    fn whole<T: Shared>(self) -> Result<T, A::Error> {
        self.0.newtype_variant()
    }
    fn no_such<T>(self, _: usize) -> Result<T, A::Error> {
        let variant = self.1;
        Err(de::Error::custom(format_args!(
            "there is nothing to change inside `{variant}`"
        )))
    }
}

/// The number of a variant, from its number (postcard) or its name (JSON).
struct Number(&'static [&'static str]);

impl<'de> de::DeserializeSeed<'de> for Number {
    type Value = usize;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<usize, D::Error> {
        deserializer.deserialize_identifier(self)
    }
}

impl Visitor<'_> for Number {
    type Value = usize;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "one of {:?}", self.0)
    }

    fn visit_u64<E: de::Error>(self, number: u64) -> Result<usize, E> {
        usize::try_from(number)
            .ok()
            .filter(|&number| number < self.0.len())
            .ok_or_else(|| E::invalid_value(de::Unexpected::Unsigned(number), &self))
    }

    fn visit_str<E: de::Error>(self, name: &str) -> Result<usize, E> {
        self.0
            .iter()
            .position(|&variant| variant == name)
            .ok_or_else(|| E::unknown_variant(name, self.0))
    }
}
