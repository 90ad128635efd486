//! The wrapper of `String`.

use std::ops::{Deref, Range, RangeBounds};

use super::{
    list::{splice_head, write_positions},
    splice::Head,
    text::{self, FORMS, TextPatch},
};
use crate::{
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, SET},
    schema::{SchemaBuilder, TypeRef},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader, put},
};

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
        let (text, undo) = self.0.record(|out| text::write_set(out, &value));
        text::set(text, value, undo);
    }

    /// Changes the text in place; it is sent whole.
    pub fn modify<R>(&mut self, change: impl FnOnce(&mut String) -> R) -> R {
        let mut value = self.0.value().clone();
        let result = change(&mut value);
        if value != **self {
            self.set(value);
        }
        result
    }

    /// Appends a character.
    pub fn push(&mut self, character: char) {
        self.push_str(character.encode_utf8(&mut [0; 4]));
    }

    /// Appends text.
    pub fn push_str(&mut self, string: &str) {
        if string.is_empty() {
            return;
        }
        let end = self.len();
        let added = string.len();
        let (text, undo) = self
            .0
            .record(|out| text::write(out, Head::Append { end, added }, string));
        text::push(text, string, undo);
    }

    /// Appends characters or texts.
    pub fn extend<S>(&mut self, items: impl IntoIterator<Item = S>)
    where
        String: Extend<S>,
    {
        let mut added = String::new();
        added.extend(items);
        self.push_str(&added);
    }

    /// Appends what stands in a range of bytes.
    ///
    /// # Panics
    ///
    /// When the range is not within the text or cuts a character.
    pub fn extend_from_within(&mut self, range: impl RangeBounds<usize>) {
        let added = self[super::resolve(&range, self.len())].to_owned();
        self.push_str(&added);
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
        if removed == 0 && string.is_empty() {
            return;
        }
        if self.is_splice_beyond_whole(start, removed, string) {
            let mut new = (**self).clone();
            new.replace_range(start..end, string);
            return self.set(new);
        }
        self.splice(start, removed, string);
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

    /// Removes a range of bytes and gives its characters. Unlike the standard `drain`, it removes at
    /// once.
    ///
    /// # Panics
    ///
    /// When the range is not within the text or cuts a character.
    pub fn drain(&mut self, range: impl RangeBounds<usize>) -> std::vec::IntoIter<char> {
        let range = super::resolve(&range, self.len());
        let characters: Vec<char> = self[range.clone()].chars().collect();
        self.replace_range(range, "");
        characters.into_iter()
    }

    /// Removes and gives the text from the byte position `at` on.
    ///
    /// # Panics
    ///
    /// When `at` is past the end or inside a character.
    pub fn split_off(&mut self, at: usize) -> String {
        let rest = self[at..].to_owned();
        self.truncate(at);
        rest
    }

    /// Keeps only the characters for which `keep` says so.
    pub fn retain(&mut self, mut keep: impl FnMut(char) -> bool) {
        let mut kept = String::new();
        let mut removed: Vec<Range<usize>> = Vec::new();
        for (at, character) in self.char_indices() {
            if keep(character) {
                kept.push(character);
                continue;
            }
            let end = at + character.len_utf8();
            match removed.last_mut() {
                Some(last) if last.end == at => last.end = end,
                _ => removed.push(at..end),
            }
        }
        let all = removed
            .iter()
            .map(|range| splice_head(range.start, range.len(), 0).size(FORMS));
        if all.sum::<usize>() > size_of_whole(self.len()) {
            return self.set(kept);
        }
        // From the last to the first, so that each stands where it stood.
        for range in removed.into_iter().rev() {
            self.splice(range.start, range.len(), "");
        }
    }

    /// Makes the ASCII letters small.
    pub fn make_ascii_lowercase(&mut self) {
        self.change_to(&self.to_ascii_lowercase());
    }

    /// Makes the ASCII letters capital.
    pub fn make_ascii_uppercase(&mut self) {
        self.change_to(&self.to_ascii_uppercase());
    }

    /// Replaces what differs from `new`, which has its characters where this text has them.
    fn change_to(&mut self, new: &str) {
        let bytes = || self.bytes().zip(new.bytes());
        let differs = |(old, new): (u8, u8)| old != new;
        let first = bytes().position(differs);
        let last = bytes().rposition(differs);
        if let (Some(first), Some(last)) = (first, last) {
            self.replace_range(first..=last, &new[first..=last]);
        }
    }

    fn splice(&mut self, at: usize, removed: usize, string: &str) {
        let head = splice_head(at, removed, string.len());
        let (text, undo) = self.0.record(|out| text::write(out, head, string));
        text::splice(text, at, removed, string, undo);
    }

    /// Whether it takes more bytes to tell a splice than the whole text, before and after.
    fn is_splice_beyond_whole(&self, at: usize, removed: usize, string: &str) -> bool {
        let fine = splice_head(at, removed, string.len()).size(FORMS) + string.len();
        let new = self.len() - removed + string.len();
        fine > size_of_whole(self.len().max(new))
    }
}

/// How many bytes it takes to tell a whole text of a length.
fn size_of_whole(length: usize) -> usize {
    let mut out = Vec::new();
    write_positions(&mut out, SET, &[length]);
    out.len() + length
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
        text::apply(self, patch)
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.text()
    }
}
