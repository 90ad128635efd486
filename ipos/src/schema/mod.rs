//! The form of types, told as data, so that a process can store, change and pass on objects whose
//! types its code never names.

mod leaf;
mod walk;

#[cfg(test)]
pub(crate) mod tests;

pub(crate) use leaf::{Leaf, LeafBytes};

use std::{any::TypeId, collections::HashMap, fmt, sync::OnceLock};

use serde::{Deserialize, Serialize};

use crate::{Shared, wire::DEPTH_LIMIT};

/// A table of types, the first of which is told by the others.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Schema {
    root: TypeRef,
    types: Vec<Shape>,
    /// Which types hold sets or maps, in the order of `types`; found out when it is first asked for.
    #[serde(skip)]
    unordered: OnceLock<Vec<bool>>,
}

impl PartialEq for Schema {
    fn eq(&self, other: &Self) -> bool {
        self.root == other.root && self.types == other.types
    }
}

impl Eq for Schema {}

/// The place of a type in its [`Schema`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct TypeRef(u32);

impl TypeRef {
    /// The type's place in the table.
    pub(crate) fn place(self) -> usize {
        self.0 as usize
    }
}

/// The form of one type: how its values and its patches are laid out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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
            Self::Leaf(_) | Self::Text | Self::Opaque(_) => vec![],
            &Self::Option(inner) | &Self::Array(inner, _) | &Self::Atom(_, inner) => vec![inner],
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

/// A field of a struct, or of a variant of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Field {
    /// The field's name.
    pub name: String,
    /// Its type.
    pub ty: TypeRef,
    /// Whether the host alone may write it.
    pub host_only: bool,
}

/// A variant of an enum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Variant {
    /// The variant's name.
    pub name: String,
    /// Its fields in order, those of a tuple variant called by their numbers.
    pub fields: Vec<Field>,
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
    Schema::new(
        root,
        types
            .map(|shape| shape.expect("each type that was begun was told"))
            .collect(),
    )
}

impl Schema {
    fn new(root: TypeRef, types: Vec<Shape>) -> Self {
        Self {
            root,
            types,
            unordered: OnceLock::new(),
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
                (0..count).all(|ty| self.size(ty, &mut sizes, DEPTH_LIMIT).is_some())
                    && self.types.iter().all(|shape| is_small(shape, &sizes))
            }
    }

    /// Whether a value of the root type may nest without an end.
    pub(crate) fn is_recursive(&self) -> bool {
        // Types are done when all that they are made of is done. What is on a circle or leads to
        // one is never done.
        let users = self.users();
        let parts = self.types.iter().map(|shape| shape.references().len());
        let mut missing: Vec<usize> = parts.collect();
        let mut done: Vec<usize> = (0..missing.len()).filter(|&ty| missing[ty] == 0).collect();
        while let Some(ty) = done.pop() {
            for &user in &users[ty] {
                missing[user] -= 1;
                if missing[user] == 0 {
                    done.push(user);
                }
            }
        }
        missing[self.root.0 as usize] > 0
    }

    /// For each type of the table the places of those that are made of it, as often as they are.
    pub(crate) fn users(&self) -> Vec<Vec<usize>> {
        let mut users = vec![vec![]; self.types.len()];
        for (user, shape) in self.types.iter().enumerate() {
            for part in shape.references() {
                users[part.0 as usize].push(user);
            }
        }
        users
    }

    /// Whether equal values of a type have equal bytes. They have, unless there is a set or a map in
    /// them, whose elements a peer may tell in any order, or something that only its type can read.
    pub(crate) fn has_one_form(&self, ty: TypeRef) -> bool {
        !self.unordered.get_or_init(|| self.find_unordered())[ty.0 as usize]
    }

    fn find_unordered(&self) -> Vec<bool> {
        let users = self.users();
        let is_unordered =
            |shape: &Shape| matches!(shape, Shape::Map(..) | Shape::Set(..) | Shape::Opaque(_));
        let mut unordered: Vec<bool> = self.types.iter().map(is_unordered).collect();
        let mut found: Vec<usize> = (0..unordered.len()).filter(|&ty| unordered[ty]).collect();
        while let Some(ty) = found.pop() {
            for &user in &users[ty] {
                if !std::mem::replace(&mut unordered[user], true) {
                    found.push(user);
                }
            }
        }
        unordered
    }

    /// Whether a value may hold elements that take no bytes, of which there may be too many.
    pub(crate) fn has_empty_elements(&self) -> bool {
        let mut known = vec![None; self.types.len()];
        self.types.iter().any(|shape| match shape {
            Shape::List(_, item) | Shape::Set(_, item) | Shape::Array(item, _) => {
                self.is_empty(*item, &mut known)
            }
            Shape::Map(_, key, value) => {
                self.is_empty(*key, &mut known) && self.is_empty(*value, &mut known)
            }
            _ => false,
        })
    }

    /// Whether all values of a type take no bytes. The schema is sound, so structs in structs end.
    fn is_empty(&self, ty: TypeRef, known: &mut [Option<bool>]) -> bool {
        if let Some(known) = known[ty.0 as usize] {
            return known;
        }
        let is_empty = match self.shape(ty) {
            Shape::Leaf(leaf) => *leaf == Leaf::Unit,
            &Shape::Array(item, length) => length == 0 || self.is_empty(item, known),
            shape @ (Shape::Tuple(_) | Shape::Struct(..) | Shape::Atom(..)) => {
                let mut parts = shape.references().into_iter();
                parts.all(|part| self.is_empty(part, known))
            }
            _ => false,
        };
        known[ty.0 as usize] = Some(is_empty);
        is_empty
    }

    /// How many values a value of type number `ty` has in itself, without those in lists, maps,
    /// options and variants; `None` when there is no end of them, or too many for one struct, or deeper ones
    /// than `levels`.
    fn size(&self, ty: usize, sizes: &mut [Size], levels: u32) -> Option<usize> {
        match sizes[ty] {
            Size::Known(size) => return Some(size),
            Size::Begun => return None,
            Size::Unknown => sizes[ty] = Size::Begun,
        }
        let shape = &self.types[ty];
        let mut size = 1usize;
        let copies = match *shape {
            Shape::Array(_, length) => length,
            Shape::Tuple(_) | Shape::Struct(..) | Shape::Atom(..) => 1,
            _ => 0,
        };
        if copies > 0 {
            for part in shape.references() {
                let levels = levels.checked_sub(1)?;
                let part = self.size(part.0 as usize, sizes, levels)?;
                size = size.checked_add(part.checked_mul(copies)?)?;
            }
        }
        sizes[ty] = Size::Known(size);
        (size <= STRUCT_LIMIT).then_some(size)
    }
}

/// Whether no variant holds too many values, given how many each type has.
fn is_small(shape: &Shape, sizes: &[Size]) -> bool {
    let Shape::Enum(_, variants) = shape else {
        return true;
    };
    let size = |field: &Field| match sizes[field.ty.place()] {
        Size::Known(size) => size,
        Size::Unknown | Size::Begun => STRUCT_LIMIT,
    };
    variants.iter().all(|variant| {
        let mut fields = variant.fields.iter().map(size);
        fields
            .try_fold(1, usize::checked_add)
            .is_some_and(|size| size <= STRUCT_LIMIT)
    })
}

/// The type's name as in Rust; a struct is followed by its fields. What is long is cut: a peer's
/// schema may have names without an end.
impl fmt::Display for Schema {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut name = Name {
            schema: self,
            spare: NAME_LIMIT,
        };
        name.write(self.root, f)?;
        if let Shape::Struct(_, fields) = self.shape(self.root) {
            f.write_str(" {")?;
            for (i, field) in fields.iter().enumerate() {
                f.write_str(if i == 0 { " " } else { ", " })?;
                if name.spare == 0 {
                    f.write_str("…")?;
                    break;
                }
                f.write_str(if field.host_only { "#[host_only] " } else { "" })?;
                write!(f, "{}: ", field.name)?;
                name.write(field.ty, f)?;
            }
            f.write_str(" }")?;
        }
        Ok(())
    }
}

/// How many types one name may be made of.
const NAME_LIMIT: usize = 128;

/// The name of a type, as it is written.
struct Name<'a> {
    schema: &'a Schema,
    /// How many types may still be named.
    spare: usize,
}

impl Name<'_> {
    fn write(&mut self, ty: TypeRef, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Some(spare) = self.spare.checked_sub(1) else {
            return f.write_str("…");
        };
        self.spare = spare;
        match self.schema.shape(ty) {
            Shape::Leaf(leaf) => f.write_str(&leaf.name()),
            Shape::Text => f.write_str("String"),
            &Shape::Option(inner) => self.arguments("Option", &[inner], f),
            Shape::List(name, item) | Shape::Set(name, item) => self.arguments(name, &[*item], f),
            Shape::Map(name, key, value) => self.arguments(name, &[*key, *value], f),
            Shape::Tuple(parts) => {
                f.write_str("(")?;
                self.all(parts, f)?;
                f.write_str(if parts.len() == 1 { ",)" } else { ")" })
            }
            Shape::Struct(name, _)
            | Shape::Enum(name, _)
            | Shape::Atom(name, _)
            | Shape::Opaque(name) => f.write_str(name),
            &Shape::Array(item, length) => {
                f.write_str("[")?;
                self.write(item, f)?;
                write!(f, "; {length}]")
            }
        }
    }

    fn arguments(
        &mut self,
        name: &str,
        arguments: &[TypeRef],
        f: &mut fmt::Formatter<'_>,
    ) -> fmt::Result {
        write!(f, "{name}<")?;
        self.all(arguments, f)?;
        f.write_str(">")
    }

    fn all(&mut self, types: &[TypeRef], f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, &ty) in types.iter().enumerate() {
            f.write_str(if i == 0 { "" } else { ", " })?;
            if self.spare == 0 {
                return f.write_str("…");
            }
            self.write(ty, f)?;
        }
        Ok(())
    }
}

/// A type's [`Shared::describe`].
pub type Describe = fn(&mut SchemaBuilder) -> TypeRef;

/// A field: its name, its type's description, and whether it is for the host alone to write.
pub type DescribeField<'a> = (&'a str, Describe, bool);

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

    /// A struct: its name and its fields in order.
    pub fn structure<T: 'static>(&mut self, name: &str, fields: &[DescribeField<'_>]) -> TypeRef {
        self.tell::<T>(|schema| Shape::Struct(name.to_owned(), schema.fields(fields)))
    }

    /// An enum: its name, and its variants in order, each with its name and its fields.
    pub fn enumeration<T: 'static>(
        &mut self,
        name: &str,
        variants: &[(&str, &[DescribeField<'_>])],
    ) -> TypeRef {
        self.tell::<T>(|schema| {
            let variant = |&(name, fields): &(&str, &[DescribeField<'_>])| Variant {
                name: name.to_owned(),
                fields: schema.fields(fields),
            };
            Shape::Enum(name.to_owned(), variants.iter().map(variant).collect())
        })
    }

    fn fields(&mut self, fields: &[DescribeField<'_>]) -> Vec<Field> {
        let field = |&(name, describe, host_only): &DescribeField<'_>| Field {
            name: name.to_owned(),
            ty: describe(self),
            host_only,
        };
        fields.iter().map(field).collect()
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

    pub(crate) fn array<A: 'static, T: Shared>(&mut self, length: usize) -> TypeRef {
        self.tell::<A>(|schema| Shape::Array(T::describe(schema), length))
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
