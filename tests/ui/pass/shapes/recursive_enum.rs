//! An enum that has itself in its variants, also through another type.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
enum Expression {
    Number(i64),
    Negative(Box<Expression>),
    Sum { of: Vec<Term> },
}

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
struct Term {
    times: i64,
    what: Expression,
}

#[test]
fn check() {
    let sum = Expression::Sum {
        of: vec![Term {
            times: 2,
            what: Expression::Number(1),
        }],
    };
    let negative = changed(Expression::Negative(Box::new(sum)), |expression| {
        let mut inner = expression.negative_mut().expect("it is one");
        let mut sum = inner.sum_mut().expect("it is one");
        sum.of_mut()
            .at(0)
            .what_mut()
            .number_mut()
            .expect("it is one")
            .add(41);
    });
    let Expression::Negative(sum) = negative else {
        panic!("{negative:?}")
    };
    let Expression::Sum { of } = *sum else {
        panic!("{sum:?}")
    };
    assert_eq!(of[0].what, Expression::Number(42));
}
