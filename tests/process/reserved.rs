//! What is for the host alone: to write a field, and to put something in place of what is reserved.

use crate::{
    cast::{
        OPENING,
        Step::{self, Ask, Join, Signal, Until},
        check,
    },
    refused::{EVEN, GOES_ON},
};

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

/// Overwriting and deleting what is reserved: what is done, why it is refused, and what the next flush of
/// the object says that is there again.
type Taken = (&'static str, &'static str, &'static str);

const OVERWRITE: Taken = (
    "put n number 7",
    "only the host may put another object in place of `n`",
    "Rejected: .. only the host may put another object in place of `n`",
);
const RETYPE: Taken = (
    "put n text x",
    "only the host may put another object in place of `n`",
    "ok",
);
const DELETE: Taken = ("delete n", "only the host may delete `n`", "ok");

#[test]
fn what_has_a_validator_is_for_the_host_alone_to_overwrite_and_delete() {
    for (taken, reason, flushed) in [OVERWRITE, RETYPE, DELETE] {
        println!("{taken}");
        let shows = if taken == DELETE.0 { "true" } else { "ok" };
        check(&[
            OPENING,
            EVEN,
            &[
                Ask("m", taken, shows),
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
                Ask("m", "keys", "n"),
                Ask("m", "flush n", flushed),
                Ask("m", "update n add 1", "ok"),
                Ask("m", "flush n", "Rejected: .. 3 is odd"),
            ],
            GOES_ON,
        ]);
    }
}

#[test]
fn a_handle_from_before_a_refused_creation_goes_on() {
    check(&[
        OPENING,
        EVEN,
        &[
            Signal("h", "STOP"),
            Ask("m", "put n number 7", "ok"),
            Ask("m", "read n", "7"),
            Ask("m", "update n add 1", "ok"),
            Ask("m", "read n", "8"),
            Signal("h", "CONT"),
            Ask("m", "wait n 2", "ok"),
            Ask("m", "flush n", "Rejected: .. only the host may put .."),
            Ask("m", "flush n", "ok"),
            Ask("m", "event", "n of peer 1 .. only the host may .."),
        ],
        GOES_ON,
    ]);
}

#[test]
fn what_has_a_field_for_the_host_alone_is_for_the_host_to_create() {
    check(&[
        OPENING,
        PLAN,
        &[
            Ask("m", "create q plan mine,c", "ok"),
            Ask(
                "m",
                "flush q",
                "Rejected: .. only the host may create `q`: its type has a field ..",
            ),
            Ask(
                "m",
                "event",
                "q of peer 1 .. here: only the host may create `q`: ..",
            ),
            Ask(
                "h",
                "event",
                "q of peer 1 .. there: only the host may create `q`: ..",
            ),
            Ask("m", "keys", "p"),
            Ask("m", "update q title x", "Deleted: `q` .."),
            Ask("h", "keys", "p"),
            // Its key can be used.
            Ask("m", "create q number 1", "ok"),
            Ask("m", "flush q", "ok"),
            Ask("m", "delete p", "true"),
            Ask(
                "m",
                "event",
                "p of peer 1 .. here: only the host may delete `p`",
            ),
            Until("m", "get p plan", "ok"),
            Ask("m", "read p", "title,a,b"),
            // In place of an object that anybody may overwrite.
            Ask("h", "create n number 5", "ok"),
            Ask("m", "wait-for n", "ok"),
            Ask("m", "create n plan mine", "ok"),
            Ask(
                "m",
                "event",
                "n of peer 1 .. here: only the host may create `n`: ..",
            ),
            Until("m", "get n number", "ok"),
            Ask("m", "read n", "5"),
            Ask("h", "delete p", "true"),
            Until("m", "get p plan", "Deleted: .."),
        ],
    ]);
}
