//! The operations of each type.

mod cover;
mod leaf;
mod list;
mod map;
mod number;
mod option;
mod result;
mod set;
pub mod structs;
mod text;
mod tuple;
