//! `String`: replaced whole, or edited at byte positions.

use std::ops::{Deref, Range, RangeBounds};

use serde::{Deserialize, Serialize};

use crate::{
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, SET, patch_forms},
    recorder::Inverse,
    schema::{SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader, put, put_length},
};

/// A change to a text. Positions and lengths are in bytes of UTF-8.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum TextPatch {
    /// The new text.
    Set(String),
    /// Text appended at the end, which was at a position.
    Push(usize, String),
    /// A range replaced.
    Splice {
        /// Where the range starts.
        at: usize,
        /// How many bytes were removed there.
        removed: usize,
        /// What was put in their place.
        inserted: String,
    },
}

pub(crate) const PUSH: usize = 1;
pub(crate) const SPLICE: usize = 2;

patch_forms! {
    impl[] Patch for TextPatch, of "String" {
        SET => (Self::Set(text)), [text] [];
        PUSH => (Self::Push(end, text)), [end text] [];
        SPLICE => (Self::Splice { at, removed, inserted }), [at removed inserted] [];
    }
}

/// The wrapper of a `String`. Positions are in bytes, as in `String` itself.
#[derive(Debug)]
pub struct StringMut<'a>(Cursor<'a, String>);

impl Deref for StringMut<'_> {
    type Target = String;
    fn deref(&self) -> &String {
        self.0.value()
    }
}

impl StringMut<'_> {
    /// Replaces the text.
    pub fn set(&mut self, value: impl Assign<String>) {
        let value = value.into_value();
        let (text, undo) = self.0.record(|out| write_set(out, &value));
        set(text, value, undo);
    }

    /// Changes the text in place; it is sent whole.
    pub fn modify<R>(&mut self, change: impl FnOnce(&mut String) -> R) -> R {
        let mut value = self.0.value().clone();
        let result = change(&mut value);
        self.set(value);
        result
    }

    /// Appends a character.
    pub fn push(&mut self, character: char) {
        self.push_str(character.encode_utf8(&mut [0; 4]));
    }

    /// Appends text.
    pub fn push_str(&mut self, string: &str) {
        let at = self.len();
        let (text, undo) = self.0.record(|out| {
            put_length(out, PUSH);
            put_length(out, at);
            put(out, string);
        });
        push(text, string, undo);
    }

    /// Inserts text before the byte position `at`.
    ///
    /// # Panics
    ///
    /// When `at` is past the end or inside a character.
    pub fn insert_str(&mut self, at: usize, string: &str) {
        self.replace_range(at..at, string);
    }

    /// Inserts a character before the byte position `at`.
    ///
    /// # Panics
    ///
    /// When `at` is past the end or inside a character.
    pub fn insert(&mut self, at: usize, character: char) {
        self.insert_str(at, character.encode_utf8(&mut [0; 4]));
    }

    /// Removes and gives the last character.
    pub fn pop(&mut self) -> Option<char> {
        let character = self.chars().next_back()?;
        self.truncate(self.len() - character.len_utf8());
        Some(character)
    }

    /// Removes and gives the character at the byte position `at`.
    ///
    /// # Panics
    ///
    /// When no character starts at `at`.
    pub fn remove(&mut self, at: usize) -> char {
        let character = self[at..]
            .chars()
            .next()
            .expect("cannot remove a char from the end of a string");
        self.replace_range(at..at + character.len_utf8(), "");
        character
    }

    /// Replaces a range of bytes.
    ///
    /// # Panics
    ///
    /// When the range is not within the text or cuts a character.
    pub fn replace_range(&mut self, range: impl RangeBounds<usize>, string: &str) {
        let Range { start, end } = super::resolve(&range, self.len());
        let removed = self[start..end].len();
        if start == self.len() {
            // What is meant is the end, wherever others move it to.
            return self.push_str(string);
        }
        let (text, undo) = self
            .0
            .record(|out| write_splice(out, start, removed, string));
        splice(text, start, removed, string, undo);
    }

    /// Cuts the text to `length` bytes, if it is longer.
    ///
    /// # Panics
    ///
    /// When `length` is inside a character.
    pub fn truncate(&mut self, length: usize) {
        if length < self.len() {
            self.replace_range(length.., "");
        }
    }

    /// Empties the text.
    pub fn clear(&mut self) {
        self.truncate(0);
    }
}

fn write_set(out: &mut Vec<u8>, value: &str) {
    put_length(out, SET);
    put(out, value);
}

fn write_splice(out: &mut Vec<u8>, at: usize, removed: usize, inserted: &str) {
    put_length(out, SPLICE);
    put_length(out, at);
    put_length(out, removed);
    put(out, inserted);
}

pub(crate) fn set(text: &mut String, value: String, mut undo: Inverse<'_>) {
    undo.note(|out| write_set(out, text));
    *text = value;
}

pub(crate) fn push(text: &mut String, string: &str, mut undo: Inverse<'_>) {
    undo.note(|out| write_splice(out, text.len(), string.len(), ""));
    text.push_str(string);
}

pub(crate) fn splice(
    text: &mut String,
    at: usize,
    removed: usize,
    string: &str,
    mut undo: Inverse<'_>,
) {
    undo.note(|out| write_splice(out, at, string.len(), &text[at..at + removed]));
    text.replace_range(at..at + removed, string);
}

/// Applies an incoming patch to a text, whether its owner knows the type or only the schema.
pub(crate) fn apply(text: &mut String, patch: &mut Incoming<'_>) -> Result<(), Fault> {
    let operation = patch.operation()?;
    match operation.number {
        SET => {
            let value = patch.reader().text()?.to_owned();
            set(text, value, patch.inverse(operation));
        }
        PUSH => {
            // Where the end was is for moving others over it. Here it is where it is.
            let end = patch.reader().length()?;
            patch.check_end(end, text.len());
            let string = patch.reader().text()?;
            push(text, string, patch.inverse(operation));
        }
        SPLICE => {
            let at = patch.reader().length()?;
            let removed = patch.reader().length()?;
            let string = patch.reader().text()?;
            let end = at.checked_add(removed).ok_or(Fault::Gone)?;
            if text.get(at..end).is_none() {
                return Err(Fault::Gone);
            }
            splice(text, at, removed, string, patch.inverse(operation));
        }
        _ => return Err(patch.no_such("operation", "String", operation)),
    }
    Ok(())
}

impl Shared for String {
    type Patch = TextPatch;
    type Mut<'a> = StringMut<'a>;

    fn writer(cursor: Cursor<'_, Self>) -> StringMut<'_> {
        StringMut(cursor)
    }
    fn finish(writer: StringMut<'_>, finish: Finish) -> Result<()> {
        writer.0.finish(finish)
    }
    fn replace(cursor: Cursor<'_, Self>, value: Self) {
        StringMut(cursor).set(value);
    }
    fn encode(&self, out: &mut Vec<u8>) {
        put(out, self.as_str());
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        Ok(reader.text()?.to_owned())
    }
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        apply(self, patch)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.text()
    }
}
