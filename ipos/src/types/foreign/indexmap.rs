//! `IndexMap` and `IndexSet`: replaced whole, as lists of what is in them. The patches of maps and sets
//! tell keys and no places, so that insertions which meet, and what takes a removal back, would leave
//! different orders in different processes.

use std::{
    any::type_name,
    hash::{BuildHasher, Hash},
};

use indexmap::{IndexMap, IndexSet};

use crate::{
    schema::{SchemaBuilder, Shape, TypeRef},
    shared::Shared,
    types::leaf::replaced_whole,
    wire::{DecodeError, Problem, Reader, put_length},
};

/// An error when a key or an element is not new.
fn once<T>(is_new: bool, reader: &Reader<'_>) -> Result<(), DecodeError> {
    if is_new {
        Ok(())
    } else {
        Err(reader.problem(Problem::NotA(type_name::<T>())))
    }
}

impl<K, V, S> Shared for IndexMap<K, V, S>
where
    K: Shared + Eq + Hash,
    V: Shared,
    S: BuildHasher + Default + Clone + Send + Sync + 'static,
{
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        put_length(out, self.len());
        for (key, value) in self {
            key.encode(out);
            value.encode(out);
        }
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut map = Self::default();
        reader.elements(|reader| {
            let (key, value) = <(K, V)>::decode(reader)?;
            let is_new = map.insert(key, value).is_none();
            once::<Self>(is_new, reader)
        })?;
        Ok(map)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.tell::<Self>(|schema| {
            Shape::Atom("IndexMap".to_owned(), <Vec<(K, V)>>::describe(schema))
        })
    }
}

impl<T, S> Shared for IndexSet<T, S>
where
    T: Shared + Eq + Hash,
    S: BuildHasher + Default + Clone + Send + Sync + 'static,
{
    replaced_whole!();

    fn encode(&self, out: &mut Vec<u8>) {
        put_length(out, self.len());
        for value in self {
            value.encode(out);
        }
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let mut set = Self::default();
        reader.elements(|reader| {
            let is_new = set.insert(T::decode(reader)?);
            once::<Self>(is_new, reader)
        })?;
        Ok(set)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.tell::<Self>(|schema| Shape::Atom("IndexSet".to_owned(), <Vec<T>>::describe(schema)))
    }
}
