//! Every attribute.

#[path = "../../helper.rs"]
mod helper;

mod atomic_field;
mod atomic_type;
mod cfg;
mod host_only;
mod rename;
mod serde_names;
mod serde_of_atomic;
mod skip;
mod together;

fn main() {
    atomic_field::check();
    atomic_type::check();
    cfg::check();
    host_only::check();
    rename::check();
    serde_names::check();
    serde_of_atomic::check();
    skip::check();
    together::check();
}
