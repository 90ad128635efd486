//! Types with parameters.

#[path = "../../helper.rs"]
mod helper;

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

fn main() {
    associated::check();
    bound::check();
    bounds::check();
    constants::check();
    defaults::check();
    enumeration::check();
    generic_code::check();
    inferred::check();
    phantom::check();
    recursive::check();
}
