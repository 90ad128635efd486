//! Types of every shape.

mod discriminants;
mod dropped;
mod enumeration;
mod hundred_fields;
mod named;
mod nested;
mod newtype;
mod only_variant;
mod recursive_enum;
mod recursive_struct;
mod tuple;
mod tuples_and_arrays;
mod unit;
