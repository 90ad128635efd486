//! Commits that several processes make at once on one object, for every type: whatever arrives when, all end
//! with the same value.
//!
//! The types are those of [`types`](ipos_tests::types). A case is a [`plan`]; what must hold is checked while a
//! [`session`] carries it out.

mod kept;
mod net;
mod plan;
mod session;

use ipos_tests::{cases::run, subject::Subject, types::*};

/// How many plans each type gets, unless `PROPTEST_CASES` says otherwise.
const CASES: u32 = 48;

fn check<T: Subject>() {
    run::<T, _>(CASES, &plan::plans::<T>(), session::run);
}

macro_rules! tests {
    ($($name:ident: $ty:ty,)+) => {$(
        #[test]
        fn $name() {
            check::<$ty>();
        }
    )+};
}

for_each_type!(tests);
