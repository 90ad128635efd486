//! An enum with parameters.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Either<L, R = L> {
    Left(L),
    Right { value: R },
}

#[test]
fn check() {
    let either = changed(Either::<u8, String>::Left(1), |either| {
        either.left_mut().expect("it is one").add(1);
        either.set(Either::Right {
            value: "r".to_owned(),
        });
        either.right_mut().expect("it is one").value_mut().push('!');
    });
    assert_eq!(
        either,
        Either::Right {
            value: "r!".to_owned()
        }
    );
}
