//! What the derive's output calls. Not for people: it changes with the derive.

#[path = "derive_support/patch_enum.rs"]
mod patch_enum;
#[path = "derive_support/place.rs"]
mod place;
#[path = "derive_support/serde_form.rs"]
mod serde_form;

use std::fmt;

pub use serde;

pub use self::{
    patch_enum::{PatchEnum, PatchSource, PatchVisitor, debug_patch, decode_patch, encode_patch},
    serde_form::{deserialize_patch, serialize_patch},
};
pub use crate::action::{
    Answer, Arguing, Arguments, Entry, Fallible, Unfit, Unlisted, act, answered, call, ended,
    listed,
};
pub use crate::{
    Error, Result,
    cursor::{Cursor, Finish},
    parts::Parts,
    patch::{Fault, Incoming, Operation},
    recorder::{Recorder, UndoLog},
    schema::{Describe, DescribeField, SchemaBuilder, TypeRef},
    wire::{DecodeError, Reader},
};
use crate::{
    patch::{Patch, SET},
    shared::Shared,
    wire::put_length,
};

/// [`Shared`](crate::Shared)'s methods for fields and types that are replaced whole.
pub mod atomic {
    pub use crate::types::whole::{
        Whole, apply, decode, describe, describe_as, encode, finish, replace, writer,
    };
}

/// Appends the number of a variant, as which the value that follows is told.
#[inline]
pub fn encode_variant(index: usize, out: &mut Vec<u8>) {
    put_length(out, index);
}

/// Replaces an enum whole, and records that.
pub fn set<T: Shared>(cursor: &mut Cursor<'_, T>, value: T) {
    let (old, mut undo) = cursor.record(|out| encode_set(&value, out));
    undo.note(|out| encode_set(old, out));
    *old = value;
}

/// Reads the new value of an enum that is replaced whole, and replaces it.
pub fn apply_set<T: Shared>(
    value: &mut T,
    patch: &mut Incoming<'_>,
    operation: Operation,
) -> Result<(), Fault> {
    let new = T::decode(patch.reader())?;
    patch.inverse(operation).note(|out| encode_set(value, out));
    *value = new;
    Ok(())
}

fn encode_set<T: Shared>(value: &T, out: &mut Vec<u8>) {
    put_length(out, SET);
    value.encode(out);
}

/// Shows a wrapper by its value.
pub fn debug_writer<T: Shared>(
    name: &str,
    cursor: &Cursor<'_, T>,
    f: &mut fmt::Formatter<'_>,
) -> fmt::Result {
    f.debug_tuple(name).field(cursor).finish()
}

/// The end of a wrapper that finds its value in another variant.
pub fn left_variant() -> ! {
    unreachable!("the wrapper of a variant borrows the value, so it cannot have been replaced")
}

/// The patch of a type whose derive has failed.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
pub enum NoPatch {}

impl Patch for NoPatch {
    fn encode(&self, _: &mut Vec<u8>) {
        match *self {}
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Err(reader.no_such("operation", "this type", 0))
    }
}
