//! `Result`: replaced whole, or reached into whichever it is.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::{
    codec::Native,
    cursor::{Cursor, Finish},
    error,
    patch::{Fault, Incoming, Patch, SET},
    schema::{SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    types::leaf,
    wire::{DecodeError, Reader, put_length},
};

/// A change to a result.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum ResultPatch<T: Shared, E: Shared> {
    /// The new result.
    Set(Result<T, E>),
    /// A change inside the value of an `Ok`.
    Ok(T::Patch),
    /// A change inside the value of an `Err`.
    Err(E::Patch),
}

/// The numbers of the variants; that of a patch inside one is one more.
const OK: usize = 0;
const ERR: usize = 1;

/// The number of the one field of each.
const FIELD: usize = 0;

impl<T: Shared, E: Shared> Patch for ResultPatch<T, E> {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Set(value) => {
                put_length(out, SET);
                value.encode(out);
            }
            Self::Ok(patch) => {
                inside(out, OK);
                patch.encode(out);
            }
            Self::Err(patch) => {
                inside(out, ERR);
                patch.encode(out);
            }
        }
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let number = reader.length()?;
        if number == SET {
            return reader.nested(Shared::decode).map(Self::Set);
        }
        if !matches!(number - 1, OK | ERR) {
            return Err(reader.no_such("operation", "Result", number));
        }
        match reader.length()? {
            FIELD if number - 1 == OK => reader.nested(Patch::decode).map(Self::Ok),
            FIELD => reader.nested(Patch::decode).map(Self::Err),
            field => Err(reader.no_such("field", "Result", field)),
        }
    }
}

/// Appends the way into a variant.
fn inside(path: &mut Vec<u8>, variant: usize) {
    put_length(path, variant + 1);
    put_length(path, FIELD);
}

/// The wrapper of a `Result`.
#[derive(Debug)]
pub struct ResultMut<'a, T, E>(Cursor<'a, Result<T, E>>);

impl<T, E> Deref for ResultMut<'_, T, E> {
    type Target = Result<T, E>;
    fn deref(&self) -> &Result<T, E> {
        self.0.value()
    }
}

impl<T: Shared, E: Shared> ResultMut<'_, T, E> {
    /// Replaces the whole.
    pub fn set(&mut self, value: impl Assign<Result<T, E>>) {
        leaf::set(&mut self.0, value.into_value());
    }

    /// The wrapper of the value, whichever it is.
    pub fn as_mut(&mut self) -> Result<T::Mut<'_>, E::Mut<'_>> {
        if self.is_ok() {
            Ok(T::writer(self.0.step(
                |path| inside(path, OK),
                |result| match result {
                    Ok(value) => value,
                    Err(_) => unreachable!("it was just seen to be `Ok`"),
                },
            )))
        } else {
            Err(E::writer(self.0.step(
                |path| inside(path, ERR),
                |result| match result {
                    Ok(_) => unreachable!("it was just seen to be `Err`"),
                    Err(value) => value,
                },
            )))
        }
    }
}

impl<T: Shared, E: Shared> Shared for Result<T, E> {
    type Patch = ResultPatch<T, E>;
    type Mut<'a> = ResultMut<'a, T, E>;

    fn writer(cursor: Cursor<'_, Self>) -> ResultMut<'_, T, E> {
        ResultMut(cursor)
    }
    fn finish(writer: ResultMut<'_, T, E>, finish: Finish) -> error::Result<()> {
        writer.0.finish(finish)
    }
    fn replace(cursor: Cursor<'_, Self>, value: Self) {
        ResultMut(cursor).set(value);
    }
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Ok(value) => {
                put_length(out, OK);
                value.encode(out);
            }
            Err(value) => {
                put_length(out, ERR);
                value.encode(out);
            }
        }
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        match reader.length()? {
            OK => reader.parts(T::decode).map(Ok),
            ERR => reader.parts(E::decode).map(Err),
            number => Err(reader.no_such("variant", "Result", number)),
        }
    }
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        let operation = patch.operation()?;
        if operation.number == SET {
            let value = Self::decode(patch.reader())?;
            leaf::replace(self, Native, value, patch.inverse(operation));
            return Ok(());
        }
        let variant = operation.number - 1;
        if !matches!(variant, OK | ERR) {
            return Err(patch.no_such("operation", "Result", operation));
        }
        let field = patch.operation()?;
        if field.number != FIELD {
            return Err(patch.no_such("field", "Result", field));
        }
        patch.nested(|patch| match (self, variant) {
            (Ok(value), OK) => value.apply(patch),
            (Err(value), ERR) => value.apply(patch),
            _ => Err(Fault::Gone),
        })
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.enumeration::<Self>(
            "Result",
            &[
                ("Ok", &[("0", T::describe, false)]),
                ("Err", &[("0", E::describe, false)]),
            ],
        )
    }
}
