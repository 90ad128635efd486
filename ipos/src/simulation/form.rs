//! Bytes of a peer that are read before there is an object: tables of types, and values that are held by such
//! a table.

use std::sync::Arc;

use super::Applied;
use crate::{
    Schema, Value,
    core::{self, State, Untyped, message},
    recorder::UndoLog,
    schema::unchecked,
    wire::{Reader, put},
};

/// Reads a table of types that a peer tells, and refuses one that is not sound.
pub fn read_schema(bytes: &[u8]) -> Result<Schema, String> {
    let Unchecked(schema) = message::read(bytes).map_err(|violation| violation.to_string())?;
    if !schema.is_sound() {
        return Err("the schema is not sound".to_owned());
    }
    Ok(schema)
}

#[derive(serde::Deserialize)]
struct Unchecked(#[serde(deserialize_with = "owned")] Schema);

fn owned<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Schema, D::Error> {
    Ok(unchecked(deserializer)?.into_owned())
}

/// Writes a table of types as it is told.
pub fn write_schema(schema: &Schema) -> Vec<u8> {
    let mut bytes = Vec::new();
    put(&mut bytes, schema);
    bytes
}

/// A value of a type that this program does not name.
#[derive(Debug)]
pub struct Dynamic(Untyped);

impl Dynamic {
    /// Holds a value, if its bytes are one of this form.
    pub fn read(bytes: &[u8], schema: &Arc<Schema>) -> Result<Self, String> {
        let held = Untyped::from_bytes(bytes.to_vec(), schema.clone());
        held.map(Self).map_err(|error| error.to_string())
    }

    /// Its bytes.
    pub fn bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::new();
        self.0.encode(&mut bytes);
        bytes
    }

    /// Its bytes with the elements of sets and maps in one order, so that equal values have equal ones.
    pub fn ordered(&self) -> Vec<u8> {
        let schema = self.0.schema();
        let bytes = self.bytes();
        let value = schema.decode(&mut Reader::of_own(&bytes));
        let value = value.expect("what is held has the form of its schema");
        let mut ordered = Vec::new();
        schema.encode(&value, &mut ordered);
        ordered
    }

    /// The same as plain data.
    pub fn plain(&self) -> Value {
        let bytes = self.bytes();
        let value = Value::read(self.0.schema(), &mut Reader::of_own(&bytes));
        value.expect("what is held has the form of its schema")
    }

    /// Applies a commit.
    pub fn apply(&mut self, patches: &[u8]) -> Result<Applied, String> {
        Applied::of(core::apply(&mut self.0, patches, &mut UndoLog::default()))
    }
}
