//! The operations of each type.

mod leaf;
mod list;
mod map;
mod number;
mod option;
mod set;
pub mod structs;
mod text;
mod tuple;
