//! Postcard's form, read within bounds.

use std::{any::type_name, fmt};

use serde::de::{
    self, DeserializeOwned, DeserializeSeed, Deserializer, EnumAccess, IntoDeserializer, MapAccess,
    SeqAccess, VariantAccess, Visitor, value::U32Deserializer,
};

use crate::wire::{DecodeError, Problem, Reader};

/// How many elements are reserved at the most before they are read.
const RESERVED: usize = 64;

/// Reads a value.
pub(super) fn read<T: DeserializeOwned>(reader: &mut Reader<'_>) -> Result<T, DecodeError> {
    T::deserialize(Form(reader)).map_err(|refused| match refused {
        Refused::Bytes(error) => error,
        Refused::Untold => reader.problem(Problem::NotA(type_name::<T>())),
        Refused::Type(why) => reader.problem(Problem::Refused {
            of: type_name::<T>(),
            why,
        }),
    })
}

type Read<T> = Result<T, Refused>;

/// Why a value was not read.
#[derive(Debug)]
enum Refused {
    /// The bytes are not in the form that the type asks for.
    Bytes(DecodeError),
    /// The type does not take what they say, in its own words.
    Type(String),
    /// The type asks for what the form does not tell.
    Untold,
}

impl From<DecodeError> for Refused {
    fn from(error: DecodeError) -> Self {
        Self::Bytes(error)
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bytes(error) => error.fmt(f),
            Self::Type(why) => f.write_str(why),
            Self::Untold => f.write_str("the type does not take these bytes"),
        }
    }
}

impl std::error::Error for Refused {}

impl de::Error for Refused {
    fn custom<T: fmt::Display>(why: T) -> Self {
        Self::Type(why.to_string())
    }
}

/// What is read next.
struct Form<'r, 'a>(&'r mut Reader<'a>);

impl<'a> Form<'_, 'a> {
    /// Reads one level deeper.
    fn deeper<R>(self, read: impl FnOnce(&mut Reader<'a>) -> Read<R>) -> Read<R> {
        self.0.enter()?;
        let result = read(self.0);
        self.0.leave();
        result
    }
}

macro_rules! values {
    ($($method:ident $visit:ident $read:ident,)*) => {$(
        fn $method<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
            visitor.$visit(self.0.$read()?)
        }
    )*};
}

/// What the form does not tell.
macro_rules! untold {
    ($($method:ident,)*) => {$(
        fn $method<V: Visitor<'de>>(self, _: V) -> Read<V::Value> {
            Err(Refused::Untold)
        }
    )*};
}

impl<'de> Deserializer<'de> for Form<'_, 'de> {
    type Error = Refused;

    values! {
        deserialize_bool visit_bool leaf,
        deserialize_u8 visit_u8 leaf,
        deserialize_u16 visit_u16 integer,
        deserialize_u32 visit_u32 integer,
        deserialize_u64 visit_u64 integer,
        deserialize_u128 visit_u128 integer,
        deserialize_i8 visit_i8 leaf,
        deserialize_i16 visit_i16 integer,
        deserialize_i32 visit_i32 integer,
        deserialize_i64 visit_i64 integer,
        deserialize_i128 visit_i128 integer,
        deserialize_f32 visit_f32 leaf,
        deserialize_f64 visit_f64 leaf,
        deserialize_char visit_char character,
        deserialize_str visit_borrowed_str text,
        deserialize_string visit_borrowed_str text,
        deserialize_bytes visit_borrowed_bytes blob,
        deserialize_byte_buf visit_borrowed_bytes blob,
    }

    untold! { deserialize_any, deserialize_identifier, deserialize_ignored_any, }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        if self.0.presence()? {
            self.deeper(|reader| visitor.visit_some(Form(reader)))
        } else {
            visitor.visit_none()
        }
    }

    fn deserialize_unit<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        visitor.visit_unit()
    }

    fn deserialize_unit_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        visitor.visit_unit()
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Read<V::Value> {
        self.deeper(|reader| visitor.visit_newtype_struct(Form(reader)))
    }

    fn deserialize_seq<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let length = self.0.length()?;
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_map<V: Visitor<'de>>(self, visitor: V) -> Read<V::Value> {
        let left = self.0.length()?;
        self.deeper(|reader| visitor.visit_map(Elements { reader, left }))
    }

    fn deserialize_tuple<V: Visitor<'de>>(self, left: usize, visitor: V) -> Read<V::Value> {
        self.deeper(|reader| visitor.visit_seq(Elements { reader, left }))
    }

    fn deserialize_tuple_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        length: usize,
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_tuple(length, visitor)
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.deserialize_tuple(fields.len(), visitor)
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.deeper(|reader| visitor.visit_enum(Form(reader)))
    }

    fn is_human_readable(&self) -> bool {
        false
    }
}

/// So many elements.
struct Elements<'r, 'a> {
    reader: &'r mut Reader<'a>,
    left: usize,
}

impl Elements<'_, '_> {
    /// How many elements are worth a reservation.
    fn reserved(&self) -> usize {
        self.left.min(self.reader.rest()).min(RESERVED)
    }
}

impl<'de> SeqAccess<'de> for Elements<'_, 'de> {
    type Error = Refused;

    fn next_element_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        let Some(left) = self.left.checked_sub(1) else {
            return Ok(None);
        };
        self.left = left;
        let before = self.reader.position();
        let element = seed.deserialize(Form(self.reader))?;
        self.reader.count_if_empty(before)?;
        Ok(Some(element))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.reserved())
    }
}

impl<'de> MapAccess<'de> for Elements<'_, 'de> {
    type Error = Refused;

    fn next_key_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<Option<S::Value>> {
        self.next_element_seed(seed)
    }

    fn next_value_seed<S: DeserializeSeed<'de>>(&mut self, seed: S) -> Read<S::Value> {
        seed.deserialize(Form(self.reader))
    }

    fn size_hint(&self) -> Option<usize> {
        Some(self.reserved())
    }
}

impl<'de> EnumAccess<'de> for Form<'_, 'de> {
    type Error = Refused;
    type Variant = Self;

    fn variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Read<(S::Value, Self)> {
        let number: U32Deserializer<Refused> = self.0.integer::<u32>()?.into_deserializer();
        Ok((seed.deserialize(number)?, self))
    }
}

impl<'de> VariantAccess<'de> for Form<'_, 'de> {
    type Error = Refused;

    fn unit_variant(self) -> Read<()> {
        Ok(())
    }

    fn newtype_variant_seed<S: DeserializeSeed<'de>>(self, seed: S) -> Read<S::Value> {
        seed.deserialize(self)
    }

    fn tuple_variant<V: Visitor<'de>>(self, left: usize, visitor: V) -> Read<V::Value> {
        let reader = self.0;
        visitor.visit_seq(Elements { reader, left })
    }

    fn struct_variant<V: Visitor<'de>>(
        self,
        fields: &'static [&'static str],
        visitor: V,
    ) -> Read<V::Value> {
        self.tuple_variant(fields.len(), visitor)
    }
}
