//! Types in every scope.

#[path = "../../helper.rs"]
mod helper;

mod block;
mod by_macro;
mod function;
mod modules_of_our_names;
mod no_prelude;
mod primitives;
mod private_types;
mod shadowed;
mod visibility;

fn main() {
    block::check();
    by_macro::check();
    function::check();
    modules_of_our_names::check();
    no_prelude::check();
    primitives::check();
    private_types::check();
    shadowed::check();
    visibility::check();
}
