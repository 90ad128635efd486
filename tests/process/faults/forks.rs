//! A process that makes a copy of itself while it is in a session.

use crate::cast::{
    OPENING,
    Step::{self, Ask, Finish, Join, NothingLeft, Until},
    check,
};

const SESSION: &[Step] = &[
    Ask("h", "create n number 1", "ok"),
    Join("h", "m"),
    Ask("m", "get n number", "ok"),
    Ask("m", "events", "ok"),
    Ask("m", "follow n", "ok"),
];

/// All is as it was, and can come to its end.
const GOES_ON: &[Step] = &[
    Ask("m", "set n 2", "ok"),
    Ask("m", "flush n", "ok"),
    Ask("h", "wait n 2", "ok"),
    Ask("h", "set n 3", "ok"),
    Ask("m", "wait n 3", "ok"),
    Join("h", "late"),
    Ask("late", "get n number", "ok"),
    Ask("late", "read n", "3"),
    Ask("h", "barrier", "ok"),
    Finish("late"),
    Finish("m"),
    Ask("h", "leave", "ok"),
    Until("h", "threads", ""),
    NothingLeft,
];

#[test]
fn a_copy_of_a_process_that_ends_takes_nothing_from_the_session() {
    for who in ["m", "h"] {
        check(&[
            OPENING,
            SESSION,
            &[Ask(who, "fork", "ok"), Ask(who, "fork", "ok")],
            GOES_ON,
        ]);
    }
}
