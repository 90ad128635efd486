//! Transactions: commits that count as a whole or not at all, and whose writer waits for the verdict.

use ipos::{Ipos, Process};
use ipos_tests::{
    child,
    roles::life::jobs::{self, Jobs},
    talk::Talk,
};

use crate::cast::{
    OPENING,
    Step::{self, Ask, Finish, Join, Signal, Until},
    check,
};

/// A list that must not hold 99, and a member that has it.
const LIST: &[Step] = &[
    Ask("h", "create-with l list 1,2,3 no-99", "ok"),
    Join("h", "m"),
    Ask("m", "get l list", "ok"),
];

#[test]
fn a_transaction_counts_or_is_as_if_it_had_not_been() {
    check(&[
        OPENING,
        LIST,
        &[
            Ask("m", "transact l push 4", "ok"),
            Ask("m", "confirmed l", "true"),
            Ask("h", "read l", "1,2,3,4"),
            Ask(
                "m",
                "transact l two 0 99",
                "Rejected: a commit was refused, and is undone: 99 is not wanted",
            ),
            Ask("m", "read l", "1,2,3,4"),
            Ask("h", "read l", "1,2,3,4"),
            // It was told, and is not told again.
            Ask("m", "flush l", "ok"),
            Ask("m", "transact l", "ok"),
            Ask("h", "transact l two 0 99", "Rejected: .. 99 is not wanted"),
            Ask("h", "transact l two 0 5", "ok"),
            Ask("m", "wait l 2,3,4,5", "ok"),
        ],
    ]);
}

#[test]
fn what_other_threads_have_written_upon_a_refused_transaction_stays() {
    check(&[
        OPENING,
        LIST,
        &[
            Signal("h", "STOP"),
            Ask("m", "begin transact l two 0 99", "ok"),
            Until("m", "read l", "2,3,99"),
            Ask("m", "update l push 4", "ok"),
            Ask("m", "update l at 0 20", "ok"),
            // What stood on it goes with it.
            Ask("m", "update l at 2 98", "ok"),
            Ask("m", "read l", "20,3,98,4"),
            Signal("h", "CONT"),
            Ask("m", "end", "Rejected: .. 99 is not wanted"),
            Ask("m", "flush l", "ok"),
            Ask("m", "read l", "1,20,3,4"),
            Ask("h", "wait l 1,20,3,4", "ok"),
        ],
    ]);
}

#[test]
fn transactions_of_several_threads_have_a_verdict_each() {
    check(&[
        OPENING,
        LIST,
        &[
            Signal("h", "STOP"),
            Ask("m", "begin transact l push 99", "ok"),
            Until("m", "read l", "1,2,3,99"),
            Ask("m", "begin transact l push 4", "ok"),
            Until("m", "read l", "1,2,3,99,4"),
            // It depends as a whole on what is refused.
            Ask("m", "begin transact l two 3 5", "ok"),
            Until("m", "read l", "1,2,3,4,5"),
            Ask("m", "update l push 99", "ok"),
            Signal("h", "CONT"),
            Ask("m", "end", "Rejected: .. something that it changes is gone"),
            Ask("m", "end", "ok"),
            Ask("m", "end", "Rejected: .. 99 is not wanted"),
            Ask("m", "flush l", "Rejected: .. undone: 99 is not wanted"),
            Ask("m", "flush l", "ok"),
            Ask("m", "read l", "1,2,3,4"),
            Ask("h", "read l", "1,2,3,4"),
        ],
    ]);
}

#[test]
fn a_transaction_on_what_others_have_removed_is_refused_as_a_whole() {
    check(&[
        OPENING,
        LIST,
        &[
            Join("h", "s"),
            Ask("s", "get l list", "ok"),
            Signal("h", "STOP"),
            Ask("m", "update l remove 0", "ok"),
            Ask("s", "begin transact l two 0 7", "ok"),
            Until("s", "read l", "2,3,7"),
            Signal("h", "CONT"),
            // Either may have come first.
            Ask("m", "flush l", "ok"),
            Until("s", "end", ".."),
            Ask("s", "barrier", "ok"),
        ],
    ]);
}

/// A transaction of `m` on a number is on its way, behind something that takes long.
const ON_ITS_WAY: &[Step] = &[
    Ask("h", "create-with gate number 1 gate", "ok"),
    Ask("h", "create n number 1", "ok"),
    Join("h", "m"),
    Ask("m", "get gate number", "ok"),
    Ask("m", "get n number", "ok"),
    Ask("m", "set gate 2", "ok"),
    Ask("m", "begin transact n add 1", "ok"),
    Until("m", "read n", "2"),
];

#[test]
fn a_transaction_on_what_is_gone_ends_with_an_error() {
    /// What the host does meanwhile, and what can be read then.
    const CASES: &[(&str, &str)] = &[
        ("delete n", "true"),
        ("put n number 50", "ok"),
        ("put n text x", "ok"),
    ];
    for &(change, answer) in CASES {
        println!("{change}");
        check(&[
            OPENING,
            ON_ITS_WAY,
            &[
                Ask("h", change, answer),
                Ask(
                    "m",
                    "end",
                    "Rejected: .. the object was overwritten or deleted ..",
                ),
                Ask("h", "open-gate", "ok"),
                Ask("m", "flush gate", "ok"),
                Ask("h", "read gate", "2"),
                // The session goes on, on both sides.
                Ask("m", "create n number 7", "ok"),
                Ask("m", "transact n add 1", "ok"),
                Ask("h", "get n number", "ok"),
                Ask("h", "read n", "8"),
            ],
        ]);
    }
}

#[test]
fn a_transaction_ends_with_the_session() {
    check(&[
        OPENING,
        ON_ITS_WAY,
        &[
            Signal("h", "KILL"),
            Ask("m", "end", "HostGone: .. gone"),
            Ask("m", "transact n add 1", "HostGone: .. gone"),
            // What is not known is left as it was made.
            Ask("m", "read n", "2"),
            Finish("m"),
        ],
    ]);
}

#[test]
fn a_transaction_while_an_object_is_held_is_refused() {
    check(&[
        OPENING,
        LIST,
        &[
            Ask("h", "create n number 1", "ok"),
            Ask("m", "wait-for n", "ok"),
            Ask(
                "m",
                "transact-inside l l",
                "Busy: .. `l` .. drop the guard first",
            ),
            Ask(
                "m",
                "transact-inside n l",
                "Busy: .. `n` .. drop the guard first",
            ),
            Ask(
                "h",
                "transact-inside n l",
                "Busy: .. `n` .. drop the guard first",
            ),
            Ask("m", "transact l push 4", "ok"),
        ],
    ]);
}

#[test]
fn a_job_is_got_by_one_of_all_that_want_it() {
    const TAKERS: usize = 4;
    const JOBS: u64 = 200;
    for &(way, _) in jobs::WAYS {
        let ipos = Ipos::host().unwrap();
        let all: Vec<u64> = (0..JOBS).collect();
        let jobs = Jobs {
            present: 0,
            stack: all.clone(),
            queue: all.iter().copied().collect(),
            map: all.iter().map(|&job| (job, job)).collect(),
        };
        let jobs = ipos.create("jobs", jobs).unwrap();
        let takers: Vec<Process> = (0..TAKERS)
            .map(|_| {
                ipos.spawn(child!("life/jobs", way, TAKERS.to_string()))
                    .unwrap()
            })
            .collect();
        let mut taken: Vec<u64> = Vec::new();
        for taker in &takers {
            let said = Talk::with(taker).hear().expect("it has come to its end");
            taken.extend(
                said.split_whitespace()
                    .map(|job| job.parse::<u64>().unwrap()),
            );
            assert!(taker.wait().unwrap().success());
        }
        taken.sort_unstable();
        assert_eq!(taken, all, "{way}");
        let left = jobs.read();
        let left = [left.stack.len(), left.queue.len(), left.map.len()];
        assert_eq!(left.iter().filter(|&&left| left == 0).count(), 1, "{way}");
    }
}

#[test]
fn a_thousand_refused_transactions_under_load_are_as_if_they_had_not_been() {
    // The host is a process of its own too, so that what it holds is of this session alone.
    let status = child!("life/load-host").status().unwrap();
    assert!(status.success(), "{status}");
}
