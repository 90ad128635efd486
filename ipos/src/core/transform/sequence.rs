//! Changes of lists and texts.

use super::change::Change;
use crate::{
    types::{list, text},
    wire::{DecodeError, Reader},
};

/// A change of a list or a text. Positions count elements, or bytes of text.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Sequence<'a> {
    /// Something is added at the end, which was at a position.
    Append { at: usize, added: Content<'a> },
    /// Something is put in before a position, in place of what was removed there.
    Splice {
        at: usize,
        removed: usize,
        inserted: Content<'a>,
    },
    /// Two elements are exchanged.
    Swap(usize, usize),
    /// For each place the position of the element that goes there.
    Permute(Vec<usize>),
    /// Lengths of runs: kept, removed, kept and so on, over the whole list.
    Retain(Vec<usize>),
}

/// What is put into a list or a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Content<'a> {
    pub(crate) unit: Unit,
    /// How many elements or bytes there are.
    pub(crate) length: usize,
    /// Their bytes, one after the other.
    pub(crate) bytes: &'a [u8],
}

/// What a sequence consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Unit {
    Element,
    Byte,
}

/// Which of two changes at one place comes to stand behind the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tie {
    /// The one that is moved.
    After,
    /// The one that it is moved over.
    Before,
}

impl<'a> Sequence<'a> {
    /// Reads the rest of a text's operation.
    pub(super) fn parse_text(
        operation: usize,
        reader: &mut Reader<'a>,
    ) -> Result<Self, DecodeError> {
        let content = |reader: &mut Reader<'a>| -> Result<Content<'a>, DecodeError> {
            let bytes = reader.text()?.as_bytes();
            Ok(Content {
                unit: Unit::Byte,
                length: bytes.len(),
                bytes,
            })
        };
        match operation {
            text::PUSH => {
                let at = reader.length()?;
                Ok(Self::Append {
                    at,
                    added: content(reader)?,
                })
            }
            text::SPLICE => {
                let (at, removed) = (reader.length()?, reader.length()?);
                Ok(Self::Splice {
                    at,
                    removed,
                    inserted: content(reader)?,
                })
            }
            _ => Err(reader.no_such("operation", "String", operation)),
        }
    }

    /// Reads the rest of a list's operation. `items` reads over so many elements.
    pub(super) fn parse_list(
        operation: usize,
        reader: &mut Reader<'a>,
        items: impl Fn(&mut Reader<'a>, usize) -> Result<&'a [u8], DecodeError>,
    ) -> Result<Self, DecodeError> {
        let content = |reader: &mut Reader<'a>, length| -> Result<Content<'a>, DecodeError> {
            Ok(Content {
                unit: Unit::Element,
                length,
                bytes: items(reader, length)?,
            })
        };
        let none = Content {
            unit: Unit::Element,
            length: 0,
            bytes: &[],
        };
        Ok(match operation {
            list::PUSH => {
                let at = reader.length()?;
                Self::Append {
                    at,
                    added: content(reader, 1)?,
                }
            }
            list::EXTEND => {
                let at = reader.length()?;
                let length = reader.length()?;
                Self::Append {
                    at,
                    added: content(reader, length)?,
                }
            }
            list::INSERT => {
                let at = reader.length()?;
                Self::Splice {
                    at,
                    removed: 0,
                    inserted: content(reader, 1)?,
                }
            }
            list::REMOVE => Self::Splice {
                at: reader.length()?,
                removed: 1,
                inserted: none,
            },
            list::SPLICE => {
                let (at, removed) = (reader.length()?, reader.length()?);
                let length = reader.length()?;
                Self::Splice {
                    at,
                    removed,
                    inserted: content(reader, length)?,
                }
            }
            list::RETAIN => Self::Retain(list::numbers(reader)?),
            _ => return Self::parse_order(operation, reader),
        })
    }

    /// Reads the rest of an operation that only puts elements in another order: what a list and an
    /// array both have.
    pub(super) fn parse_order(
        operation: usize,
        reader: &mut Reader<'a>,
    ) -> Result<Self, DecodeError> {
        Ok(match operation {
            list::SWAP => Self::Swap(reader.length()?, reader.length()?),
            list::PERMUTE => Self::Permute(list::permutation(reader)?),
            _ => return Err(reader.no_such("operation", "list", operation)),
        })
    }

    /// Puts the operation together again.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        match *self {
            Self::Append { at, added } => match (added.unit, added.length) {
                (Unit::Byte, length) => list::write_positions(out, text::PUSH, &[at, length]),
                (Unit::Element, 1) => list::write_positions(out, list::PUSH, &[at]),
                (Unit::Element, length) => list::write_positions(out, list::EXTEND, &[at, length]),
            },
            Self::Splice {
                at,
                removed,
                inserted,
            } => {
                let length = inserted.length;
                match (inserted.unit, removed, length) {
                    (Unit::Byte, ..) => {
                        list::write_positions(out, text::SPLICE, &[at, removed, length]);
                    }
                    (Unit::Element, 0, 1) => list::write_positions(out, list::INSERT, &[at]),
                    (Unit::Element, 1, 0) => list::write_positions(out, list::REMOVE, &[at]),
                    (Unit::Element, ..) => {
                        list::write_positions(out, list::SPLICE, &[at, removed, length]);
                    }
                }
            }
            Self::Swap(a, b) => list::write_positions(out, list::SWAP, &[a, b]),
            Self::Permute(ref order) => list::write_numbers(out, list::PERMUTE, order),
            Self::Retain(ref runs) => list::write_numbers(out, list::RETAIN, runs),
        }
        if let Self::Append { added, .. }
        | Self::Splice {
            inserted: added, ..
        } = self
        {
            out.extend_from_slice(added.bytes);
        }
    }

    /// Where an element is after this change, unless its content is what takes the change back.
    pub(super) fn passed(&self, at: usize) -> Option<usize> {
        match self {
            Self::Retain(runs) if list::removed_span(runs).0.contains(&at) => None,
            // Whatever it tells of where the end was: it is put in behind all.
            Self::Append { .. } => Some(at),
            _ => Change::of(self).element(at),
        }
    }

    /// How many positions it tells.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Permute(numbers) | Self::Retain(numbers) => numbers.len(),
            _ => 1,
        }
    }

    /// The changes that do what is left of this one after `other`, one after the other.
    pub(super) fn over(&self, other: &Sequence<'_>, tie: Tie) -> Vec<Self> {
        let change = Change::of(other);
        match *self {
            Self::Append { at, added } => {
                // What the other puts in behind it is the end now.
                let is_last = match *other {
                    Sequence::Append { at: end, .. }
                    | Sequence::Splice {
                        at: end,
                        removed: 0,
                        ..
                    } => end < at,
                    _ => true,
                };
                let at = change.gap(at, false, tie);
                vec![if is_last || tie == Tie::After {
                    Self::Append { at, added }
                } else {
                    Self::Splice {
                        at,
                        removed: 0,
                        inserted: added,
                    }
                }]
            }
            Self::Splice {
                at,
                removed,
                inserted,
            } => change.splice(at, removed, inserted, tie),
            Self::Swap(a, b) => match (change.element(a), change.element(b)) {
                (Some(a), Some(b)) => vec![Self::Swap(a, b)],
                _ => vec![],
            },
            Self::Permute(ref order) => {
                change.order(order).map(Self::Permute).into_iter().collect()
            }
            Self::Retain(ref runs) => change.retain(runs).map(Self::Retain).into_iter().collect(),
        }
    }
}
