//! Types that are replaced whole, struct or enum.

use ipos::Shared;
use serde::{Deserialize, Serialize};

use crate::pass::changed;

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(atomic)]
struct Color(u8, u8, u8);

#[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
#[shared(atomic)]
enum Mode {
    Off,
    On { level: u8 },
}

#[test]
fn check() {
    let pair = changed((Color(0, 0, 0), Mode::Off), |pair| {
        pair._0_mut().set(Color(1, 2, 3));
        pair._1_mut().set(Mode::On { level: 1 });
    });
    assert_eq!(pair, (Color(1, 2, 3), Mode::On { level: 1 }));
    assert_eq!(
        changed(vec![Color(0, 0, 0)], |all| all.at(0).modify(|it| it.1 = 9))[0].1,
        9
    );
}
