//! Reading over values and patches by their schema alone.

use super::{Leaf, Schema, Shape, TypeRef};
use crate::{
    Shared,
    patch::SET,
    types::{list, map, option, set, text},
    wire::{DecodeError, Problem, Reader},
};

impl Schema {
    /// Reads over one patch of the schema's root type.
    pub(crate) fn skip_patch(&self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.patch(self.root, reader)
    }

    fn patch(&self, ty: TypeRef, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let number = reader.length()?;
        let no_such = |of| Problem::NoSuch {
            what: "operation",
            of,
            number: number as u64,
        };
        match (self.shape(ty), number) {
            (Shape::Tuple(parts), _) => match parts.get(number) {
                Some(&part) => self.patch(part, reader),
                None => Err(reader.problem(no_such("tuple"))),
            },
            (Shape::Struct(_, fields), _) => match fields.get(number) {
                Some(field) => self.patch(field.ty, reader),
                None => Err(reader.problem(no_such("struct"))),
            },
            (_, SET) => self.value(ty, reader),
            (Shape::Leaf(_), _) => Err(reader.problem(no_such("leaf"))),
            (Shape::Text, text::PUSH) => reader.text().map(drop),
            (Shape::Text, text::SPLICE) => {
                reader.length()?;
                reader.length()?;
                reader.text().map(drop)
            }
            (Shape::Text, _) => Err(reader.problem(no_such("String"))),
            (&Shape::Option(inner), option::SOME) => {
                reader.nested(|reader| self.patch(inner, reader))
            }
            (Shape::Option(_), _) => Err(reader.problem(no_such("Option"))),
            (&Shape::List(_, item), _) => self.list_patch(ty, item, number, reader),
            (&Shape::Map(_, key, value), map::INSERT) => reader.nested(|reader| {
                self.value(key, reader)?;
                self.value(value, reader)
            }),
            (&Shape::Map(_, key, _), map::REMOVE) => {
                reader.nested(|reader| self.value(key, reader))
            }
            (&Shape::Map(_, key, value), map::AT) => {
                reader.nested(|reader| self.value(key, reader))?;
                reader.nested(|reader| self.patch(value, reader))
            }
            (Shape::Map(..), _) => Err(reader.problem(no_such("map"))),
            (&Shape::Set(_, item), set::INSERT | set::REMOVE) => {
                reader.nested(|reader| self.value(item, reader))
            }
            (Shape::Set(..), _) => Err(reader.problem(no_such("set"))),
        }
    }

    fn list_patch(
        &self,
        list: TypeRef,
        item: TypeRef,
        operation: usize,
        reader: &mut Reader<'_>,
    ) -> Result<(), DecodeError> {
        match operation {
            list::AT => {
                reader.length()?;
                reader.nested(|reader| self.patch(item, reader))
            }
            list::PUSH => reader.nested(|reader| self.value(item, reader)),
            list::INSERT => {
                reader.length()?;
                reader.nested(|reader| self.value(item, reader))
            }
            list::REMOVE => reader.length().map(drop),
            list::SPLICE => {
                reader.length()?;
                reader.length()?;
                self.value(list, reader)
            }
            list::SWAP => {
                reader.length()?;
                reader.length().map(drop)
            }
            list::PERMUTE => list::permutation(reader).map(drop),
            list::RETAIN => list::numbers(reader).map(drop),
            _ => Err(reader.problem(Problem::NoSuch {
                what: "operation",
                of: "list",
                number: operation as u64,
            })),
        }
    }

    fn value(&self, ty: TypeRef, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        match self.shape(ty) {
            Shape::Leaf(leaf) => leaf.skip(reader),
            Shape::Text => reader.text().map(drop),
            &Shape::Option(inner) => {
                if reader.presence()? {
                    reader.nested(|reader| self.value(inner, reader))?;
                }
                Ok(())
            }
            &Shape::List(_, item) | &Shape::Set(_, item) => {
                reader.elements(|reader| self.value(item, reader))
            }
            &Shape::Map(_, key, value) => reader.elements(|reader| {
                self.value(key, reader)?;
                self.value(value, reader)
            }),
            Shape::Tuple(parts) => parts.iter().try_for_each(|&part| self.value(part, reader)),
            Shape::Struct(_, fields) => fields
                .iter()
                .try_for_each(|field| self.value(field.ty, reader)),
        }
    }
}

impl Leaf {
    /// Reads over a leaf's value.
    fn skip(self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.read(reader).map(drop)
    }

    /// Reads a leaf's value and gives the one way of writing it.
    pub(crate) fn read(self, reader: &mut Reader<'_>) -> Result<Box<[u8]>, DecodeError> {
        fn again<T: Shared>(reader: &mut Reader<'_>) -> Result<Box<[u8]>, DecodeError> {
            let mut bytes = Vec::new();
            T::decode(reader)?.encode(&mut bytes);
            Ok(bytes.into())
        }
        match self {
            Self::Unit => again::<()>(reader),
            Self::Bool => again::<bool>(reader),
            Self::Char => again::<char>(reader),
            Self::U8 => again::<u8>(reader),
            Self::U16 => again::<u16>(reader),
            Self::U32 => again::<u32>(reader),
            Self::U64 => again::<u64>(reader),
            Self::U128 => again::<u128>(reader),
            Self::Usize => again::<usize>(reader),
            Self::I8 => again::<i8>(reader),
            Self::I16 => again::<i16>(reader),
            Self::I32 => again::<i32>(reader),
            Self::I64 => again::<i64>(reader),
            Self::I128 => again::<i128>(reader),
            Self::Isize => again::<isize>(reader),
            Self::F32 => again::<f32>(reader),
            Self::F64 => again::<f64>(reader),
        }
    }
}
