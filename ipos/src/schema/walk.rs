//! Reading over values and patches by their schema alone.

use super::{Field, Leaf, Schema, Shape, TypeRef};
use crate::{
    patch::SET,
    types::{events, list, map, number, option, retain::Told, set, slice, splice::Head, text},
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

    /// Reads over one value of the schema's root type.
    pub(crate) fn skip_value(&self, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        self.value(self.root, reader)
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
            (&Shape::Events(event), events::EMIT) => {
                reader.nested(|reader| self.value(event, reader))
            }
            (Shape::Events(_), _) => Err(reader.problem(no_such("Events"))),
            (_, SET) | (Shape::Set(..), set::INSERT_ALL | set::REMOVE_ALL) => {
                self.value(ty, reader)
            }
            (Shape::Enum(..), variant) => {
                let field = reader.length()?;
                match self.variant_part(ty, variant - 1, field) {
                    Some(part) => reader.nested(|reader| self.patch(part, reader)),
                    None => Err(reader.problem(no_such("enum"))),
                }
            }
            (Shape::Leaf(leaf), number::ADD | number::SUB) if leaf.is_number() => leaf.skip(reader),
            (Shape::Leaf(_) | Shape::Atom(..) | Shape::Opaque(_), _) => {
                Err(reader.problem(no_such("leaf")))
            }
            (Shape::Text, _) => match Head::read(number, text::FORMS, reader)? {
                Some(head) => reader.utf8(head.inserted()).map(drop),
                None => Err(reader.problem(no_such("String"))),
            },
            (&Shape::Option(inner), option::SOME) => {
                reader.nested(|reader| self.patch(inner, reader))
            }
            (Shape::Option(_), _) => Err(reader.problem(no_such("Option"))),
            (&Shape::List(_, item), _)
            | (
                &Shape::Array(item, _),
                list::AT | list::SWAP | list::PERMUTE | list::ROTATE | list::REVERSE,
            ) => self.list_patch(item, number, reader),
            (Shape::Array(..), _) => Err(reader.problem(no_such("array"))),
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
            (&Shape::Map(_, key, _), map::INSERT_ALL | map::REMOVE_ALL | map::UPDATE) => {
                if number != map::INSERT_ALL {
                    self.list(key, reader)?;
                }
                if number != map::REMOVE_ALL {
                    self.value(ty, reader)?;
                }
                Ok(())
            }
            (Shape::Map(..), _) => Err(reader.problem(no_such("map"))),
            (&Shape::Set(_, item), set::INSERT | set::REMOVE) => {
                reader.nested(|reader| self.value(item, reader))
            }
            (Shape::Set(..), set::UPDATE) => {
                self.value(ty, reader)?;
                self.value(ty, reader)
            }
            (Shape::Set(..), _) => Err(reader.problem(no_such("set"))),
        }
    }

    fn list_patch(
        &self,
        item: TypeRef,
        operation: usize,
        reader: &mut Reader<'_>,
    ) -> Result<(), DecodeError> {
        if let Some(head) = Head::read(operation, list::FORMS, reader)? {
            return reader.nested(|reader| self.values(item, head.inserted(), reader));
        }
        match operation {
            list::AT => {
                reader.length()?;
                reader.nested(|reader| self.patch(item, reader))
            }
            list::SWAP => {
                reader.length()?;
                reader.length().map(drop)
            }
            list::PERMUTE => slice::permutation(reader).map(drop),
            list::ROTATE => slice::rotation(reader).map(drop),
            list::REVERSE => reader.length().map(drop),
            list::RETAIN | list::SELECT => Told::read(operation, reader).map(drop),
            _ => Err(reader.problem(Problem::NoSuch {
                what: "operation",
                of: "list",
                number: operation as u64,
            })),
        }
    }

    /// Reads over a length, then that many values.
    fn list(&self, item: TypeRef, reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        let count = reader.length()?;
        reader.nested(|reader| self.values(item, count, reader))
    }

    /// Reads over so many values.
    pub(crate) fn values(
        &self,
        item: TypeRef,
        count: usize,
        reader: &mut Reader<'_>,
    ) -> Result<(), DecodeError> {
        match self.shape(item) {
            Shape::Leaf(Leaf::U8) => reader.bytes(count).map(drop),
            _ => (0..count).try_for_each(|_| self.value(item, reader)),
        }
    }

    /// The bytes of a value that stands one level deeper.
    pub(crate) fn nested_value<'a>(
        &self,
        ty: TypeRef,
        reader: &mut Reader<'a>,
    ) -> Result<&'a [u8], DecodeError> {
        reader.taken(|reader| reader.nested(|reader| self.value(ty, reader)))
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
            &Shape::List(_, item) | &Shape::Set(_, item) => self.list(item, reader),
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
            &Shape::Array(item, length) => reader.parts(|reader| self.values(item, length, reader)),
            &Shape::Atom(_, form) => self.value(form, reader),
            Shape::Opaque(_) => reader.blob().map(drop),
            Shape::Events(_) => reader.nothing(),
        }
    }

    fn fields(&self, fields: &[Field], reader: &mut Reader<'_>) -> Result<(), DecodeError> {
        reader.parts(|reader| {
            let mut fields = fields.iter();
            fields.try_for_each(|field| self.value(field.ty, reader))
        })
    }
}
