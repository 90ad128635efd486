//! The bytes that wrappers record, against the typed patches and the standard types.
//!
//! The types are those of [`types`](ipos_tests::types). What is checked for each stands in [`check`].

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
