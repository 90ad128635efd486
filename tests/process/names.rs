//! Sessions with a name: processes that are not parent and child.

use crate::cast::{
    Cast,
    Step::{self, Ask, Begin, Finish, Hear, NothingLeft, Signal, Start},
    check,
};

/// The host `h` serves a name, and `m` finds it.
const MET: &[Step] = &[
    Start("h"),
    Ask("h", "serve board", "ok"),
    Ask("h", "create n number 1", "ok"),
    Start("m"),
    Ask("m", "connect board", "ok"),
    Ask("m", "get n number", "ok"),
];

#[test]
fn those_who_meet_by_a_name_share_as_others_do() {
    check(&[
        MET,
        &[
            Ask("m", "is-host", "false"),
            Ask("m", "set n 2", "ok"),
            Ask("h", "wait n 2", "ok"),
            Start("o"),
            Ask("o", "connect board", "ok"),
            Ask("o", "create of-o number 5", "ok"),
            Ask("m", "wait-for of-o", "ok"),
            Ask("h", "set n 3", "ok"),
            Ask("m", "wait n 3", "ok"),
            // An invitation is as good as in any session.
            Step::Join("h", "invited"),
            Ask("invited", "wait-for of-o", "ok"),
            Finish("invited"),
            Finish("o"),
            Ask("m", "set n 4", "ok"),
            Ask("h", "wait n 4", "ok"),
            Finish("m"),
            Finish("h"),
            NothingLeft,
        ],
    ]);
}

#[test]
fn a_name_that_is_served_is_not_taken_away() {
    check(&[
        MET,
        &[
            Start("late"),
            Ask(
                "late",
                "serve board",
                "AlreadyServed: `board` is served already, by process ..",
            ),
            // Nor when its host does not run on.
            Signal("h", "STOP"),
            Ask("late", "serve board", "AlreadyServed: .."),
            Signal("h", "CONT"),
            Ask("late", "serve another", "ok"),
            Ask("m", "set n 2", "ok"),
            Ask("h", "wait n 2", "ok"),
            Ask("late", "leave", "ok"),
            Ask("late", "connect board", "ok"),
            Ask("late", "get n number", "ok"),
            Finish("late"),
            Finish("m"),
            Finish("h"),
            NothingLeft,
        ],
    ]);
}

#[test]
fn a_host_that_was_killed_leaves_its_name_to_the_next() {
    check(&[
        MET,
        &[
            Begin("m", "wait n 7"),
            Signal("h", "KILL"),
            Start("early"),
            Ask(
                "early",
                "connect board",
                "NotServed: nobody serves `board` ..",
            ),
            Start("next"),
            Ask("next", "serve board", "ok"),
            Ask("next", "create n number 7", "ok"),
            Ask("early", "connect board", "ok"),
            Ask("early", "get n number", "ok"),
            Ask("early", "read n", "7"),
            // So have those who knew the one before.
            Hear("m", "ok"),
            Finish("m"),
            Finish("early"),
            Finish("next"),
            NothingLeft,
        ],
    ]);
}

#[test]
fn nothing_is_found_where_nobody_serves() {
    check(&[&[
        Start("m"),
        Ask("m", "connect board", "NotServed: nobody serves `board` .."),
        Ask(
            "m",
            "connect a/b",
            "Transport: `a/b` is no name for a session ..",
        ),
        Ask(
            "m",
            "serve ..",
            "Transport: `..` is no name for a session ..",
        ),
        Start("h"),
        Ask("h", "serve board", "ok"),
        Ask("m", "connect other", "NotServed: .."),
        Ask("h", "leave", "ok"),
        Ask("m", "connect board", "NotServed: .."),
        Finish("m"),
        Finish("h"),
        NothingLeft,
    ]]);
}

#[test]
fn of_those_that_come_at_once_one_serves_also_after_a_crash() {
    const ALL: [&str; 4] = ["a", "b", "c", "d"];
    let mut cast = Cast::new();
    for who in ALL {
        cast.play(&[Start(who)]);
    }
    for _ in 0..8 {
        let answers = cast.ask_all(&ALL, "serve race");
        let served = answers.iter().filter(|answer| *answer == "ok").count();
        assert_eq!(served, 1, "{answers:?}");
        for (who, answer) in ALL.iter().zip(answers) {
            if answer == "ok" {
                cast.play(&[Signal(who, "KILL"), Start(who)]);
            } else {
                assert!(answer.starts_with("AlreadyServed"), "{answer}");
            }
        }
    }
}
