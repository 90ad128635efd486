//! The operations of each type.

mod array;
mod leaf;
mod list;
mod map;
mod number;
mod option;
mod set;
mod slice;
pub mod structs;
mod text;
mod tuple;
