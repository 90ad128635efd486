//! Reading over values and patches by their schema alone.

use super::{Field, Schema, Shape, TypeRef};
use crate::{
    patch::SET,
    types::{list, map, number, option, set, text},
    wire::{DecodeError, Problem, Reader},
};

impl Schema {
    /// Whether bytes are a value of the root type, within the bounds of what a peer may send.
    pub(crate) fn check(&self, bytes: &[u8]) -> Result<(), DecodeError> {
        let mut reader = Reader::new(bytes);
        self.value(self.root, &mut reader)?;
        reader.finish()
    }

    /// The same for the patches of a commit.
    pub(crate) fn check_patches(&self, bytes: &[u8]) -> Result<(), DecodeError> {
        let mut reader = Reader::new(bytes);
        while !reader.is_empty() {
            self.skip_patch(&mut reader)?;
        }
        Ok(())
    }

    /// The type of a part of a tuple or struct.
    pub(crate) fn part(&self, ty: TypeRef, number: usize) -> Option<TypeRef> {
        match self.shape(ty) {
            Shape::Tuple(parts) => parts.get(number).copied(),
            Shape::Struct(_, fields) => fields.get(number).map(|field| field.ty),
            _ => None,
        }
    }

    /// The type of a field of a variant of an enum.
    pub(crate) fn variant_part(
        &self,
        ty: TypeRef,
        variant: usize,
        number: usize,
    ) -> Option<TypeRef> {
        match self.shape(ty) {
            Shape::Enum(_, variants) => {
                let field = variants.get(variant)?.fields.get(number)?;
                Some(field.ty)
            }
            _ => None,
        }
    }

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
                Some(&part) => reader.nested(|reader| self.patch(part, reader)),
                None => Err(reader.problem(no_such("tuple"))),
            },
            (Shape::Struct(_, fields), _) => match fields.get(number) {
                Some(field) => reader.nested(|reader| self.patch(field.ty, reader)),
                None => Err(reader.problem(no_such("struct"))),
            },
            (_, SET) => self.value(ty, reader),
            (Shape::Enum(..), variant) => {
                let field = reader.length()?;
                match self.variant_part(ty, variant - 1, field) {
                    Some(part) => reader.nested(|reader| self.patch(part, reader)),
                    None => Err(reader.problem(no_such("enum"))),
                }
            }
            (&Shape::Array(item, _), list::AT | list::SWAP | list::PERMUTE) => {
                self.list_patch(ty, item, number, reader)
            }
            (Shape::Array(..), _) => Err(reader.problem(no_such("array"))),
            (Shape::Leaf(leaf), number::ADD | number::SUB) if leaf.is_number() => leaf.skip(reader),
            (Shape::Leaf(_) | Shape::Atom(..) | Shape::Opaque(_), _) => {
                Err(reader.problem(no_such("leaf")))
            }
            (Shape::Text, text::PUSH) => {
                reader.length()?;
                reader.text().map(drop)
            }
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
            list::PUSH | list::INSERT => {
                reader.length()?;
                reader.nested(|reader| self.value(item, reader))
            }
            list::REMOVE => reader.length().map(drop),
            list::EXTEND => {
                reader.length()?;
                self.value(list, reader)
            }
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

    /// Reads over a value.
    pub(crate) fn value(&self, ty: TypeRef, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
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
            Shape::Tuple(parts) => reader.parts(|reader| {
                let mut parts = parts.iter();
                parts.try_for_each(|&part| self.value(part, reader))
            }),
            Shape::Struct(_, fields) => self.fields(fields, reader),
            Shape::Enum(_, variants) => {
                let number = reader.length()?;
                match variants.get(number) {
                    Some(variant) => self.fields(&variant.fields, reader),
                    None => Err(reader.no_such("variant", "enum", number)),
                }
            }
            &Shape::Array(item, length) => {
                reader.parts(|reader| (0..length).try_for_each(|_| self.value(item, reader)))
            }
            &Shape::Atom(_, form) => self.value(form, reader),
            Shape::Opaque(_) => reader.blob().map(drop),
        }
    }
    fn fields(&self, fields: &[Field], reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.parts(|reader| {
            let mut fields = fields.iter();
            fields.try_for_each(|field| self.value(field.ty, reader))
        })
    }
}
