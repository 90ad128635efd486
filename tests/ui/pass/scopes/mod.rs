//! Types in every scope.

mod block;
mod by_macro;
mod function;
mod modules_of_our_names;
mod no_prelude;
mod primitives;
mod private_types;
mod shadowed;
mod visibility;
