//! How a change at one place of a list or a text is told: in the shortest of several forms, and never
//! in more bytes than the whole if it removes few or keeps some.

use crate::wire::{DecodeError, Reader, put_length};

/// The numbers of the forms.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Forms {
    /// Adds one element at the end; texts have no elements.
    pub(crate) push: Option<usize>,
    /// Adds at the end.
    pub(crate) extend: usize,
    /// Adds to nothing.
    pub(crate) first: usize,
    /// Inserts one element.
    pub(crate) insert: Option<usize>,
    /// Inserts.
    pub(crate) insert_all: usize,
    /// Removes one element.
    pub(crate) remove: Option<usize>,
    /// Removes.
    pub(crate) remove_all: usize,
    /// Replaces.
    pub(crate) splice: usize,
}

/// From this number on: replaces so many of the first ones, from 1 to [`MOST_PACKED`].
const REPLACE_FIRST: usize = 32;
/// From this number on: replaces so many at a position.
const REPLACE: usize = REPLACE_FIRST + MOST_PACKED;
/// How many that are replaced are told by the number of the operation.
const MOST_PACKED: usize = 32;

/// What is changed at one place. What is put in follows: so many elements or bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Head {
    /// Something is added at the end.
    Append {
        /// Where the end was.
        end: usize,
        /// How many are added.
        added: usize,
    },
    /// A range is replaced.
    Splice {
        /// Where it starts.
        at: usize,
        /// How many were removed.
        removed: usize,
        /// How many are put in their place.
        inserted: usize,
    },
}

impl Head {
    /// What replaces a range of something of a length. At its end it appends: that is where it is meant
    /// to be, wherever others move the end to.
    pub(crate) fn of(length: usize, at: usize, removed: usize, inserted: usize) -> Self {
        if at == length {
            Self::Append {
                end: at,
                added: inserted,
            }
        } else {
            Self::Splice {
                at,
                removed,
                inserted,
            }
        }
    }

    /// How many elements or bytes follow.
    pub(crate) fn inserted(self) -> usize {
        match self {
            Self::Append { added, .. } => added,
            Self::Splice { inserted, .. } => inserted,
        }
    }

    /// Appends the shortest form.
    pub(crate) fn write(self, out: &mut Vec<u8>, forms: Forms) {
        let (number, positions): (usize, &[usize]) = match self {
            Self::Append { end, added } => match (forms.push, end, added) {
                (Some(push), _, 1) => (push, &[end]),
                (_, 0, _) => (forms.first, &[added]),
                _ => (forms.extend, &[end, added]),
            },
            Self::Splice {
                at,
                removed,
                inserted,
            } => match (removed, inserted, forms.insert, forms.remove) {
                (0, 1, Some(insert), _) => (insert, &[at]),
                (1, 0, _, Some(remove)) => (remove, &[at]),
                (_, 0, ..) => (forms.remove_all, &[at, removed]),
                (0, ..) => (forms.insert_all, &[at, inserted]),
                (..=MOST_PACKED, ..) if at == 0 => (REPLACE_FIRST + removed - 1, &[inserted]),
                (..=MOST_PACKED, ..) => (REPLACE + removed - 1, &[at, inserted]),
                _ => (forms.splice, &[at, removed, inserted]),
            },
        };
        put_length(out, number);
        for &position in positions {
            put_length(out, position);
        }
    }

    /// How many bytes the shortest form takes.
    pub(crate) fn size(self, forms: Forms) -> usize {
        let mut out = Vec::new();
        self.write(&mut out, forms);
        out.len()
    }

    /// Reads the rest of any of the forms; `None` when `operation` is none of them.
    pub(crate) fn read(
        operation: usize,
        forms: Forms,
        reader: &mut Reader<'_>,
    ) -> Result<Option<Self>, DecodeError> {
        let is = |number: usize| operation == number;
        let is_one = |number: Option<usize>| number.is_some_and(is);
        let packed = |from: usize| {
            let removed = operation.checked_sub(from - 1)?;
            (1..=MOST_PACKED).contains(&removed).then_some(removed)
        };
        Ok(Some(if is_one(forms.push) {
            Self::Append {
                end: reader.length()?,
                added: 1,
            }
        } else if is(forms.extend) || is(forms.first) {
            Self::Append {
                end: if is(forms.first) { 0 } else { reader.length()? },
                added: reader.length()?,
            }
        } else if let Some(removed) = packed(REPLACE_FIRST) {
            Self::Splice {
                at: 0,
                removed,
                inserted: reader.length()?,
            }
        } else if let Some(removed) = packed(REPLACE) {
            Self::Splice {
                at: reader.length()?,
                removed,
                inserted: reader.length()?,
            }
        } else {
            let (removed, inserted) = if is_one(forms.insert) {
                (Some(0), Some(1))
            } else if is_one(forms.remove) {
                (Some(1), Some(0))
            } else if is(forms.insert_all) {
                (Some(0), None)
            } else if is(forms.remove_all) {
                (None, Some(0))
            } else if is(forms.splice) {
                (None, None)
            } else {
                return Ok(None);
            };
            let mut told = |number: Option<usize>| match number {
                Some(number) => Ok(number),
                None => reader.length(),
            };
            Self::Splice {
                at: told(None)?,
                removed: told(removed)?,
                inserted: told(inserted)?,
            }
        }))
    }
}
