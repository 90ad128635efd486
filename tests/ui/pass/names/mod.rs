//! Types and fields of any name.

mod foreign_letters;
mod like_our_methods;
mod like_our_types;
mod like_our_variables;
mod one_after_the_other;
mod raw_identifiers;
