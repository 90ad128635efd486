//! What the host refuses, with its validators and what is for it alone to write: whoever wrote it goes
//! back, and nobody else has seen it.

use crate::{
    cast::{
        Cast, OPENING,
        Step::{self, Ask, Begin, Hear, Join, Signal, Until},
        check,
    },
    raw::{Raw, ToMember, bytes},
};

/// An even number, a member that has it, and a sibling that looks at it all the time.
const EVEN: &[Step] = &[
    Ask("h", "create-with n number 2 even", "ok"),
    Ask("h", "events", "ok"),
    Join("h", "m"),
    Ask("m", "get n number", "ok"),
    Ask("m", "events", "ok"),
    Join("h", "s"),
    Ask("s", "get n number", "ok"),
    Ask("s", "events", "ok"),
    Ask("s", "watch n", "ok"),
    Ask("h", "watch n", "ok"),
];

/// The session goes on, and only what is allowed was ever seen by others.
const GOES_ON: &[Step] = &[
    Ask("m", "set n 4", "ok"),
    Ask("m", "flush n", "ok"),
    Ask("s", "wait n 4", "ok"),
    Ask("s", "watched", "2 4"),
    Ask("h", "watched", "2 4"),
    Ask("s", "event now", "none"),
];

#[test]
fn a_refused_commit_shows_at_its_writer_until_the_verdict_and_nowhere_else() {
    check(&[
        OPENING,
        EVEN,
        &[
            Signal("h", "STOP"),
            Ask("m", "set n 3", "ok"),
            Ask("m", "read n", "3"),
            Ask("m", "confirmed n", "false"),
            Begin("m", "flush n"),
            Signal("h", "CONT"),
            Hear(
                "m",
                "Rejected: a commit was refused, and is undone: 3 is odd",
            ),
            Ask("m", "read n", "2"),
            Ask("m", "confirmed n", "true"),
            Ask("m", "flush n", "ok"),
            Ask("m", "event", "n of peer 1 .. here: 3 is odd"),
            Ask("h", "event", "n of peer 1 .. there: 3 is odd"),
            Ask("h", "event now", "none"),
        ],
        GOES_ON,
    ]);
}

#[test]
fn of_several_refused_commits_the_first_reason_is_told_and_how_many_more_there_are() {
    check(&[
        OPENING,
        EVEN,
        &[
            Signal("h", "STOP"),
            Ask("m", "set n 3", "ok"),
            Ask("m", "set n 5", "ok"),
            Ask("m", "update n set 7", "ok"),
            Ask("m", "read n", "7"),
            Signal("h", "CONT"),
            Ask(
                "m",
                "flush n",
                "Rejected: .. 3 is odd (and 2 more commits to `n`)",
            ),
            Ask("m", "read n", "2"),
            Ask("m", "flush n", "ok"),
            Ask("m", "event", "n of .. here: 3 is odd"),
            Ask("m", "event", "n of .. here: 5 is odd"),
            Ask("m", "event", "n of .. here: 7 is odd"),
            Ask("m", "event now", "none"),
        ],
        GOES_ON,
    ]);
}

#[test]
fn what_was_committed_upon_a_refused_commit_stays() {
    check(&[
        OPENING,
        &[
            Ask("h", "create-with l list 1,2,3 no-99", "ok"),
            Join("h", "m"),
            Ask("m", "get l list", "ok"),
            Signal("h", "STOP"),
            Ask("m", "update l push 99", "ok"),
            Ask("m", "update l push 4", "ok"),
            // This one depends on it, and becomes nothing.
            Ask("m", "update l at 3 98", "ok"),
            Ask("m", "update l at 0 0", "ok"),
            Ask("m", "read l", "0,2,3,98,4"),
            Signal("h", "CONT"),
            Ask("m", "flush l", "Rejected: .. 99 is not wanted"),
            Ask("m", "read l", "0,2,3,4"),
            Ask("h", "wait l 0,2,3,4", "ok"),
        ],
    ]);
}

#[test]
fn what_is_added_upon_a_refused_sum_counts_without_it() {
    check(&[
        OPENING,
        EVEN,
        &[
            Signal("h", "STOP"),
            Ask("m", "update n add 1", "ok"),
            Ask("m", "update n add 2", "ok"),
            Ask("m", "read n", "5"),
            Signal("h", "CONT"),
            Ask("m", "flush n", "Rejected: .. undone: 3 is odd"),
            Ask("m", "read n", "4"),
        ],
        GOES_ON,
    ]);
}

#[test]
fn the_host_s_own_commit_is_refused_at_once() {
    check(&[
        OPENING,
        EVEN,
        &[
            Ask("h", "set n 3", "Rejected: .. undone: 3 is odd"),
            Ask("h", "update n add 1", "Rejected: .. 3 is odd"),
            Ask("h", "transact n add 1", "Rejected: .. 3 is odd"),
            Ask("h", "read n", "2"),
            Ask("h", "flush n", "ok"),
            Ask("h", "event", "n of peer 0 .. here: 3 is odd"),
            Ask("h", "event", "n of peer 0 .. here: 3 is odd"),
            Ask("h", "event", "n of peer 0 .. here: 3 is odd"),
            Ask("h", "event now", "none"),
            Ask("m", "event now", "none"),
        ],
        GOES_ON,
    ]);
}

#[test]
fn validators_may_do_this_and_that() {
    /// The rule that `v` is under, what is written to it, and the reason for the refusal.
    const CASES: &[(&str, &str, &str)] = &[
        ("grows", "7", "7 is not above 10"),
        (
            "panics",
            "7",
            "the validator panicked: of the rule: 7 is odd",
        ),
        (
            "reads-itself",
            "7",
            "the validator panicked: `v` is read through its handle ..",
        ),
        ("reads-n", "700", "700 is above n, which is 100"),
        ("host", "7", "it is the host's"),
    ];
    for &(rule, value, reason) in CASES {
        let said = |step: &str| -> &'static str { format!("{step}: {reason}").leak() };
        let create = format!("create-with v number 10 {rule}");
        let set: &str = format!("set v {value}").leak();
        let refused = said("Rejected: a commit was refused, and is undone");
        check(&[
            OPENING,
            &[
                Ask("h", "create n number 100", "ok"),
                Ask("h", create.leak(), "ok"),
                Ask("h", "events", "ok"),
                Join("h", "m"),
                Ask("m", "get v number", "ok"),
                Ask("m", set, "ok"),
                Ask("m", "flush v", refused),
                Ask("m", "read v", "10"),
                Ask("h", "event", said("v of peer 1 .. there")),
                Ask("h", "read v", "10"),
                // Its thread reads on, and the object can be used.
                Ask("m", "create w number 1", "ok"),
                Ask("h", "wait-for w", "ok"),
                Ask("h", "read v", "10"),
            ],
        ]);
    }
}

#[test]
fn a_validator_that_allows_something_under_other_circumstances_is_asked_again() {
    check(&[
        OPENING,
        &[
            Ask("h", "create n number 100", "ok"),
            Ask("h", "create-with v number 10 reads-n", "ok"),
            Join("h", "m"),
            Ask("m", "get n number", "ok"),
            Ask("m", "get v number", "ok"),
            Ask(
                "m",
                "transact v set 200",
                "Rejected: .. 200 is above n, which is 100",
            ),
            Ask("m", "set n 300", "ok"),
            Ask("m", "transact v set 200", "ok"),
            Ask("h", "read v", "200"),
            Ask(
                "h",
                "set v 301",
                "Rejected: .. 301 is above n, which is 300",
            ),
            Ask("h", "set v 300", "ok"),
            Ask("m", "wait v 300", "ok"),
        ],
    ]);
}

#[test]
fn a_validator_is_told_who_writes() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(&[
        Ask("h", "create-with n number 1 named", "ok"),
        Join("h", "a"),
        Join("h", "b"),
    ]);
    for (who, peer) in [("h", 0), ("a", 1), ("b", 2)] {
        let pid = cast.pid(who);
        let place = if who == "h" { "here" } else { "there" };
        let reason = format!("{peer} {pid} {place}");
        cast.play(&[
            Ask(who, "get n number", "ok"),
            Ask(who, "events", "ok"),
            Ask(
                who,
                "transact n set 2",
                format!("Rejected: .. peer {reason}").leak(),
            ),
            Ask(
                who,
                "event",
                format!("n of peer {peer} {pid} here: peer {reason}").leak(),
            ),
            Ask(who, "read n", "1"),
        ]);
    }
}

#[test]
fn a_long_reason_is_cut() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(&[
        Ask("h", "create-with n number 1 long", "ok"),
        Join("h", "m"),
        Ask("m", "get n number", "ok"),
    ]);
    let told = cast.ask("m", "transact n set 2");
    assert!(
        told.starts_with("Rejected: ") && told.len() < 1200,
        "{told}"
    );
}

/// A plan with two tasks, and a member that has it.
const PLAN: &[Step] = &[
    Ask("h", "create p plan title,a,b", "ok"),
    Ask("h", "events", "ok"),
    Join("h", "m"),
    Ask("m", "get p plan", "ok"),
    Ask("m", "events", "ok"),
];

#[test]
fn a_field_for_the_host_alone_is_written_by_it_alone() {
    /// What a member does to the plan, and why it is refused.
    const CASES: &[(&str, &str)] = &[
        (
            "update p approve 0",
            "`tasks[].approved` is for the host alone to write",
        ),
        (
            "update p name-and-approve 1 other",
            "`tasks[].approved` is for the host alone to write",
        ),
        (
            "update p add c",
            "a value put into `tasks` has the field `approved`, which is for the host alone to write",
        ),
        (
            "set p other,c",
            "a value put into `tasks` has the field `approved`, which is for the host alone to write",
        ),
    ];
    for &(change, reason) in CASES {
        check(&[
            OPENING,
            PLAN,
            &[
                Ask("m", change, "ok"),
                Ask(
                    "m",
                    "flush p",
                    format!("Rejected: .. undone: {reason}").leak(),
                ),
                Ask("m", "read p", "title,a,b"),
                Ask(
                    "m",
                    "event",
                    format!("p of peer 1 .. here: {reason}").leak(),
                ),
                Ask(
                    "h",
                    "event",
                    format!("p of peer 1 .. there: {reason}").leak(),
                ),
                Ask("h", change, "ok"),
                Ask("h", "set p title,a,b", "ok"),
                Ask("h", "update p approve 1", "ok"),
                Ask("m", "wait p title,a,b!", "ok"),
                // The rest is for all.
                Ask("m", "update p title all", "ok"),
                Ask("m", "update p name 0 z", "ok"),
                Ask("m", "flush p", "ok"),
                Ask("m", "transact p remove 1", "ok"),
                Ask("h", "read p", "all,z"),
                Ask("m", "event now", "none"),
                Ask("h", "event now", "none"),
            ],
        ]);
    }
}

#[test]
fn what_has_a_validator_is_for_the_host_alone_to_overwrite_and_delete() {
    const PUT: &str = "only the host may put another object in place of `n`";
    const DELETE: &str = "only the host may delete `n`";
    for (taken, reason) in [
        ("put n number 7", PUT),
        ("put n text x", PUT),
        ("delete n", DELETE),
    ] {
        println!("{taken}");
        check(&[
            OPENING,
            EVEN,
            &[
                // The member knows, and asks nobody.
                Ask("m", taken, format!("Rejected: .. {reason}").leak()),
                Ask(
                    "m",
                    "event",
                    format!("n of peer 1 .. here: {reason}").leak(),
                ),
                Ask("m", "read n", "2"),
                Ask("m", "keys", "n"),
                Ask("m", "flush n", "ok"),
                Ask("m", "update n add 1", "ok"),
                Ask("m", "flush n", "Rejected: .. 3 is odd"),
            ],
            GOES_ON,
        ]);
    }
}

#[test]
fn what_becomes_reserved_before_the_host_hears_of_it_is_not_taken() {
    const PUT: &str = "only the host may put another object in place of `n`";
    const DELETE: &str = "only the host may delete `n`";
    /// What a member does, what it is answered, and why it is refused later.
    const CASES: &[(&str, &str, &str)] = &[
        ("put n number 7", "ok", PUT),
        ("put n text x", "ok", PUT),
        ("delete n", "true", DELETE),
    ];
    for &(taken, answer, reason) in CASES {
        println!("{taken}");
        check(&[
            OPENING,
            &[
                Ask("h", "create-with gate number 1 gate", "ok"),
                Ask("h", "create n number 1", "ok"),
                Ask("h", "events", "ok"),
                Join("h", "m"),
                Ask("m", "get gate number", "ok"),
                Ask("m", "get n number", "ok"),
                Ask("m", "events", "ok"),
                // What follows is heard of when the gate is open.
                Ask("m", "set gate 2", "ok"),
                Ask("m", taken, answer),
                Ask("h", "create-with n number 2 even", "ok"),
                Ask("h", "open-gate", "ok"),
                Ask(
                    "m",
                    "event",
                    format!("n of peer 1 .. here: {reason}").leak(),
                ),
                Ask(
                    "h",
                    "event",
                    format!("n of peer 1 .. there: {reason}").leak(),
                ),
                // What the host has is there again, and in use.
                Until("m", "get n number", "ok"),
                Until("m", "read n", "2"),
                Until("m", "flush n", "ok"),
                Ask("m", "transact n add 1", "Rejected: .. 3 is odd"),
                Ask("m", "transact n add 2", "ok"),
                Ask("h", "read n", "4"),
            ],
        ]);
    }
}

#[test]
fn what_has_a_field_for_the_host_alone_is_for_the_host_to_create() {
    const CREATE: &str = "Rejected: .. only the host may create `q`: its type has a field ..";
    check(&[
        OPENING,
        PLAN,
        &[
            Ask("m", "create q plan mine,c", CREATE),
            Ask(
                "m",
                "event",
                "q of peer 1 .. here: only the host may create `q`: ..",
            ),
            Ask("m", "keys", "p"),
            Ask("h", "keys", "p"),
            // Its key can be used.
            Ask("m", "create q number 1", "ok"),
            Ask("m", "flush q", "ok"),
            Ask("m", "create q plan mine,c", CREATE),
            Ask("m", "read q", "1"),
            Ask("m", "delete p", "Rejected: .. only the host may delete `p`"),
            Ask("m", "read p", "title,a,b"),
            Ask("h", "delete p", "true"),
            Until("m", "get p plan", "Deleted: .."),
            Ask("m", "create p number 3", "ok"),
            Ask("m", "flush p", "ok"),
            Ask("h", "get p number", "ok"),
            Ask("h", "read p", "3"),
        ],
    ]);
}

#[test]
fn only_a_host_gives_validators() {
    check(&[
        OPENING,
        &[
            Join("h", "m"),
            Ask(
                "m",
                "create-with n number 2 even",
                "NotTheHost: .. validator ..; this process is a member",
            ),
            Ask("m", "keys", ""),
        ],
    ]);
}

#[test]
fn what_is_refused_is_told_to_nobody_else() {
    let mut cast = Cast::new();
    cast.play(OPENING);
    cast.play(EVEN);
    let (endpoint, token) = cast.invite("h");
    let (mut raw, _) = Raw::join(&endpoint, &token);
    cast.play(&[Ask("h", "let-in", "ok")]);
    for _ in 0..50 {
        cast.play(&[
            Ask("m", "transact n add 1", "Rejected: .. 3 is odd"),
            Ask("m", "update n add 3", "ok"),
            Ask("m", "flush n", "Rejected: .. 5 is odd"),
        ]);
    }
    cast.play(GOES_ON);
    // The first that it hears of is what is allowed.
    let commit = ToMember::Commit {
        seq: 102,
        origin: 1,
        object: (0, 1),
        patches: vec![0, 4],
    };
    assert_eq!(raw.next(), Some(bytes(&commit)));
}
