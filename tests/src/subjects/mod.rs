//! The operations of each type.

mod array;
mod cover;
mod foreign;
mod leaf;
mod list;
mod map;
mod number;
mod option;
mod result;
mod set;
mod slice;
pub mod structs;
mod text;
mod tuple;
