//! `Option`: replaced whole, or reached into while it is `Some`.

use std::ops::Deref;

use serde::{Deserialize, Serialize};

use crate::{
    codec::{Codec, Native},
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, SET, patch_forms},
    recorder::Inverse,
    schema::{SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Problem, Reader, put_length},
};

/// A change to an optional value.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum OptionPatch<T: Shared> {
    /// The new value, or `None`.
    Set(Option<T>),
    /// A change inside the value that is there.
    Some(T::Patch),
}

pub(crate) const SOME: usize = 1;

patch_forms! {
    impl[T: Shared] Patch for OptionPatch<T>, of "Option" {
        SET => (Self::Set(value)), [value] [];
        SOME => (Self::Some(patch)), [] [patch];
    }
}

/// The wrapper of an `Option`.
#[derive(Debug)]
pub struct OptionMut<'a, T>(Cursor<'a, Option<T>>);

impl<T> Deref for OptionMut<'_, T> {
    type Target = Option<T>;
    fn deref(&self) -> &Option<T> {
        self.0.value()
    }
}

impl<T: Shared> OptionMut<'_, T> {
    /// Replaces the whole.
    pub fn set(&mut self, value: impl Assign<Option<T>>) {
        self.replace_with(value.into_value());
    }

    /// Puts a value in and gives the one that was there.
    pub fn replace(&mut self, value: T) -> Option<T> {
        self.replace_with(Some(value))
    }

    /// Takes the value out.
    pub fn take(&mut self) -> Option<T> {
        if self.is_none() {
            None
        } else {
            self.replace_with(None)
        }
    }

    /// Takes the value out if `predicate` says so of its wrapper.
    pub fn take_if(&mut self, predicate: impl FnOnce(&mut T::Mut<'_>) -> bool) -> Option<T> {
        let is_taken = predicate(&mut self.as_mut()?);
        if is_taken { self.take() } else { None }
    }

    /// Puts a value in, and gives its wrapper.
    pub fn insert(&mut self, value: T) -> T::Mut<'_> {
        self.replace(value);
        self.as_mut().expect("it has just been put in")
    }

    /// Puts `value` in if there is none, and gives the wrapper of what is there then.
    pub fn get_or_insert(&mut self, value: T) -> T::Mut<'_> {
        self.get_or_insert_with(|| value)
    }

    /// Puts the default value in if there is none, and gives the wrapper of what is there then.
    pub fn get_or_insert_default(&mut self) -> T::Mut<'_>
    where
        T: Default,
    {
        self.get_or_insert_with(T::default)
    }

    /// Puts `value()` in if there is none, and gives the wrapper of what is there then.
    pub fn get_or_insert_with(&mut self, value: impl FnOnce() -> T) -> T::Mut<'_> {
        if self.is_none() {
            self.replace(value());
        }
        self.as_mut().expect("it was there, or has been put in")
    }

    /// The wrapper of the value, if there is one.
    pub fn as_mut(&mut self) -> Option<T::Mut<'_>> {
        self.0.value().as_ref()?;
        Some(T::writer(self.0.step(
            |path| put_length(path, SOME),
            |option| option.as_mut().expect("it was just seen to be there"),
        )))
    }

    fn replace_with(&mut self, value: Option<T>) -> Option<T> {
        let (option, undo) = self.0.record(|out| write_set(out, Native, value.as_ref()));
        set(option, Native, value, undo)
    }
}

fn write_set<T>(out: &mut Vec<u8>, codec: impl Codec<T>, value: Option<&T>) {
    put_length(out, SET);
    encode(out, codec, value);
}

fn set<T>(
    option: &mut Option<T>,
    codec: impl Codec<T>,
    value: Option<T>,
    mut undo: Inverse<'_>,
) -> Option<T> {
    undo.note(|out| write_set(out, codec, option.as_ref()));
    std::mem::replace(option, value)
}

/// Appends an optional value's byte form.
pub(crate) fn encode<T>(out: &mut Vec<u8>, codec: impl Codec<T>, value: Option<&T>) {
    match value {
        None => out.push(0),
        Some(value) => {
            out.push(1);
            codec.encode(value, out);
        }
    }
}

/// Reads an optional value.
pub(crate) fn decode<T>(
    reader: &mut Reader<'_>,
    codec: impl Codec<T>,
) -> Result<Option<T>, DecodeError> {
    if reader.presence()? {
        reader.nested(|reader| codec.decode(reader)).map(Some)
    } else {
        Ok(None)
    }
}

/// Applies an incoming patch.
pub(crate) fn apply<T>(
    option: &mut Option<T>,
    codec: impl Codec<T>,
    patch: &mut Incoming<'_>,
) -> Result<(), Fault> {
    let operation = patch.operation()?;
    match operation.number {
        SET => {
            let value = decode(patch.reader(), codec)?;
            set(option, codec, value, patch.inverse(operation));
            Ok(())
        }
        SOME => {
            let value = option.as_mut().ok_or(Fault::Gone)?;
            patch.nested(|patch| codec.apply(value, patch))
        }
        _ => Err(patch.no_such("operation", "Option", operation)),
    }
}

impl<T: Shared> Shared for Option<T> {
    const IS_KEY: bool = T::IS_KEY;
    type Patch = OptionPatch<T>;
    type Mut<'a> = OptionMut<'a, T>;

    fn writer(cursor: Cursor<'_, Self>) -> OptionMut<'_, T> {
        OptionMut(cursor)
    }
    fn finish(writer: OptionMut<'_, T>, finish: Finish) -> Result<()> {
        writer.0.finish(finish)
    }
    fn replace(cursor: Cursor<'_, Self>, value: Self) {
        OptionMut(cursor).replace_with(value);
    }
    fn encode(&self, out: &mut Vec<u8>) {
        encode(out, Native, self.as_ref());
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        decode(reader, Native)
    }
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        apply(self, Native, patch)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.option::<T>()
    }
}

impl Reader<'_> {
    /// Whether an optional value is there.
    pub(crate) fn presence(&mut self) -> Result<bool, DecodeError> {
        match self.length()? {
            0 => Ok(false),
            1 => Ok(true),
            number => Err(self.problem(Problem::NoSuch {
                what: "form",
                of: "Option",
                number: number as u64,
            })),
        }
    }
}
