//! Types with parameters.

mod associated;
mod bound;
mod bounds;
mod constants;
mod defaults;
mod enumeration;
mod generic_code;
mod inferred;
mod phantom;
mod recursive;
