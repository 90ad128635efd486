//! `String`: replaced whole, or edited at byte positions.

use serde::{Deserialize, Serialize};

use super::list::write_positions;
use crate::{
    patch::{Fault, Incoming, SET, patch_forms},
    recorder::Inverse,
    wire::{put, put_length},
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
    /// Text appended to one that was empty.
    First(String),
    /// Text inserted before a position.
    Insert(usize, String),
    /// A range removed: where it starts, and how long it was.
    Remove(usize, usize),
}

pub(crate) const PUSH: usize = 1;
pub(crate) const SPLICE: usize = 2;
pub(crate) const FIRST: usize = 3;
pub(crate) const INSERT: usize = 4;
pub(crate) const REMOVE: usize = 5;

patch_forms! {
    impl[] Patch for TextPatch, of "String" {
        SET => (Self::Set(text)), [text] [];
        PUSH => (Self::Push(end, text)), [end text] [];
        SPLICE => (Self::Splice { at, removed, inserted }), [at removed inserted] [];
        FIRST => (Self::First(text)), [text] [];
        INSERT => (Self::Insert(at, text)), [at text] [];
        REMOVE => (Self::Remove(at, length)), [at length] [];
    }
}

/// Begins what adds so many bytes at the end, which is at `end`. They follow.
pub(crate) fn write_push(out: &mut Vec<u8>, end: usize, added: usize) {
    match end {
        0 => write_positions(out, FIRST, &[added]),
        _ => write_positions(out, PUSH, &[end, added]),
    }
}

/// Begins what replaces a range of so many bytes by others. Those follow.
pub(crate) fn write_splice(out: &mut Vec<u8>, at: usize, removed: usize, inserted: usize) {
    match (removed, inserted) {
        (_, 0) => write_positions(out, REMOVE, &[at, removed]),
        (0, _) => write_positions(out, INSERT, &[at, inserted]),
        _ => write_positions(out, SPLICE, &[at, removed, inserted]),
    }
}

pub(crate) fn write_set(out: &mut Vec<u8>, value: &str) {
    put_length(out, SET);
    put(out, value);
}

pub(crate) fn set(text: &mut String, value: String, mut undo: Inverse<'_>) {
    undo.note(|out| write_set(out, text));
    *text = value;
}

pub(crate) fn push(text: &mut String, string: &str, mut undo: Inverse<'_>) {
    undo.note(|out| write_splice(out, text.len(), string.len(), 0));
    text.push_str(string);
}

pub(crate) fn splice(
    text: &mut String,
    at: usize,
    removed: usize,
    string: &str,
    mut undo: Inverse<'_>,
) {
    undo.note(|out| {
        write_splice(out, at, string.len(), removed);
        out.extend_from_slice(&text.as_bytes()[at..at + removed]);
    });
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
        PUSH | FIRST => {
            // Where the end was is for moving others over it. Here it is where it is.
            let end = match operation.number {
                FIRST => 0,
                _ => patch.reader().length()?,
            };
            patch.check_end(end, text.len());
            let string = patch.reader().text()?;
            push(text, string, patch.inverse(operation));
        }
        SPLICE | INSERT | REMOVE => {
            let at = patch.reader().length()?;
            let removed = match operation.number {
                INSERT => 0,
                _ => patch.reader().length()?,
            };
            let string = match operation.number {
                REMOVE => "",
                _ => patch.reader().text()?,
            };
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
