//! The form of types, told as data, so that a process can store, change and pass on objects whose
//! types its code never names.

mod walk;

use std::{any::TypeId, collections::HashMap, fmt};

use serde::{Deserialize, Serialize};

use crate::Shared;

/// A table of types, the first of which is told by the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Schema {
    root: TypeRef,
    types: Vec<Shape>,
}

/// The place of a type in its [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeRef(u32);

/// The form of one type: how its values and its patches are laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Shape {
    /// A leaf, replaced whole.
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
    /// A struct with named fields.
    Struct(String, Vec<Field>),
}

/// How many values a struct may hold in itself, counting those of the structs in it.
const STRUCT_LIMIT: usize = 1 << 16;

#[derive(Clone, Copy)]
enum Size {
    Unknown,
    Begun,
    Known(usize),
}

impl Shape {
    /// The types that this one is made of.
    fn references(&self) -> Vec<TypeRef> {
        match self {
            Self::Leaf(_) | Self::Text => vec![],
            &Self::Option(inner) => vec![inner],
            &Self::List(_, item) | &Self::Set(_, item) => vec![item],
            &Self::Map(_, key, value) => vec![key, value],
            Self::Tuple(parts) => parts.clone(),
            Self::Struct(_, fields) => fields.iter().map(|field| field.ty).collect(),
        }
    }
}

/// A field of a struct.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The field's name.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
}

/// The leaves.
#[allow(missing_docs)] // each is the Rust type of its name
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Leaf {
    Unit,
    Bool,
    Char,
    U8,
    U16,
    U32,
    U64,
    U128,
    Usize,
    I8,
    I16,
    I32,
    I64,
    I128,
    Isize,
    F32,
    F64,
}

/// The form of `T`.
///
/// ```
/// let schema = ipos::schema_of::<Vec<(String, Option<u32>)>>();
/// assert_eq!(schema.to_string(), "Vec<(String, Option<u32>)>");
/// ```
pub fn schema_of<T: Shared>() -> Schema {
    let mut builder = SchemaBuilder::default();
    let root = T::describe(&mut builder);
    let types = builder.types.into_iter();
    Schema {
        root,
        types: types
            .map(|shape| shape.expect("each type that was begun was told"))
            .collect(),
    }
}

impl Schema {
    /// The type that the schema is of.
    pub fn root(&self) -> TypeRef {
        self.root
    }

    /// The form of a type of this schema.
    pub fn shape(&self, ty: TypeRef) -> &Shape {
        &self.types[ty.0 as usize]
    }

    /// Whether every reference leads to a type of the table, and every value is finite. A schema
    /// that came from a peer must be asked before it is used.
    pub(crate) fn is_sound(&self) -> bool {
        let count = self.types.len();
        let known = |ty: TypeRef| (ty.0 as usize) < count;
        known(self.root)
            && self
                .types
                .iter()
                .all(|shape| shape.references().into_iter().all(known))
            && {
                let mut sizes = vec![Size::Unknown; count];
                (0..count).all(|ty| self.size(ty, &mut sizes).is_some())
            }
    }

    /// How many values a value of type number `ty` has in itself, without those in lists, maps and
    /// options; `None` when there is no end of them, or too many for one struct.
    fn size(&self, ty: usize, sizes: &mut [Size]) -> Option<usize> {
        match sizes[ty] {
            Size::Known(size) => return Some(size),
            Size::Begun => return None,
            Size::Unknown => sizes[ty] = Size::Begun,
        }
        let shape = &self.types[ty];
        let mut size = 1usize;
        if let Shape::Tuple(_) | Shape::Struct(..) = shape {
            for part in shape.references() {
                size = size.checked_add(self.size(part.0 as usize, sizes)?)?;
            }
        }
        sizes[ty] = Size::Known(size);
        (size <= STRUCT_LIMIT).then_some(size)
    }

    fn write_name(&self, ty: TypeRef, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let name = |ty: &TypeRef| Named(self, *ty);
        match self.shape(ty) {
            Shape::Leaf(Leaf::Unit) => f.write_str("()"),
            Shape::Leaf(leaf) => f.write_str(&format!("{leaf:?}").to_lowercase()),
            Shape::Text => f.write_str("String"),
            Shape::Option(inner) => write!(f, "Option<{}>", name(inner)),
            Shape::List(list, item) | Shape::Set(list, item) => write!(f, "{list}<{}>", name(item)),
            Shape::Map(map, key, value) => write!(f, "{map}<{}, {}>", name(key), name(value)),
            Shape::Tuple(parts) => {
                f.write_str("(")?;
                for (i, part) in parts.iter().enumerate() {
                    write!(f, "{}{}", if i == 0 { "" } else { ", " }, name(part))?;
                }
                f.write_str(if parts.len() == 1 { ",)" } else { ")" })
            }
            Shape::Struct(name, _) => f.write_str(name),
        }
    }
}

/// The type's name as in Rust; a struct is followed by its fields.
impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.write_name(self.root, f)?;
        if let Shape::Struct(_, fields) = self.shape(self.root) {
            f.write_str(" {")?;
            for (i, field) in fields.iter().enumerate() {
                let comma = if i == 0 { "" } else { "," };
                write!(f, "{comma} {}: {}", field.name, Named(self, field.ty))?;
            }
            f.write_str(" }")?;
        }
        Ok(())
    }
}

struct Named<'a>(&'a Schema, TypeRef);

impl fmt::Display for Named<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.write_name(self.1, f)
    }
}

/// A type's [`Shared::describe`].
pub type Describe = fn(&mut SchemaBuilder) -> TypeRef;

/// Collects the forms of a type and of those it is made of, each once.
#[derive(Debug, Default)]
pub struct SchemaBuilder {
    types: Vec<Option<Shape>>,
    known: HashMap<TypeId, TypeRef>,
}

impl SchemaBuilder {
    /// Tells a type, unless it was told before. `shape` may describe other types, this one among
    /// them.
    pub fn tell<T: 'static>(&mut self, shape: impl FnOnce(&mut Self) -> Shape) -> TypeRef {
        if let Some(&known) = self.known.get(&TypeId::of::<T>()) {
            return known;
        }
        let place = TypeRef(u32::try_from(self.types.len()).expect("a program has fewer types"));
        self.types.push(None);
        self.known.insert(TypeId::of::<T>(), place);
        let shape = shape(self);
        self.types[place.0 as usize] = Some(shape);
        place
    }

    /// A struct: its name, and for each field in their order its name and its type's description.
    pub fn structure<T: 'static>(&mut self, name: &str, fields: &[(&str, Describe)]) -> TypeRef {
        self.tell::<T>(|schema| {
            let field = |&(name, describe): &(&str, Describe)| Field {
                name: name.to_owned(),
                ty: describe(schema),
            };
            Shape::Struct(name.to_owned(), fields.iter().map(field).collect())
        })
    }

    pub(crate) fn leaf<T: 'static>(&mut self, leaf: Leaf) -> TypeRef {
        self.tell::<T>(|_| Shape::Leaf(leaf))
    }

    pub(crate) fn text(&mut self) -> TypeRef {
        self.tell::<String>(|_| Shape::Text)
    }

    pub(crate) fn option<T: Shared>(&mut self) -> TypeRef {
        self.tell::<Option<T>>(|schema| Shape::Option(T::describe(schema)))
    }

    pub(crate) fn list<L: 'static, T: Shared>(&mut self, name: &str) -> TypeRef {
        self.tell::<L>(|schema| Shape::List(name.to_owned(), T::describe(schema)))
    }

    pub(crate) fn map<M: 'static, K: Shared, V: Shared>(&mut self, name: &str) -> TypeRef {
        self.tell::<M>(|schema| {
            Shape::Map(name.to_owned(), K::describe(schema), V::describe(schema))
        })
    }

    pub(crate) fn set<E: 'static, T: Shared>(&mut self, name: &str) -> TypeRef {
        self.tell::<E>(|schema| Shape::Set(name.to_owned(), T::describe(schema)))
    }

    pub(crate) fn tuple<T: 'static>(
        &mut self,
        parts: impl FnOnce(&mut Self) -> Vec<TypeRef>,
    ) -> TypeRef {
        self.tell::<T>(|schema| Shape::Tuple(parts(schema)))
    }
}
