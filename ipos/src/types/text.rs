//! `String`: replaced whole, or edited at byte positions.

use serde::{Deserialize, Serialize};

use super::{
    list,
    splice::{Forms, Head},
};
use crate::{
    patch::{Fault, Incoming, Patch, SET},
    recorder::Inverse,
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
pub(crate) const FIRST: usize = 3;
pub(crate) const INSERT: usize = 4;
pub(crate) const REMOVE: usize = 5;

/// The forms of a change at one place.
pub(crate) const FORMS: Forms = Forms {
    push: None,
    extend: PUSH,
    first: FIRST,
    insert: None,
    insert_all: INSERT,
    remove: None,
    remove_all: REMOVE,
    splice: SPLICE,
};

impl Patch for TextPatch {
    fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Set(text) => write_set(out, text),
            Self::Push(end, text) => {
                let (end, added) = (*end, text.len());
                write(out, Head::Append { end, added }, text);
            }
            Self::Splice {
                at,
                removed,
                inserted,
            } => write(
                out,
                list::splice_head(*at, *removed, inserted.len()),
                inserted,
            ),
        }
    }

    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let number = reader.length()?;
        if number == SET {
            return Ok(Self::Set(reader.text()?.to_owned()));
        }
        let Some(head) = Head::read(number, FORMS, reader)? else {
            return Err(reader.no_such("operation", "String", number));
        };
        let text = reader.utf8(head.inserted())?.to_owned();
        Ok(match head {
            Head::Append { end, .. } => Self::Push(end, text),
            Head::Splice { at, removed, .. } => Self::Splice {
                at,
                removed,
                inserted: text,
            },
        })
    }
}

/// Appends a change at one place, with what it puts in.
pub(crate) fn write(out: &mut Vec<u8>, head: Head, inserted: &str) {
    head.write(out, FORMS);
    out.extend_from_slice(inserted.as_bytes());
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
    undo.note(|out| write(out, list::splice_head(text.len(), string.len(), 0), ""));
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
        let old = &text[at..at + removed];
        write(out, list::splice_head(at, string.len(), removed), old);
    });
    text.replace_range(at..at + removed, string);
}

/// Applies an incoming patch to a text, whether its owner knows the type or only the schema.
pub(crate) fn apply(text: &mut String, patch: &mut Incoming<'_>) -> Result<(), Fault> {
    let operation = patch.operation()?;
    if operation.number == SET {
        let value = patch.reader().text()?.to_owned();
        set(text, value, patch.inverse(operation));
        return Ok(());
    }
    let Some(head) = Head::read(operation.number, FORMS, patch.reader())? else {
        return Err(patch.no_such("operation", "String", operation));
    };
    let string = patch.reader().utf8(head.inserted())?;
    match head {
        Head::Append { end, .. } => {
            // Where the end was is for moving others over it. Here it is where it is.
            patch.check_end(end, text.len());
            push(text, string, patch.inverse(operation));
        }
        Head::Splice { at, removed, .. } => {
            let end = at.checked_add(removed).ok_or(Fault::Gone)?;
            if text.get(at..end).is_none() {
                return Err(Fault::Gone);
            }
            splice(text, at, removed, string, patch.inverse(operation));
        }
    }
    Ok(())
}
