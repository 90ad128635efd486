//! Every attribute.

mod atomic_field;
mod atomic_type;
mod cfg;
mod host_only;
mod rename;
mod serde_names;
mod serde_of_atomic;
mod skip;
mod together;
