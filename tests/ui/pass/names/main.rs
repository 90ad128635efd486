//! Types and fields of any name.

#[path = "../../helper.rs"]
mod helper;

mod foreign_letters;
mod like_our_methods;
mod like_our_types;
mod like_our_variables;
mod one_after_the_other;
mod raw_identifiers;

fn main() {
    foreign_letters::check();
    like_our_methods::check();
    like_our_types::check();
    like_our_variables::check();
    one_after_the_other::check();
    raw_identifiers::check();
}
