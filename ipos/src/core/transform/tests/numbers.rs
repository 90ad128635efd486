//! Sums, moved over what came before them.

use super::{Case, applied, check, crossed, recorded};

#[test]
fn a_sum_counts_whatever_came_before() {
    check::<u8>([
        Case("two sums", 250u8, |w| w.add(3), |w| w.add(5), 2),
        Case("a sum and a difference", 2u8, |w| w.sub(2), |w| w.add(5), 5),
        Case("a new value over a sum", 7u8, |w| w.add(3), |w| w.set(1), 1),
    ]);
    check::<f64>([Case("sums", 0.5f64, |w| w.add(0.25), |w| w.sub(2.0), -1.25)]);
    check::<Vec<i64>>([Case(
        "sums while an element is inserted",
        vec![1i64, 2],
        |w| {
            w.insert(0, 9);
            w.at(2).add(1);
        },
        |w| w.at(1).add(10),
        vec![9, 1, 13],
    )]);
    let (theirs, mine) = (recorded(&7u8, |w| w.set(20)), recorded(&7u8, |w| w.add(3)));
    let [over, under] = crossed::<u8>(&mine, &theirs);
    assert_eq!(
        applied(&7u8, [&theirs, &over]),
        23,
        "a sum over a new value"
    );
    let [late, early] = crossed::<u8>(&theirs, &mine);
    assert_eq!((late, early), (under, vec![]), "a sum under a new value");
}
