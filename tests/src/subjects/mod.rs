//! The operations of each type.

mod array;
pub mod atomic;
mod cover;
mod foreign;
mod leaf;
mod list;
mod map;
mod number;
mod option;
mod result;
mod set;
pub mod shapes;
mod slice;
pub mod structs;
mod text;
mod tuple;

pub use leaf::LeafOp;
pub use map::MapOp;
pub use option::OptionOp;
