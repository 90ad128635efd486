//! Types of every shape.

#[path = "../../helper.rs"]
mod helper;

mod discriminants;
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

fn main() {
    discriminants::check();
    enumeration::check();
    hundred_fields::check();
    named::check();
    nested::check();
    newtype::check();
    only_variant::check();
    recursive_enum::check();
    recursive_struct::check();
    tuple::check();
    tuples_and_arrays::check();
    unit::check();
}
