//! Reading values by their schema.

use std::{collections::HashMap, sync::Arc};

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
    })
}
