//! `Shared` for the types of the standard library.
//!
//! Each file holds one patch grammar: its typed patch, its wrapper, and its two ways of doing an
//! operation, from a wrapper's method and from bytes, which share the code that does it.

pub(crate) mod boxed;
pub(crate) mod leaf;
pub(crate) mod list;
pub(crate) mod list_writer;
pub(crate) mod map;
pub(crate) mod map_writer;
pub(crate) mod option;
pub(crate) mod set;
pub(crate) mod text;
pub(crate) mod tuple;

pub use leaf::{LeafMut, LeafPatch};
pub use list::ListPatch;
pub use list_writer::{ListMut, VecDequeMut, VecMut};
pub use map::MapPatch;
pub use map_writer::{BTreeMapMut, Entry, HashMapMut, MapMut};
pub use option::{OptionMut, OptionPatch};
pub use set::{BTreeSetMut, HashSetMut, SetMut, SetPatch};
pub use text::{StringMut, TextPatch};
pub use tuple::*;
