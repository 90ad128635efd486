//! The bytes that wrappers record, against the typed patches and the standard types.
//!
//! The types are those of [`types`](ipos_tests::types), and some with fields for the host alone. What is checked
//! for each stands in [`check`].

// A method that gives nothing has its outcome like any other.
#![allow(clippy::unit_arg)]

mod check;
mod methods;
mod panics;

use check::check;
use ipos_tests::types::*;

macro_rules! tests {
    ($($name:ident: $ty:ty,)+) => {$(
        #[test]
        fn $name() {
            check::<$ty>();
        }
    )+};
}

for_each_type!(tests);

// A patch does not say who made it.
tests! {
    a_struct_with_a_field_for_the_host: Job,
    an_enum_with_a_field_for_the_host: Step,
    a_list_with_fields_for_the_host: Vec<Step>,
}
