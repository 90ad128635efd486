//! Changes of lists and texts.

use super::change::Change;
use crate::{
    types::{
        list,
        retain::{removed_span, write_retain},
        slice,
        splice::Head,
        text,
    },
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
    /// All elements, so many, go to the front by so many places, the first ones to the end.
    Rotate(usize, usize),
    /// All elements, so many, are put in reverse.
    Reverse(usize),
    /// Lengths of runs: kept, removed, kept and so on, over the whole list.
    Retain(Vec<usize>),
}

/// How many elements a rotation or a reversal may be of that is told as a new order when others put
/// something in meanwhile. A larger one becomes nothing.
const MOST_TOLD: usize = 1 << 16;

/// What is put into a list or a text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Content<'a> {
    pub(crate) unit: Unit,
    /// How many elements or bytes there are.
    pub(crate) length: usize,
    /// Their bytes, one after the other.
    pub(crate) bytes: &'a [u8],
}

impl Content<'_> {
    /// Nothing.
    pub(super) fn none(unit: Unit) -> Self {
        Self {
            unit,
            length: 0,
            bytes: &[],
        }
    }
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
        match Head::read(operation, text::FORMS, reader)? {
            Some(head) => {
                let bytes = reader.utf8(head.inserted())?.as_bytes();
                Ok(Self::of(head, Unit::Byte, bytes))
            }
            None => Err(reader.no_such("operation", "String", operation)),
        }
    }

    /// Reads the rest of a list's operation. `items` reads over so many elements.
    pub(super) fn parse_list(
        operation: usize,
        reader: &mut Reader<'a>,
        items: impl Fn(&mut Reader<'a>, usize) -> Result<&'a [u8], DecodeError>,
    ) -> Result<Self, DecodeError> {
        if let Some(head) = Head::read(operation, list::FORMS, reader)? {
            let bytes = items(reader, head.inserted())?;
            return Ok(Self::of(head, Unit::Element, bytes));
        }
        match operation {
            list::RETAIN => slice::numbers(reader).map(Self::Retain),
            _ => Self::parse_order(operation, reader),
        }
    }

    /// A change at one place, with the bytes of what it puts in.
    fn of(head: Head, unit: Unit, bytes: &'a [u8]) -> Self {
        let content = Content {
            unit,
            length: head.inserted(),
            bytes,
        };
        match head {
            Head::Append { end, .. } => Self::Append {
                at: end,
                added: content,
            },
            Head::Splice { at, removed, .. } => Self::Splice {
                at,
                removed,
                inserted: content,
            },
        }
    }

    /// Reads the rest of an operation that only puts elements in another order: what a list and an
    /// array both have.
    pub(super) fn parse_order(
        operation: usize,
        reader: &mut Reader<'a>,
    ) -> Result<Self, DecodeError> {
        Ok(match operation {
            list::SWAP => Self::Swap(reader.length()?, reader.length()?),
            list::PERMUTE => Self::Permute(slice::permutation(reader)?),
            list::ROTATE => {
                let (length, middle) = slice::rotation(reader)?;
                Self::Rotate(length, middle)
            }
            list::REVERSE => Self::Reverse(reader.length()?),
            _ => return Err(reader.no_such("operation", "list", operation)),
        })
    }

    /// Puts the operation together again.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let (head, content) = match *self {
            Self::Append { at: end, added } => {
                let length = added.length;
                (Head::Append { end, added: length }, added)
            }
            Self::Splice {
                at,
                removed,
                inserted,
            } => (list::splice_head(at, removed, inserted.length), inserted),
            Self::Swap(a, b) => return list::write_positions(out, list::SWAP, &[a, b]),
            Self::Permute(ref order) => return list::write_numbers(out, list::PERMUTE, order),
            Self::Rotate(length, middle) => {
                return list::write_positions(out, list::ROTATE, &[length, middle]);
            }
            Self::Reverse(length) => return list::write_positions(out, list::REVERSE, &[length]),
            Self::Retain(ref runs) => return write_retain(out, runs),
        };
        head.write(
            out,
            match content.unit {
                Unit::Byte => text::FORMS,
                Unit::Element => list::FORMS,
            },
        );
        out.extend_from_slice(content.bytes);
    }

    /// Where an element is after this change, unless its content is what takes the change back.
    pub(super) fn passed(&self, at: usize) -> Option<usize> {
        match self {
            Self::Retain(runs) if removed_span(runs).0.contains(&at) => None,
            // Whatever it tells of where the end was: it is put in behind all.
            Self::Append { .. } => Some(at),
            _ => Change::of(self).element(at),
        }
    }

    /// How many positions it tells, or may come to tell.
    pub(super) fn weight(&self) -> usize {
        match self {
            Self::Permute(numbers) | Self::Retain(numbers) => numbers.len(),
            &Self::Rotate(length, _) | &Self::Reverse(length) if length <= MOST_TOLD => {
                length.max(1)
            }
            _ => 1,
        }
    }

    /// The order that a rotation or a reversal makes: for each place the position of the element that
    /// goes there. `None` when that is too long.
    fn order(&self) -> Option<Vec<usize>> {
        match *self {
            Self::Rotate(length, middle) if length <= MOST_TOLD => {
                Some((middle..length).chain(0..middle).collect())
            }
            Self::Reverse(length) if length <= MOST_TOLD => Some((0..length).rev().collect()),
            _ => None,
        }
    }

    /// A rotation or a reversal, of so many elements, as it is after another change of the order.
    fn reordered(&self, length: usize, other: &Sequence<'_>, tie: Tie) -> Option<Self> {
        match (self, other) {
            // What goes to the front goes to the end of a reversed list.
            (&Self::Rotate(_, middle), &Sequence::Reverse(of)) if of == length => {
                Some(Self::Rotate(length, length - middle))
            }
            (_, &Sequence::Rotate(of, _) | &Sequence::Reverse(of)) => {
                (of == length).then(|| self.clone())
            }
            (_, Sequence::Permute(order)) => {
                (order.len() == length && tie == Tie::After).then(|| self.clone())
            }
            (_, Sequence::Swap(..)) => Some(self.clone()),
            _ => {
                let order = self.order()?;
                Change::of(other).order(&order).map(Self::Permute)
            }
        }
    }

    /// A whole order as it is after `other`. Of two, the later one is what counts; other changes of the
    /// order count on top of it when they are later.
    fn permuted(order: &[usize], other: &Sequence<'_>, tie: Tie) -> Option<Vec<usize>> {
        if tie == Tie::Before {
            match other {
                Sequence::Permute(_) => return None,
                Sequence::Swap(..) => return Some(order.to_vec()),
                _ => {}
            }
        }
        let mut moved = Change::of(other).order(order)?;
        match *other {
            Sequence::Rotate(length, middle) if tie == Tie::Before && length == moved.len() => {
                moved.rotate_left(middle);
            }
            Sequence::Reverse(length) if tie == Tie::Before && length == moved.len() => {
                moved.reverse();
            }
            _ => {}
        }
        Some(moved)
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
            Self::Swap(a, b) => match (change.element(a), change.element(b), other) {
                (_, _, Sequence::Permute(_)) if tie == Tie::Before => vec![],
                // The later one's elements are exchanged on top of it.
                (_, _, Sequence::Swap(..)) if tie == Tie::Before => vec![self.clone()],
                (Some(a), Some(b), _) => vec![Self::Swap(a, b)],
                _ => vec![],
            },
            Self::Permute(ref order) => {
                let moved = Self::permuted(order, other, tie).map(Self::Permute);
                moved.into_iter().collect()
            }
            Self::Rotate(length, _) | Self::Reverse(length) => {
                self.reordered(length, other, tie).into_iter().collect()
            }
            Self::Retain(ref runs) => change.retain(runs).map(Self::Retain).into_iter().collect(),
        }
    }
}
