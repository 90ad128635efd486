//! The table of types.

use std::{borrow::Cow, sync::OnceLock};

use serde::{Deserialize, Deserializer, Serialize, de::Error};

use super::{Leaf, SchemaHash};

/// A table of types, the first of which is told by the others.
///
/// As text it is what one would write in Rust: the root type, and the structs and enums that it is made
/// of. With serde it is the table, whose types name each other by their place in it; what is read is
/// refused when a reference leads nowhere or a value would have no end.
///
/// Two are equal when their tables are. [`schema_of`](crate::schema_of) makes the same table for all
/// types of one form.
#[derive(Clone, Debug, Serialize)]
pub struct Schema {
    pub(super) root: TypeRef,
    pub(super) types: Vec<Shape>,
    /// Which types hold sets or maps, in the order of `types`; found out when it is first asked for.
    #[serde(skip)]
    pub(super) unordered: OnceLock<Vec<bool>>,
    /// What stands for its bytes, and how many there are; found out when it is first asked for.
    #[serde(skip)]
    pub(super) summary: OnceLock<(SchemaHash, usize)>,
}

/// A schema as it is read.
#[derive(Deserialize)]
#[serde(rename = "Schema")]
struct Table {
    root: TypeRef,
    types: Vec<Shape>,
}

impl<'de> Deserialize<'de> for Schema {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let schema = unchecked(deserializer)?.into_owned();
        if !schema.is_sound() {
            let problem = "a schema with references that lead nowhere or round in circles";
            return Err(D::Error::custom(problem));
        }
        Ok(schema)
    }
}

/// Reads a schema that must be asked whether it is sound before it is used.
pub(crate) fn unchecked<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<Cow<'static, Schema>, D::Error> {
    let Table { root, types } = Table::deserialize(deserializer)?;
    Ok(Cow::Owned(Schema::new(root, types)))
}

impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root && self.types == other.types
    }
}

impl Eq for Schema {}

/// The place of a type in its [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TypeRef(pub(super) u32);

impl TypeRef {
    /// The type's place in the table.
    pub(crate) fn place(self) -> usize {
        self.0 as usize
    }
}

/// The form of one type: how its values and its patches are laid out.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Shape {
    /// A leaf: replaced whole or, if it is a number, added to.
    Leaf(Leaf),
    /// A text.
    Text,
    /// A value that may be absent.
    Option(TypeRef),
    /// A list; its Rust name and its elements.
    List(String, TypeRef),
    /// A map; its Rust name, its keys and its values.
    Map(String, TypeRef, TypeRef),
    /// A set; its Rust name and its elements.
    Set(String, TypeRef),
    /// A tuple.
    Tuple(Vec<TypeRef>),
    /// A struct. The fields of a tuple struct are called by their numbers.
    Struct(String, Vec<Field>),
    /// An enum, with its variants in order.
    Enum(String, Vec<Variant>),
    /// So many elements.
    Array(TypeRef, usize),
    /// A value that is only replaced whole; its bytes are those of the other type.
    Atom(String, TypeRef),
    /// The same, and only its own type can read it: a length, and so many bytes.
    Opaque(String),
    /// Where things of another type happen. It takes no bytes.
    Events(TypeRef),
}

impl Shape {
    /// The types that this one is made of.
    pub(super) fn references(&self) -> Vec<TypeRef> {
        match self {
            Self::Leaf(_) | Self::Text | Self::Opaque(_) => vec![],
            &Self::Option(inner)
            | &Self::Array(inner, _)
            | &Self::Atom(_, inner)
            | &Self::Events(inner) => vec![inner],
            &Self::List(_, item) | &Self::Set(_, item) => vec![item],
            &Self::Map(_, key, value) => vec![key, value],
            Self::Tuple(parts) => parts.clone(),
            Self::Struct(_, fields) => fields.iter().map(|field| field.ty).collect(),
            Self::Enum(_, variants) => {
                let fields = variants.iter().flat_map(|variant| &variant.fields);
                fields.map(|field| field.ty).collect()
            }
        }
    }
}

impl Shape {
    /// The same with other references.
    pub(super) fn map(&self, map: impl Fn(TypeRef) -> TypeRef) -> Self {
        let fields = |fields: &[Field]| {
            let field = |field: &Field| Field {
                ty: map(field.ty),
                ..field.clone()
            };
            fields.iter().map(field).collect()
        };
        match self {
            Self::Leaf(_) | Self::Text | Self::Opaque(_) => self.clone(),
            &Self::Option(inner) => Self::Option(map(inner)),
            &Self::Events(event) => Self::Events(map(event)),
            &Self::Array(item, length) => Self::Array(map(item), length),
            Self::Atom(name, form) => Self::Atom(name.clone(), map(*form)),
            Self::List(name, item) => Self::List(name.clone(), map(*item)),
            Self::Set(name, item) => Self::Set(name.clone(), map(*item)),
            Self::Map(name, key, value) => Self::Map(name.clone(), map(*key), map(*value)),
            Self::Tuple(parts) => Self::Tuple(parts.iter().copied().map(&map).collect()),
            Self::Struct(name, of) => Self::Struct(name.clone(), fields(of)),
            Self::Enum(name, variants) => {
                let variant = |variant: &Variant| Variant {
                    name: variant.name.clone(),
                    fields: fields(&variant.fields),
                };
                Self::Enum(name.clone(), variants.iter().map(variant).collect())
            }
        }
    }
}

/// A field of a struct, or of a variant of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Field {
    /// The field's name.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
    /// Whether the host alone may write it.
    pub host_only: bool,
}

/// A variant of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Variant {
    /// The variant's name.
    pub name: String,
    /// Its fields in order, those of a tuple variant called by their numbers.
    pub fields: Vec<Field>,
}

impl Schema {
    pub(crate) fn new(root: TypeRef, types: Vec<Shape>) -> Self {
        Self {
            root,
            types,
            unordered: OnceLock::new(),
            summary: OnceLock::new(),
        }
    }

    /// The type that the schema is of.
    pub fn root(&self) -> TypeRef {
        self.root
    }

    /// The table.
    pub(crate) fn types(&self) -> &[Shape] {
        &self.types
    }

    /// The form of a type of this schema.
    pub fn shape(&self, ty: TypeRef) -> &Shape {
        &self.types[ty.0 as usize]
    }
}
