//! Changes of the keys of a map, or of the elements of a set.

use std::collections::BTreeSet;

use crate::{
    schema::{Schema, Shape, TypeRef},
    types::{
        keys::{Many, Numbers, write_update},
        map, set,
    },
    wire::{DecodeError, Reader},
};

/// A key of a map or an element of a set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key<'a> {
    pub(super) bytes: &'a [u8],
    /// Whether a peer can tell it by no other bytes.
    has_one_form: bool,
}

/// Keys that are removed, and then others that are put in.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Keys<'a> {
    numbers: Numbers,
    removed: Vec<Key<'a>>,
    /// With their values' bytes; an element of a set has none.
    inserted: Vec<(Key<'a>, &'a [u8])>,
}

impl<'a> Key<'a> {
    /// Reads over a key.
    pub(super) fn parse(
        schema: &Schema,
        ty: TypeRef,
        reader: &mut Reader<'a>,
    ) -> Result<Self, DecodeError> {
        Ok(Key {
            bytes: schema.nested_value(ty, reader)?,
            has_one_form: schema.has_one_form(ty),
        })
    }

    /// Whether this and another key of the same type are certainly not equal.
    pub(super) fn is_other_than(&self, other: &Key<'_>) -> bool {
        self.has_one_form && self.bytes != other.bytes
    }
}

impl<'a> Keys<'a> {
    /// Reads the rest of an operation on keys; `None` when it is none.
    pub(super) fn parse(
        schema: &Schema,
        shape: &Shape,
        operation: usize,
        reader: &mut Reader<'a>,
    ) -> Result<Option<Self>, DecodeError> {
        let (numbers, keys, values) = match *shape {
            Shape::Map(_, keys, values) => (map::KEYS, keys, Some(values)),
            Shape::Set(_, item) => (set::KEYS, item, None),
            _ => return Ok(None),
        };
        let is = |number| operation == number;
        let has_removed = is(numbers.remove) || is(numbers.remove_all) || is(numbers.update);
        let has_inserted = is(numbers.insert) || is(numbers.insert_all) || is(numbers.update);
        if !has_removed && !has_inserted {
            return Ok(None);
        }
        let count = |reader: &mut Reader<'a>| {
            if is(numbers.insert) || is(numbers.remove) {
                Ok(1)
            } else {
                reader.length()
            }
        };
        let (mut removed, mut inserted) = (Vec::new(), Vec::new());
        if has_removed {
            for _ in 0..count(reader)? {
                removed.push(Key::parse(schema, keys, reader)?);
            }
        }
        if has_inserted {
            for _ in 0..count(reader)? {
                let key = Key::parse(schema, keys, reader)?;
                let value = match values {
                    Some(values) => schema.nested_value(values, reader)?,
                    None => &[],
                };
                inserted.push((key, value));
            }
        }
        Ok(Some(Self {
            numbers,
            removed,
            inserted,
        }))
    }

    /// Puts the operation together again.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let (mut removed, mut inserted) = (Many::default(), Many::default());
        for key in &self.removed {
            removed.add(|out| out.extend_from_slice(key.bytes));
        }
        for (key, value) in &self.inserted {
            inserted.add(|out| {
                out.extend_from_slice(key.bytes);
                out.extend_from_slice(value);
            });
        }
        write_update(out, self.numbers, &removed, &inserted);
    }

    /// The keys that are removed or put in.
    fn all(&self) -> impl Iterator<Item = &Key<'a>> {
        let inserted = self.inserted.iter().map(|(key, _)| key);
        self.removed.iter().chain(inserted)
    }

    pub(super) fn weight(&self) -> usize {
        (self.removed.len() + self.inserted.len()).max(1)
    }

    /// The bytes of each key that is put in, and of its value.
    pub(crate) fn inserted(&self) -> impl Iterator<Item = (&'a [u8], &'a [u8])> {
        self.inserted.iter().map(|(key, value)| (key.bytes, *value))
    }

    /// Whether this changes the value under a key as a whole.
    pub(super) fn changes(&self, key: &Key<'_>) -> bool {
        self.all().any(|own| own == key)
    }

    /// Whether this is of other keys than that one.
    pub(super) fn is_beside(&self, other: &Key<'_>) -> bool {
        self.all().all(|own| own.is_other_than(other))
    }

    /// Whether this is of other keys of the same type.
    pub(super) fn is_apart_from(&self, other: &Keys<'_>) -> bool {
        let (few, many) = if self.weight() < other.weight() {
            (self, other)
        } else {
            (other, self)
        };
        let mut few = few.all();
        match (few.next(), few.next()) {
            (None, _) => true,
            (Some(only), None) => many.is_beside(only),
            (Some(first), Some(second)) => {
                let known: BTreeSet<&[u8]> = [first, second]
                    .into_iter()
                    .chain(few)
                    .map(|key| key.bytes)
                    .collect();
                many.all()
                    .all(|key| key.has_one_form && !known.contains(key.bytes))
            }
        }
    }

    /// What is left of this when what comes later has changed some of the keys; `None` when that is
    /// nothing.
    pub(super) fn without(&self, later: &Keys<'_>) -> Option<Self> {
        let mut left = self.clone();
        left.removed.retain(|key| !later.changes(key));
        left.inserted.retain(|(key, _)| !later.changes(key));
        let is_nothing = left.removed.is_empty() && left.inserted.is_empty();
        // What does nothing has nothing to lose: it stays.
        (!is_nothing || left == *self).then_some(left)
    }
}
