//! Who waits reads what comes meanwhile, and is held up by nothing but what it waits for.

use crate::cast::{Cast, Step::*};

#[test]
fn a_wait_ends_in_time_while_what_comes_is_held_by_another_thread() {
    for [host, join] in [["host", "join"], ["spin host", "spin join"]] {
        let mut cast = Cast::new();
        cast.play(&[
            Start("h"),
            Ask("h", host, "ok"),
            Ask("h", "create n number 0", "ok"),
            Ask("h", "create o number 0", "ok"),
        ]);
        let command = cast.invited("h");
        cast.start("m", command);
        cast.play(&[
            Ask("m", join, "ok"),
            Ask("m", "get n number", "ok"),
            Ask("m", "get o number", "ok"),
        ]);
        for (round, [who, other]) in (1..40).zip([["m", "h"], ["h", "m"]].into_iter().cycle()) {
            let ask = |what, key| &*format!("{what} {key} {round}").leak();
            cast.play(&[
                Ask(who, "hold o", "ok"),
                Begin(who, "wait-in-vain n"),
                Ask(other, ask("set", "o"), "ok"),
                Ask(other, ask("set", "n"), "ok"),
                Hear(who, "Timeout: .."),
                Ask(who, "release", "ok"),
                Ask(who, ask("wait", "o"), "ok"),
                Ask(who, ask("wait", "n"), "ok"),
            ]);
        }
        cast.play(&[Finish("m"), Finish("h")]);
    }
}
