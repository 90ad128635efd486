//! The crate under another name.

extern crate ipos as other;

#[path = "../../helper.rs"]
mod helper;

mod as_a_path;
mod in_quotes;

fn main() {
    as_a_path::check();
    in_quotes::check();
}
