//! The form of types, told as data, so that a process can store, change and pass on objects whose
//! types its code never names.

mod builder;
mod canonical;
mod difference;
mod hash;
mod leaf;
mod look;
mod name;
mod sound;
mod table;
mod text;
mod walk;

#[cfg(test)]
pub(crate) mod tests;

pub use builder::{Describe, DescribeField, SchemaBuilder};
pub use difference::Difference;
pub use hash::SchemaHash;
pub use leaf::Leaf;
pub(crate) use leaf::LeafBytes;
pub(crate) use table::unchecked;
pub use table::{Field, Schema, Shape, TypeRef, Variant};

use crate::Shared;

/// The form of `T`.
///
/// ```
/// let schema = ipos::schema_of::<Vec<(String, Option<u32>)>>();
/// assert_eq!(schema.to_string(), "Vec<(String, Option<u32>)>");
/// ```
///
/// Types of the same form have equal schemas, in every process and on every platform: it makes no
/// difference which Rust types tell a form, nor how often one tells it.
pub fn schema_of<T: Shared>() -> Schema {
    let mut builder = SchemaBuilder::default();
    let root = T::describe(&mut builder);
    canonical::table(root, &builder.finish())
}
