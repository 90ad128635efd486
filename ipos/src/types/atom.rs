//! What is replaced whole though its parts can be shared: ranges and bounds, and what is held behind a
//! pointer without a size. Their bytes can be walked as those of another type.

use std::{
    cmp::Reverse,
    marker::PhantomData,
    num::Saturating,
    ops::{Bound, Range, RangeFrom, RangeInclusive, RangeTo},
    sync::Arc,
};

use super::{
    leaf::{LeafPatch, replaced_whole},
    list,
    number::Integer,
};
use crate::{
    codec::Native,
    schema::{Leaf, SchemaBuilder, Shape, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader, put, put_length},
};

/// `Shared` for what has the parts `$part`, as a tuple of them.
macro_rules! parts {
    ($($name:ident: |$value:ident| [$($get:expr),+], |$($part:ident),+| $new:expr;)*) => {$(
        impl<T: Shared> Shared for $name<T> {
            replaced_whole!();

            fn encode(&self, out: &mut Vec<u8>) {
                let $value = self;
                $( $get.encode(out); )+
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.parts(|reader| {
                    $( let $part = T::decode(reader)?; )+
                    Ok($new)
                })
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.tell::<Self>(|schema| {
                    let parts = [$( parts!(@part $part schema) ),+].to_vec();
                    let form = schema.tell::<LeafPatch<Self>>(|_| Shape::Tuple(parts));
                    Shape::Atom(stringify!($name).to_owned(), form)
                })
            }
        }
    )*};
    (@part $part:ident $schema:ident) => { T::describe($schema) };
}

parts! {
    Range: |range| [range.start, range.end], |start, end| start..end;
    RangeInclusive: |range| [range.start(), range.end()], |start, end| start..=end;
    RangeFrom: |range| [range.start], |start| start..;
    RangeTo: |range| [range.end], |end| ..end;
    Reverse: |reverse| [reverse.0], |value| Reverse(value);
}

impl<T: Integer> Shared for Saturating<T>
where
    Self: serde::Serialize + serde::de::DeserializeOwned,
{
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        self.0.encode(out);
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        T::decode(reader).map(Self)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.tell::<Self>(|schema| Shape::Atom("Saturating".to_owned(), T::describe(schema)))
    }
}

impl<T: Shared> Shared for Bound<T> {
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Unbounded => put_length(out, 0),
            Self::Included(value) => {
                put_length(out, 1);
                value.encode(out);
            }
            Self::Excluded(value) => {
                put_length(out, 2);
                value.encode(out);
            }
        }
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match reader.length()? {
            0 => reader.parts(|_| Ok(Self::Unbounded)),
            1 => reader.parts(T::decode).map(Self::Included),
            2 => reader.parts(T::decode).map(Self::Excluded),
            number => Err(reader.no_such("variant", "Bound", number)),
        }
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.tell::<Self>(|schema| {
            let form = schema.enumeration::<LeafPatch<Self>>(
                "Bound",
                &[
                    ("Unbounded", &[]),
                    ("Included", &[("0", T::describe, false)]),
                    ("Excluded", &[("0", T::describe, false)]),
                ],
            );
            Shape::Atom("Bound".to_owned(), form)
        })
    }
}

/// No bytes.
impl<T: ?Sized + Send + Sync + 'static> Shared for PhantomData<T> {
    replaced_whole!();

    fn encode(&self, _: &mut Vec<u8>) {}
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        <()>::decode(reader).map(|()| Self)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.leaf::<Self>(Leaf::Unit)
    }
}

macro_rules! pointers {
    ($($pointer:ident)*) => {$(
        impl Shared for $pointer<str> {
            replaced_whole!();

            fn encode(&self, out: &mut Vec<u8>) {
                put(out, &**self);
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                reader.text().map(Self::from)
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.tell::<Self>(|schema| {
                    let name = concat!(stringify!($pointer), "<str>");
                    Shape::Atom(name.to_owned(), String::describe(schema))
                })
            }
        }

        impl<T: Shared> Shared for $pointer<[T]> {
            replaced_whole!();

            fn encode(&self, out: &mut Vec<u8>) {
                put_length(out, self.len());
                T::encode_all(self, out);
            }
            fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
                let list: Vec<T> = list::decode(reader, Native)?;
                Ok(list.into())
            }
            fn describe(schema: &mut SchemaBuilder) -> TypeRef {
                schema.tell::<Self>(|schema| {
                    let name = concat!(stringify!($pointer), "<[_]>");
                    Shape::Atom(name.to_owned(), <Vec<T>>::describe(schema))
                })
            }
        }

        #[diagnostic::do_not_recommend]
        impl Assign<$pointer<str>> for &str {
            fn into_value(self) -> $pointer<str> {
                self.into()
            }
        }

        #[diagnostic::do_not_recommend]
        impl Assign<$pointer<str>> for String {
            fn into_value(self) -> $pointer<str> {
                self.into()
            }
        }

        #[diagnostic::do_not_recommend]
        impl<T> Assign<$pointer<[T]>> for Vec<T> {
            fn into_value(self) -> $pointer<[T]> {
                self.into()
            }
        }
    )*};
}

pointers! { Box Arc }
