//! Such fields in the values that patches put in.

use super::{FieldRef, Guarded};
use crate::{
    core::transform::{Edit, Sequence},
    schema::{Field, Schema, Shape, TypeRef},
    wire::{DecodeError, Reader},
};

/// Why values are not read to their end.
enum Stop {
    Found(FieldRef),
    Unreadable(DecodeError),
}

impl From<DecodeError> for Stop {
    fn from(error: DecodeError) -> Self {
        Self::Unreadable(error)
    }
}

impl Guarded {
    /// The first such field in what an edit of a value of the type `ty` puts in.
    pub(super) fn put_in(&self, schema: &Schema, ty: TypeRef, edit: &Edit<'_>) -> Option<FieldRef> {
        match (schema.shape(ty), edit) {
            (_, Edit::Set(value)) => self.first(schema, ty, 1, value),
            (
                &Shape::List(_, item),
                Edit::Sequence(
                    Sequence::Append { added, .. }
                    | Sequence::Splice {
                        inserted: added, ..
                    },
                ),
            ) => self.first(schema, item, added.length, added.bytes),
            (&Shape::Map(_, key, content), Edit::Keys(keys)) => {
                keys.inserted().find_map(|(name, value)| {
                    let in_key = self.first(schema, key, 1, name);
                    in_key.or_else(|| self.first(schema, content, 1, value))
                })
            }
            (&Shape::Set(_, item), Edit::Keys(keys)) => {
                let mut inserted = keys.inserted();
                inserted.find_map(|(name, _)| self.first(schema, item, 1, name))
            }
            (&Shape::Events(event), Edit::Emit(value)) => self.first(schema, event, 1, value),
            // What is there is removed, moved or counted up.
            _ => None,
        }
    }

    /// The first such field in so many values, which were read over when the patch was taken apart. That has
    /// bounded how deep they nest, and how many of them have no bytes.
    fn first(
        &self,
        schema: &Schema,
        item: TypeRef,
        count: usize,
        bytes: &[u8],
    ) -> Option<FieldRef> {
        self.holds[item.place()]?;
        match self.values(schema, item, count, &mut Reader::of_own(bytes)) {
            Ok(()) => None,
            Err(Stop::Found(field)) => Some(field),
            Err(Stop::Unreadable(error)) => unreachable!("the values were read before: {error}"),
        }
    }

    /// Reads over values, up to such a field.
    fn values(
        &self,
        schema: &Schema,
        item: TypeRef,
        count: usize,
        reader: &mut Reader<'_>,
    ) -> Result<(), Stop> {
        (0..count).try_for_each(|_| self.value(schema, item, reader))
    }

    fn value(&self, schema: &Schema, ty: TypeRef, reader: &mut Reader<'_>) -> Result<(), Stop> {
        if self.holds[ty.place()].is_none() {
            return Ok(schema.value(ty, reader)?);
        }
        match schema.shape(ty) {
            &Shape::Option(inner) => {
                let count = usize::from(reader.presence()?);
                self.values(schema, inner, count, reader)
            }
            &Shape::List(_, item) | &Shape::Set(_, item) => {
                let count = reader.length()?;
                self.values(schema, item, count, reader)
            }
            &Shape::Map(_, key, content) => {
                let count = reader.length()?;
                (0..count).try_for_each(|_| {
                    self.value(schema, key, reader)?;
                    self.value(schema, content, reader)
                })
            }
            &Shape::Array(item, length) => self.values(schema, item, length, reader),
            Shape::Tuple(parts) => {
                let mut parts = parts.iter();
                parts.try_for_each(|&part| self.value(schema, part, reader))
            }
            Shape::Struct(_, fields) => {
                let own = FieldRef::find(fields, ty.place(), None);
                self.fields(schema, own, fields, reader)
            }
            Shape::Enum(_, variants) => {
                let number = reader.length()?;
                let variant = variants.get(number);
                let variant = variant.ok_or_else(|| reader.no_such("variant", "enum", number))?;
                let own = FieldRef::find(&variant.fields, ty.place(), Some(number));
                self.fields(schema, own, &variant.fields, reader)
            }
            &Shape::Atom(_, form) => self.value(schema, form, reader),
            Shape::Events(_) => Ok(()),
            Shape::Leaf(_) | Shape::Text | Shape::Opaque(_) => {
                unreachable!("it is made of nothing that could hold such a field")
            }
        }
    }

    /// Reads over a struct or a variant, which may have such a field of its own.
    fn fields(
        &self,
        schema: &Schema,
        own: Option<FieldRef>,
        fields: &[Field],
        reader: &mut Reader<'_>,
    ) -> Result<(), Stop> {
        match own {
            Some(own) => Err(Stop::Found(own)),
            None => fields
                .iter()
                .try_for_each(|field| self.value(schema, field.ty, reader)),
        }
    }
}
