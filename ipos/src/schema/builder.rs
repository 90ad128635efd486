//! Telling a type by its Rust types.

use std::{any::TypeId, collections::HashMap};

use super::{Field, Leaf, Shape, TypeRef, Variant};
use crate::Shared;

/// A type's [`Shared::describe`].
pub type Describe = fn(&mut SchemaBuilder) -> TypeRef;

/// A field: its name, its type's description, and whether it is for the host alone to write.
pub type DescribeField<'a> = (&'a str, Describe, bool);

/// Collects the forms of a type and of those it is made of, each once.
#[derive(Debug, Default)]
pub struct SchemaBuilder {
    types: Vec<Option<Shape>>,
    known: HashMap<TypeId, TypeRef>,
}

impl SchemaBuilder {
    /// The table.
    pub(super) fn finish(self) -> Vec<Shape> {
        let told = |shape: Option<Shape>| shape.expect("each type that was begun was told");
        self.types.into_iter().map(told).collect()
    }

    /// Tells a type, unless it was told before. `shape` may describe other types, this one among
    /// them.
    pub fn tell<T: 'static>(&mut self, shape: impl FnOnce(&mut Self) -> Shape) -> TypeRef {
        if let Some(&known) = self.known.get(&TypeId::of::<T>()) {
            return known;
        }
        let place = TypeRef(u32::try_from(self.types.len()).expect("a program has fewer types"));
        self.types.push(None);
        self.known.insert(TypeId::of::<T>(), place);
        let shape = shape(self);
        self.types[place.0 as usize] = Some(shape);
        place
    }

    /// A struct: its name and its fields in order.
    pub fn structure<T: 'static>(&mut self, name: &str, fields: &[DescribeField<'_>]) -> TypeRef {
        self.tell::<T>(|schema| Shape::Struct(name.to_owned(), schema.fields(fields)))
    }

    /// An enum: its name, and its variants in order, each with its name and its fields.
    pub fn enumeration<T: 'static>(
        &mut self,
        name: &str,
        variants: &[(&str, &[DescribeField<'_>])],
    ) -> TypeRef {
        self.tell::<T>(|schema| {
            let variant = |&(name, fields): &(&str, &[DescribeField<'_>])| Variant {
                name: name.to_owned(),
                fields: schema.fields(fields),
            };
            Shape::Enum(name.to_owned(), variants.iter().map(variant).collect())
        })
    }

    fn fields(&mut self, fields: &[DescribeField<'_>]) -> Vec<Field> {
        let field = |&(name, describe, host_only): &DescribeField<'_>| Field {
            name: name.to_owned(),
            ty: describe(self),
            host_only,
        };
        fields.iter().map(field).collect()
    }

    pub(crate) fn leaf<T: 'static>(&mut self, leaf: Leaf) -> TypeRef {
        self.tell::<T>(|_| Shape::Leaf(leaf))
    }

    pub(crate) fn text(&mut self) -> TypeRef {
        self.tell::<String>(|_| Shape::Text)
    }

    pub(crate) fn option<T: Shared>(&mut self) -> TypeRef {
        self.tell::<Option<T>>(|schema| Shape::Option(T::describe(schema)))
    }

    pub(crate) fn list<L: 'static, T: Shared>(&mut self, name: &str) -> TypeRef {
        self.tell::<L>(|schema| Shape::List(name.to_owned(), T::describe(schema)))
    }

    pub(crate) fn array<A: 'static, T: Shared>(&mut self, length: usize) -> TypeRef {
        self.tell::<A>(|schema| Shape::Array(T::describe(schema), length))
    }

    pub(crate) fn map<M: 'static, K: Shared, V: Shared>(&mut self, name: &str) -> TypeRef {
        const {
            assert!(
                K::IS_KEY,
                "the keys of this map may be equal and have other bytes: a skipped field, a path, or a time with an offset or a zone is in them; give the map another key"
            );
        };
        self.tell::<M>(|schema| {
            Shape::Map(name.to_owned(), K::describe(schema), V::describe(schema))
        })
    }

    pub(crate) fn set<E: 'static, T: Shared>(&mut self, name: &str) -> TypeRef {
        const {
            assert!(
                T::IS_KEY,
                "the elements of this set may be equal and have other bytes: a skipped field, a path, or a time with an offset or a zone is in them; make it a list, or of another type"
            );
        };
        self.tell::<E>(|schema| Shape::Set(name.to_owned(), T::describe(schema)))
    }

    pub(crate) fn tuple<T: 'static>(
        &mut self,
        parts: impl FnOnce(&mut Self) -> Vec<TypeRef>,
    ) -> TypeRef {
        self.tell::<T>(|schema| Shape::Tuple(parts(schema)))
    }
}
