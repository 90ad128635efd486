//! Values of types that this program does not name, held and changed by their schema.

use std::{
    collections::{BTreeMap, BTreeSet},
    iter::repeat_n,
};

use crate::{
    codec::{Codec, Native},
    patch::{Fault, Incoming, SET},
    schema::{Field, Leaf, LeafBytes, Schema, Shape, TypeRef},
    types::{
        array, events, leaf, list, map,
        number::{self, Adder, Sign},
        option, set, text,
    },
    wire::{DecodeError, Reader, put, put_length},
};

/// A value, told by a schema that goes with it.
#[derive(Clone, Debug)]
pub(crate) enum Value {
    Leaf(LeafBytes),
    Text(String),
    Option(Option<Box<Value>>),
    List(Vec<Value>),
    /// A list of `u8`.
    Bytes(Vec<u8>),
    Map(BTreeMap<Key, Value>),
    Set(BTreeSet<Key>),
    /// The parts of a tuple, the fields of a struct, or the elements of an array.
    Parts(Vec<Value>),
    /// The number of a variant, and its fields.
    Variant(usize, Vec<Value>),
    /// A long leaf, or what only its type can read, as its bytes.
    Whole(Box<[u8]>),
}

/// A value by which others are looked up, as its bytes. They are not those that a peer sent but
/// written anew, so that equal keys have equal bytes though a set in them was told in another order.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key(Box<[u8]>);

impl Value {
    /// The parts of what consists of parts.
    fn parts_mut(&mut self) -> &mut [Value] {
        match self {
            Self::Parts(values) => values,
            _ => unreachable!("only what has the shape of an array is asked"),
        }
    }
}

/// The form of one value.
#[derive(Clone, Copy, Debug)]
struct Told<'a> {
    schema: &'a Schema,
    ty: TypeRef,
}

impl Schema {
    /// Reads a value of the root type.
    pub(crate) fn decode(&self, reader: &mut Reader<'_>) -> Result<Value, DecodeError> {
        self.told(self.root()).decode(reader)
    }

    /// Appends the byte form of a value of the root type.
    pub(crate) fn encode(&self, value: &Value, out: &mut Vec<u8>) {
        self.told(self.root()).encode(value, out);
    }

    /// Applies a patch to a value of the root type. On a fault the value is unchanged.
    pub(crate) fn apply(&self, value: &mut Value, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        self.told(self.root()).apply(value, patch)
    }

    fn told(&self, ty: TypeRef) -> Told<'_> {
        Told { schema: self, ty }
    }
}

impl<'a> Told<'a> {
    /// The forms of the parts of a tuple, struct or array.
    fn parts(self) -> impl Iterator<Item = Told<'a>> {
        let none = (&[][..], &[][..], None);
        let (parts, fields, items): (&[TypeRef], &[Field], _) = match self.schema.shape(self.ty) {
            Shape::Tuple(parts) => (parts, none.1, none.2),
            Shape::Struct(_, fields) => (none.0, fields, none.2),
            &Shape::Array(item, length) => (none.0, none.1, Some(repeat_n(item, length))),
            _ => none,
        };
        let types = parts
            .iter()
            .copied()
            .chain(fields.iter().map(|field| field.ty))
            .chain(items.into_iter().flatten());
        types.map(move |ty| self.schema.told(ty))
    }

    /// The forms of the fields of a variant.
    fn variant(self, number: usize) -> Option<impl Iterator<Item = Told<'a>>> {
        let Shape::Enum(_, variants) = self.schema.shape(self.ty) else {
            return None;
        };
        let fields = variants.get(number)?.fields.iter();
        Some(fields.map(move |field| self.schema.told(field.ty)))
    }
}

impl Told<'_> {
    fn apply_to_enum(self, value: &mut Value, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        let operation = patch.operation()?;
        if operation.number == SET {
            let new = self.decode(patch.reader())?;
            leaf::replace(value, self, new, patch.inverse(operation));
            return Ok(());
        }
        let field = patch.operation()?;
        let Value::Variant(variant, values) = value else {
            unreachable!("a value has the shape that it was read by")
        };
        let variant = *variant;
        if operation.number - 1 != variant {
            return Err(Fault::Gone);
        }
        let parts = self.variant(variant).into_iter().flatten();
        match parts.zip(values).nth(field.number) {
            Some((part, value)) => patch.nested(|patch| part.apply(value, patch)),
            None => Err(patch.no_such("field", "enum", field)),
        }
    }
}

impl Codec<Value> for Told<'_> {
    fn encode(self, value: &Value, out: &mut Vec<u8>) {
        let told = |ty| self.schema.told(ty);
        match (self.schema.shape(self.ty), value) {
            (&Shape::Atom(_, form), value) => told(form).encode(value, out),
            (_, Value::Leaf(leaf)) => out.extend_from_slice(leaf.as_slice()),
            (_, Value::Bytes(bytes)) => list::encode(out, Native, bytes),
            (_, Value::Text(text)) => put(out, text.as_str()),
            (&Shape::Option(inner), Value::Option(value)) => {
                option::encode(out, told(inner), value.as_ref());
            }
            (&Shape::List(_, item), Value::List(list)) => {
                list::encode(out, told(item), list);
            }
            (&Shape::Map(_, key, value), Value::Map(map)) => {
                map::encode(out, (told(key), told(value)), map);
            }
            (&Shape::Set(_, item), Value::Set(set)) => {
                set::encode(out, told(item), set);
            }
            (_, Value::Parts(values)) => {
                for (part, value) in self.parts().zip(values) {
                    part.encode(value, out);
                }
            }
            (_, Value::Variant(number, values)) => {
                put_length(out, *number);
                for (part, value) in self.variant(*number).into_iter().flatten().zip(values) {
                    part.encode(value, out);
                }
            }
            (_, Value::Whole(bytes)) => out.extend_from_slice(bytes),
            _ => unreachable!("a value has the shape that it was read by"),
        }
    }

    fn decode(self, reader: &mut Reader<'_>) -> Result<Value, DecodeError> {
        let told = |ty| self.schema.told(ty);
        Ok(match self.schema.shape(self.ty) {
            Shape::Leaf(leaf) if leaf.is_short() => Value::Leaf(leaf.read(reader)?),
            Shape::Text => Value::Text(reader.text()?.to_owned()),
            &Shape::Option(inner) => Value::Option(option::decode(reader, told(inner))?),
            &Shape::List(_, item) if matches!(self.schema.shape(item), Shape::Leaf(Leaf::U8)) => {
                Value::Bytes(list::decode::<u8, _>(reader, Native)?)
            }
            &Shape::List(_, item) => Value::List(list::decode(reader, told(item))?),
            &Shape::Map(_, key, value) => {
                Value::Map(map::decode(reader, (told(key), told(value)))?)
            }
            &Shape::Set(_, item) => Value::Set(set::decode(reader, told(item))?),
            Shape::Tuple(_) | Shape::Struct(..) | Shape::Array(..) => Value::Parts(
                reader.parts(|reader| self.parts().map(|part| part.decode(reader)).collect())?,
            ),
            Shape::Enum(..) => {
                let number = reader.length()?;
                let Some(mut parts) = self.variant(number) else {
                    return Err(reader.no_such("variant", "enum", number));
                };
                let parts = |reader: &mut Reader<'_>| {
                    parts.try_fold(vec![], |mut values, part| {
                        values.push(part.decode(reader)?);
                        Ok(values)
                    })
                };
                Value::Variant(number, reader.parts(parts)?)
            }
            &Shape::Atom(_, form) => told(form).decode(reader)?,
            Shape::Leaf(_) | Shape::Opaque(_) | Shape::Events(_) => {
                let bytes = reader.taken(|reader| self.schema.value(self.ty, reader))?;
                Value::Whole(bytes.into())
            }
        })
    }

    fn apply(self, value: &mut Value, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        let told = |ty| self.schema.told(ty);
        match (self.schema.shape(self.ty), value) {
            (Shape::Leaf(kind), leaf) if kind.is_number() => number::apply(leaf, self, patch),
            (Shape::Leaf(_) | Shape::Atom(..) | Shape::Opaque(_), leaf) => {
                leaf::apply(leaf, self, patch)
            }
            (&Shape::Events(event), _) => {
                let operation = patch.operation()?;
                if operation.number != events::EMIT {
                    return Err(patch.no_such("operation", "Events", operation));
                }
                let reader = patch.reader();
                Ok(reader.nested(|reader| self.schema.value(event, reader))?)
            }
            (_, Value::Text(text)) => text::apply(text, patch),
            (&Shape::Option(inner), Value::Option(value)) => {
                option::apply(value, told(inner), patch)
            }
            (_, Value::Bytes(bytes)) => list::apply(bytes, Native, patch),
            (&Shape::List(_, item), Value::List(list)) => list::apply(list, told(item), patch),
            (&Shape::Map(_, key, value), Value::Map(map)) => {
                map::apply(map, (told(key), told(value)), patch)
            }
            (&Shape::Set(_, item), Value::Set(set)) => set::apply(set, told(item), patch),
            (&Shape::Array(item, _), array @ Value::Parts(_)) => {
                array::apply(array, Value::parts_mut, (self, told(item)), patch)
            }
            (_, value @ Value::Variant(..)) => self.apply_to_enum(value, patch),
            (_, Value::Parts(values)) => {
                let operation = patch.operation()?;
                match self.parts().zip(values).nth(operation.number) {
                    Some((part, value)) => patch.nested(|patch| part.apply(value, patch)),
                    None => Err(patch.no_such("part", "struct", operation)),
                }
            }
            _ => unreachable!("a value has the shape that it was read by"),
        }
    }
}

impl Adder<Value> for Told<'_> {
    fn is_exact(self) -> bool {
        matches!(self.schema.shape(self.ty), Shape::Leaf(kind) if kind.is_exact())
    }
    fn sum(self, number: &Value, other: &Value, sign: Sign) -> Value {
        match (self.schema.shape(self.ty), number, other) {
            (Shape::Leaf(kind), Value::Leaf(number), Value::Leaf(other)) => {
                Value::Leaf(kind.sum(number, other, sign))
            }
            _ => unreachable!("a number has the shape that it was read by"),
        }
    }
    fn write_term(self, out: &mut Vec<u8>, term: &Value, sign: Sign) {
        match (self.schema.shape(self.ty), term) {
            (Shape::Leaf(kind), Value::Leaf(term)) => kind.write_term(out, term, sign),
            _ => unreachable!("a number has the shape that it was read by"),
        }
    }
    fn decode_term(self, reader: &mut Reader<'_>) -> Result<Value, DecodeError> {
        match self.schema.shape(self.ty) {
            Shape::Leaf(kind) => kind.read_term(reader).map(Value::Leaf),
            _ => unreachable!("a number has the shape that it was read by"),
        }
    }
}

impl Codec<Box<Value>> for Told<'_> {
    fn encode(self, value: &Box<Value>, out: &mut Vec<u8>) {
        self.encode(&**value, out);
    }
    fn decode(self, reader: &mut Reader<'_>) -> Result<Box<Value>, DecodeError> {
        Ok(Box::new(self.decode(reader)?))
    }
    fn apply(self, value: &mut Box<Value>, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        self.apply(&mut **value, patch)
    }
}

impl Codec<Key> for Told<'_> {
    fn encode(self, value: &Key, out: &mut Vec<u8>) {
        out.extend_from_slice(&value.0);
    }
    fn decode(self, reader: &mut Reader<'_>) -> Result<Key, DecodeError> {
        let value: Value = self.decode(reader)?;
        let mut bytes = Vec::new();
        self.encode(&value, &mut bytes);
        Ok(Key(bytes.into()))
    }
    fn apply(self, key: &mut Key, _: &mut Incoming<'_>) -> Result<(), Fault> {
        unreachable!("a patch replaces the key {key:?}, it does not reach into it")
    }
}
