//! Types where lints are errors.

#[path = "../../helper.rs"]
mod helper;

mod deprecated;
mod documented;
mod expected;
mod forbidden_unsafe;
mod private_types;
mod public_types;

fn main() {
    deprecated::check();
    documented::check();
    expected::check();
    forbidden_unsafe::check();
    private_types::check();
    public_types::check();
}
