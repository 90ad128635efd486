//! The operations of each type.

// A method that gives nothing has its outcome like any other.
#![allow(clippy::unit_arg)]

mod leaf;
mod list;
mod map;
mod number;
mod option;
mod set;
pub mod structs;
mod text;
mod tuple;
