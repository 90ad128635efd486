//! Reading values by their schema.

use std::{
    collections::HashMap,
    fmt::Write as _,
    net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, SocketAddrV4, SocketAddrV6},
    num::NonZero,
    path::PathBuf,
    sync::Arc,
    time::{Duration, SystemTime},
};

use super::Value;
use crate::{
    Shared,
    schema::{Field, Leaf, Schema, Shape, TypeRef, schema_of},
    wire::{DecodeError, Reader},
};

impl Value {
    /// A value of this program as plain data.
    pub fn of<T: Shared>(value: &T) -> Self {
        let mut bytes = Vec::new();
        value.encode(&mut bytes);
        Self::read(&schema_of::<T>(), &mut Reader::of_own(&bytes))
            .expect("a value has the form that its type tells")
    }

    /// Reads a value of a schema's root type.
    pub(crate) fn read(schema: &Schema, reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        let names = HashMap::new();
        Decoder { schema, names }.value(schema.root(), reader)
    }
}

/// Reads values, which share the names of their types.
struct Decoder<'a> {
    schema: &'a Schema,
    names: HashMap<TypeRef, Arc<Names>>,
}

/// The names of a struct or enum.
struct Names {
    name: Arc<str>,
    /// A struct has one variant, without a name.
    variants: Vec<(Arc<str>, Vec<Arc<str>>)>,
}

impl Names {
    fn of(shape: &Shape) -> Self {
        let fields = |fields: &[Field]| -> Vec<Arc<str>> {
            let names = fields.iter().map(|field| field.name.as_str().into());
            names.collect()
        };
        let (name, variants) = match shape {
            Shape::Struct(name, of) => (&**name, vec![("".into(), fields(of))]),
            Shape::Enum(name, variants) => {
                let variants = variants
                    .iter()
                    .map(|variant| (variant.name.as_str().into(), fields(&variant.fields)));
                (&**name, variants.collect())
            }
            Shape::Opaque(name) => (&**name, vec![]),
            _ => ("", vec![]),
        };
        Self {
            name: name.into(),
            variants,
        }
    }
}

impl Decoder<'_> {
    fn value(&mut self, ty: TypeRef, reader: &mut Reader<'_>) -> Result<Value, DecodeError> {
        let schema = self.schema;
        Ok(match schema.shape(ty) {
            Shape::Leaf(kind) => leaf(*kind, reader)?,
            Shape::Text => Value::Text(reader.text()?.to_owned()),
            &Shape::Option(inner) => Value::Option(if reader.presence()? {
                let inner = reader.nested(|reader| self.value(inner, reader))?;
                Some(Box::new(inner))
            } else {
                None
            }),
            &Shape::List(_, item) if *schema.shape(item) == Shape::Leaf(Leaf::U8) => {
                Value::Bytes(<Vec<u8>>::decode(reader)?)
            }
            &Shape::List(_, item) => Value::List(self.elements(item, reader)?),
            &Shape::Set(_, item) => Value::Set(self.elements(item, reader)?),
            &Shape::Map(_, key, value) => {
                let mut pairs = vec![];
                reader.elements(|reader| {
                    let key = self.value(key, reader)?;
                    pairs.push((key, self.value(value, reader)?));
                    Ok(())
                })?;
                Value::Map(pairs)
            }
            Shape::Tuple(parts) => Value::Tuple(reader.parts(|reader| {
                let parts = parts.iter();
                parts.map(|&part| self.value(part, reader)).collect()
            })?),
            &Shape::Array(item, length) => Value::List(reader.parts(|reader| {
                let mut items = 0..length;
                items.try_fold(vec![], |mut values, _| {
                    values.push(self.value(item, reader)?);
                    Ok(values)
                })
            })?),
            Shape::Struct(_, fields) => {
                let names = self.names(ty);
                Value::Struct {
                    name: names.name.clone(),
                    fields: self.fields(&names.variants[0].1, fields, reader)?,
                }
            }
            Shape::Enum(_, variants) => {
                let number = reader.length()?;
                let Some(variant) = variants.get(number) else {
                    return Err(reader.no_such("variant", "enum", number));
                };
                let names = self.names(ty);
                let (called, fields) = &names.variants[number];
                Value::Enum {
                    name: names.name.clone(),
                    variant: called.clone(),
                    fields: self.fields(fields, &variant.fields, reader)?,
                }
            }
            &Shape::Atom(_, form) => self.value(form, reader)?,
            Shape::Events(_) => Value::Unit,
            Shape::Opaque(_) => Value::Opaque {
                name: self.names(ty).name.clone(),
                bytes: reader.blob()?.to_vec(),
            },
        })
    }

    fn elements(
        &mut self,
        item: TypeRef,
        reader: &mut Reader<'_>,
    ) -> Result<Vec<Value>, DecodeError> {
        let mut values = vec![];
        reader.elements(|reader| {
            values.push(self.value(item, reader)?);
            Ok(())
        })?;
        Ok(values)
    }

    fn fields(
        &mut self,
        names: &[Arc<str>],
        fields: &[Field],
        reader: &mut Reader<'_>,
    ) -> Result<Vec<(Arc<str>, Value)>, DecodeError> {
        reader.parts(|reader| {
            let fields = names.iter().zip(fields);
            let field = |(name, field): (&Arc<str>, &Field)| {
                Ok((name.clone(), self.value(field.ty, reader)?))
            };
            fields.map(field).collect()
        })
    }

    fn names(&mut self, ty: TypeRef) -> Arc<Names> {
        let names = || Arc::new(Names::of(self.schema.shape(ty)));
        self.names.entry(ty).or_insert_with(names).clone()
    }
}

fn leaf(kind: Leaf, reader: &mut Reader<'_>) -> Result<Value, DecodeError> {
    Ok(match kind {
        Leaf::Unit => <()>::decode(reader).map(|()| Value::Unit)?,
        Leaf::Bool => Value::Bool(bool::decode(reader)?),
        Leaf::Char => Value::Char(char::decode(reader)?),
        Leaf::U8 => Value::Unsigned(u8::decode(reader)?.into()),
        Leaf::U16 => Value::Unsigned(u16::decode(reader)?.into()),
        Leaf::U32 => Value::Unsigned(u32::decode(reader)?.into()),
        Leaf::U64 => Value::Unsigned(u64::decode(reader)?.into()),
        Leaf::U128 => Value::Unsigned(u128::decode(reader)?),
        Leaf::Usize => Value::Unsigned(usize::decode(reader)? as u128),
        Leaf::I8 => Value::Int(i8::decode(reader)?.into()),
        Leaf::I16 => Value::Int(i16::decode(reader)?.into()),
        Leaf::I32 => Value::Int(i32::decode(reader)?.into()),
        Leaf::I64 => Value::Int(i64::decode(reader)?.into()),
        Leaf::I128 => Value::Int(i128::decode(reader)?),
        Leaf::Isize => Value::Int(isize::decode(reader)? as i128),
        Leaf::F32 => Value::Float32(f32::decode(reader)?),
        Leaf::F64 => Value::Float(f64::decode(reader)?),
        Leaf::NonZeroU8 => Value::Unsigned(NonZero::<u8>::decode(reader)?.get().into()),
        Leaf::NonZeroU16 => Value::Unsigned(NonZero::<u16>::decode(reader)?.get().into()),
        Leaf::NonZeroU32 => Value::Unsigned(NonZero::<u32>::decode(reader)?.get().into()),
        Leaf::NonZeroU64 => Value::Unsigned(NonZero::<u64>::decode(reader)?.get().into()),
        Leaf::NonZeroU128 => Value::Unsigned(NonZero::<u128>::decode(reader)?.get()),
        Leaf::NonZeroUsize => Value::Unsigned(NonZero::<usize>::decode(reader)?.get() as u128),
        Leaf::NonZeroI8 => Value::Int(NonZero::<i8>::decode(reader)?.get().into()),
        Leaf::NonZeroI16 => Value::Int(NonZero::<i16>::decode(reader)?.get().into()),
        Leaf::NonZeroI32 => Value::Int(NonZero::<i32>::decode(reader)?.get().into()),
        Leaf::NonZeroI64 => Value::Int(NonZero::<i64>::decode(reader)?.get().into()),
        Leaf::NonZeroI128 => Value::Int(NonZero::<i128>::decode(reader)?.get()),
        Leaf::NonZeroIsize => Value::Int(NonZero::<isize>::decode(reader)?.get() as i128),
        Leaf::Bytes => Value::Bytes(reader.blob()?.to_vec()),
        Leaf::Uuid => Value::Other(uuid(reader.array()?)),
        Leaf::Path => Value::Text(PathBuf::decode(reader)?.display().to_string()),
        Leaf::Duration => Value::Other(format!("{:?}", Duration::decode(reader)?)),
        Leaf::SystemTime => Value::Other(moment(SystemTime::decode(reader)?)),
        Leaf::Ipv4Addr => Value::Other(Ipv4Addr::decode(reader)?.to_string()),
        Leaf::Ipv6Addr => Value::Other(Ipv6Addr::decode(reader)?.to_string()),
        Leaf::IpAddr => Value::Other(IpAddr::decode(reader)?.to_string()),
        Leaf::SocketAddrV4 => Value::Other(SocketAddrV4::decode(reader)?.to_string()),
        Leaf::SocketAddrV6 => Value::Other(SocketAddrV6::decode(reader)?.to_string()),
        Leaf::SocketAddr => Value::Other(SocketAddr::decode(reader)?.to_string()),
    })
}

/// As it is written: in groups of hexadecimal digits.
fn uuid(bytes: [u8; 16]) -> String {
    let mut text = String::with_capacity(36);
    for (i, byte) in bytes.into_iter().enumerate() {
        if matches!(i, 4 | 6 | 8 | 10) {
            text.push('-');
        }
        write!(text, "{byte:02x}").expect("a text takes all that is written");
    }
    text
}

/// How long after or before the beginning of 1970.
fn moment(time: SystemTime) -> String {
    match time.duration_since(SystemTime::UNIX_EPOCH) {
        Ok(after) => format!("1970 + {after:?}"),
        Err(before) => format!("1970 - {:?}", before.duration()),
    }
}
