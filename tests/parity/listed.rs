//! The values that are drawn for the types of the one list are of use.

use ipos_tests::{
    drawn::Drawn,
    subject::{Subject, must_be, same},
    types::*,
};

fn check<T: Subject>(name: &str) {
    let drawn = Drawn::<T>::of(name);
    for (other, what) in [(&drawn.second, "second"), (&drawn.updated, "updated")] {
        assert!(
            size_of::<T>() == 0 || !same(other, &drawn.first),
            "{name}: the {what} value is the first, {other:?}"
        );
    }
    // Each process draws for itself.
    let again = Drawn::<T>::of(name);
    must_be(&again.first, &drawn.first, name);
    must_be(&again.second, &drawn.second, name);
    must_be(&again.updated, &drawn.updated, name);
}

#[test]
fn every_listed_type_has_values_that_differ() {
    macro_rules! check {
        ($($name:ident: $ty:ty,)+) => {
            $(check::<$ty>(stringify!($name));)+
        };
    }
    for_each_type!(check);
}
