//! Types and fields of any name.

#[allow(dead_code, non_upper_case_globals)]
mod constants_like_our_variables;
mod foreign_letters;
mod like_our_methods;
mod like_our_types;
mod like_our_variables;
mod one_after_the_other;
mod raw_identifiers;
mod types_beside_variants;
