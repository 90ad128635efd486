//! Values as plain data, for programs that look at objects whose types they do not name.

mod decode;

#[cfg(test)]
mod tests;

use std::{fmt, sync::Arc};

use serde::{
    Serialize, Serializer,
    ser::{SerializeMap, SerializeSeq},
};

/// A value as plain data, read by its schema. See [`Ipos::value`](crate::Ipos::value).
///
/// As text it is what `Debug` would tell of the value, on a line with `{}` and on several with `{:#}`.
/// With serde it is what the value would be with the derived impls of its types, but that maps whose keys
/// are not texts are lists of pairs, and times are texts. Ranges and the like are told as tuples.
///
/// ```
/// use std::collections::BTreeMap;
///
/// let ages = BTreeMap::from([("ada".to_owned(), Some(36)), ("alan".to_owned(), None)]);
/// let value = ipos::Value::of(&ages);
/// assert_eq!(value.to_string(), r#"{"ada": Some(36), "alan": None}"#);
/// ```
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Value {
    /// `()`.
    Unit,
    /// A `bool`.
    Bool(bool),
    /// A `char`.
    Char(char),
    /// An integer with a sign.
    Int(i128),
    /// An integer without a sign.
    Unsigned(u128),
    /// An `f32`.
    Float32(f32),
    /// An `f64`.
    Float(f64),
    /// A text.
    Text(String),
    /// A list of `u8`.
    Bytes(Vec<u8>),
    /// What may be absent.
    Option(Option<Box<Value>>),
    /// The elements of a list or an array.
    List(Vec<Value>),
    /// The elements of a set, in the order in which they were told.
    Set(Vec<Value>),
    /// The keys and values of a map, in the order in which they were told.
    Map(Vec<(Value, Value)>),
    /// The parts of a tuple.
    Tuple(Vec<Value>),
    /// A struct.
    Struct {
        /// Its name.
        name: Arc<str>,
        /// Its fields in order, those of a tuple struct called by their numbers.
        fields: Vec<(Arc<str>, Value)>,
    },
    /// An enum.
    Enum {
        /// Its name.
        name: Arc<str>,
        /// The name of the variant that it is in.
        variant: Arc<str>,
        /// The variant's fields in order, those of a tuple variant called by their numbers.
        fields: Vec<(Arc<str>, Value)>,
    },
    /// A time, an address or the like, as its text.
    Other(String),
    /// What only its own type can read.
    Opaque {
        /// The type's name.
        name: Arc<str>,
        /// Its bytes.
        bytes: Vec<u8>,
    },
}

/// Whether fields are those of a tuple.
fn are_numbered(fields: &[(Arc<str>, Value)]) -> bool {
    let mut fields = fields.iter().enumerate();
    fields.all(|(i, (name, _))| **name == *i.to_string())
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&Shown(self), f)
    }
}

/// As the type's own `Debug` would tell it.
struct Shown<'a>(&'a Value);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0 {
            Value::Unit => f.write_str("()"),
            Value::Bool(value) => fmt::Debug::fmt(value, f),
            Value::Char(value) => fmt::Debug::fmt(value, f),
            Value::Int(value) => fmt::Debug::fmt(value, f),
            Value::Unsigned(value) => fmt::Debug::fmt(value, f),
            Value::Float32(value) => fmt::Debug::fmt(value, f),
            Value::Float(value) => fmt::Debug::fmt(value, f),
            Value::Text(value) => fmt::Debug::fmt(value, f),
            Value::Other(value) => f.write_str(value),
            Value::Bytes(value) => fmt::Debug::fmt(value, f),
            Value::Option(value) => fmt::Debug::fmt(&value.as_deref().map(Shown), f),
            Value::List(values) => f.debug_list().entries(values.iter().map(Shown)).finish(),
            Value::Set(values) => f.debug_set().entries(values.iter().map(Shown)).finish(),
            Value::Map(pairs) => {
                let pairs = pairs.iter().map(|(key, value)| (Shown(key), Shown(value)));
                f.debug_map().entries(pairs).finish()
            }
            Value::Tuple(parts) => {
                let mut tuple = f.debug_tuple("");
                for part in parts {
                    tuple.field(&Shown(part));
                }
                tuple.finish()
            }
            Value::Struct { name, fields } => show(name, fields, f),
            Value::Enum {
                variant, fields, ..
            } => show(variant, fields, f),
            Value::Opaque { name, bytes } => write!(f, "<{name}: {} bytes>", bytes.len()),
        }
    }
}

fn show(name: &str, fields: &[(Arc<str>, Value)], f: &mut fmt::Formatter<'_>) -> fmt::Result {
    if are_numbered(fields) {
        let mut tuple = f.debug_tuple(name);
        for (_, value) in fields {
            tuple.field(&Shown(value));
        }
        return tuple.finish();
    }
    let mut named = f.debug_struct(name);
    for (name, value) in fields {
        named.field(name, &Shown(value));
    }
    named.finish()
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Unit => to.serialize_unit(),
            Self::Bool(value) => to.serialize_bool(*value),
            Self::Char(value) => to.serialize_char(*value),
            Self::Int(value) => match i64::try_from(*value) {
                Ok(value) => to.serialize_i64(value),
                Err(_) => to.serialize_i128(*value),
            },
            Self::Unsigned(value) => match u64::try_from(*value) {
                Ok(value) => to.serialize_u64(value),
                Err(_) => to.serialize_u128(*value),
            },
            Self::Float32(value) => to.serialize_f32(*value),
            Self::Float(value) => to.serialize_f64(*value),
            Self::Text(value) | Self::Other(value) => to.serialize_str(value),
            Self::Bytes(value) => to.collect_seq(value),
            Self::Option(None) => to.serialize_none(),
            Self::Option(Some(value)) => to.serialize_some(value),
            Self::List(values) | Self::Set(values) | Self::Tuple(values) => to.collect_seq(values),
            Self::Map(pairs) if pairs.iter().all(|(key, _)| matches!(key, Self::Text(_))) => {
                to.collect_map(pairs.iter().map(|(key, value)| (key, value)))
            }
            Self::Map(pairs) => to.collect_seq(pairs),
            Self::Struct { fields, .. } => Fields(fields).serialize(to),
            Self::Enum {
                variant, fields, ..
            } if fields.is_empty() => to.serialize_str(variant),
            Self::Enum {
                variant, fields, ..
            } => {
                let mut map = to.serialize_map(Some(1))?;
                map.serialize_entry(&**variant, &Fields(fields))?;
                map.end()
            }
            Self::Opaque { .. } => to.collect_str(self),
        }
    }
}

/// The fields of a struct or a variant, as serde has them.
struct Fields<'a>(&'a [(Arc<str>, Value)]);

impl Serialize for Fields<'_> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        match self.0 {
            [] => to.serialize_unit(),
            [(_, value)] if are_numbered(self.0) => value.serialize(to),
            fields if are_numbered(fields) => {
                let mut parts = to.serialize_seq(Some(fields.len()))?;
                for (_, value) in fields {
                    parts.serialize_element(value)?;
                }
                parts.end()
            }
            fields => to.collect_map(fields.iter().map(|(name, value)| (&**name, value))),
        }
    }
}
