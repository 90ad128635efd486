//! Members that have come by a name, and come again when their host is gone or their connection is lost.

mod lines;
mod tickets;

use std::collections::{BTreeMap, BTreeSet};

use ipos_tests::roles::life::system::eventually;

use crate::cast::{
    Cast,
    Step::{self, Ask, Begin, Finish, NothingLeft, Signal, Start, Until},
    check,
};

/// The host `h` serves a name, and `m` is there.
const MET: &[Step] = &[
    Start("h"),
    Ask("h", "serve board", "ok"),
    Ask("h", "create n number 1", "ok"),
    Start("m"),
    Ask("m", "connect board", "ok"),
    Ask("m", "get n number", "ok"),
    Ask("m", "events", "ok"),
];

/// The host is killed, and `m` writes.
const AWAY: &[Step] = &[
    Signal("h", "KILL"),
    Ask("m", "event", "Disconnected { why: .. }"),
    Ask("m", "update n add 5", "ok"),
    Ask("m", "read n", "6"),
    Ask("m", "confirmed n", "false"),
    Ask("m", "begin transact n add 9", "ok"),
    Until("m", "read n", "15"),
];

/// What both have is shared as before.
const SHARED: &[Step] = &[
    Ask("m", "event", "Reconnected { anew: true }"),
    Ask("m", "flush n", "ok"),
    Ask("next", "set n 7", "ok"),
    Ask("m", "wait n 7", "ok"),
    Ask("m", "set n 8", "ok"),
    Ask("next", "wait n 8", "ok"),
    Finish("m"),
    Finish("next"),
    NothingLeft,
];

#[test]
fn what_was_pending_counts_at_the_next_host() {
    check(&[
        MET,
        AWAY,
        &[
            Start("next"),
            Ask("next", "serve board", "ok"),
            Ask("next", "create n number 100", "ok"),
            // What is to count as a whole was made on what nobody knows any more.
            Ask("m", "end", "Rejected: .."),
            Ask("m", "wait n 105", "ok"),
            Ask("next", "wait n 105", "ok"),
        ],
        SHARED,
    ]);
}

#[test]
fn an_object_that_comes_late_is_found_again() {
    check(&[
        MET,
        AWAY,
        &[
            Start("next"),
            Ask("next", "serve board", "ok"),
            // It is in sync, and the object is not there.
            Ask("m", "event", "Reconnected { anew: true }"),
            Ask("m", "read n", "15"),
            Ask("m", "keys", "n"),
            Ask("next", "create n number 100", "ok"),
            Ask("m", "end", "Rejected: .."),
            Ask("m", "wait n 105", "ok"),
            Ask("next", "wait n 105", "ok"),
            Ask("m", "flush n", "ok"),
            Ask("next", "set n 7", "ok"),
            Ask("m", "wait n 7", "ok"),
        ],
    ]);
}

#[test]
fn an_object_that_does_not_come_has_ended() {
    check(&[
        &[
            Start("h"),
            Ask("h", "serve board", "ok"),
            Ask("h", "create n number 1", "ok"),
            Ask("h", "create o number 2", "ok"),
            Start("m"),
            Ask("m", "connect board 3000", "ok"),
            Ask("m", "get n number", "ok"),
            Ask("m", "get o number", "ok"),
            Ask("m", "events", "ok"),
        ],
        AWAY,
        &[
            Ask("m", "create mine text a", "ok"),
            Ask("m", "delete o", "true"),
            Start("next"),
            Ask("next", "serve board", "ok"),
            Until("next", "get mine text", "ok"),
            Ask("next", "read mine", "a"),
            Ask(
                "m",
                "end",
                "Rejected: .. the host was started again and has no object under this key",
            ),
            Ask("m", "update n add 1", "Deleted: .."),
            Ask("m", "get n number", "Deleted: .."),
            Ask("m", "keys", "mine"),
            Ask("next", "keys", "mine"),
            // It may be created again.
            Ask("m", "create n number 3", "ok"),
            Until("next", "get n number", "ok"),
            Ask("next", "read n", "3"),
        ],
    ]);
}

#[test]
fn an_object_of_another_form_takes_the_place() {
    check(&[
        MET,
        AWAY,
        &[
            Start("next"),
            Ask("next", "serve board", "ok"),
            Ask("next", "create n text a", "ok"),
            Ask("m", "end", "Rejected: .. overwritten or deleted .."),
            Ask("m", "update n add 1", "TypeMismatch: .."),
            Ask("m", "get n text", "ok"),
            Ask("m", "set n b", "ok"),
            Ask("next", "wait n b", "ok"),
        ],
    ]);
}

#[test]
fn what_is_created_while_the_host_is_away_is_there_at_the_next() {
    check(&[
        MET,
        AWAY,
        &[
            Ask("m", "create n number 40", "ok"),
            Ask("m", "update n add 2", "ok"),
            Start("next"),
            Ask("next", "serve board", "ok"),
            Ask("m", "end", "Rejected: .. overwritten or deleted .."),
            Ask("next", "create o number 1", "ok"),
            Until("next", "get n number", "ok"),
            Ask("next", "wait n 42", "ok"),
        ],
        SHARED,
    ]);
}

#[test]
fn a_session_ends_at_once_while_its_host_is_away() {
    check(&[
        MET,
        AWAY,
        &[
            Begin("m", "wait n 99"),
            Signal("m", "KILL"),
            Start("m"),
            Start("next"),
            Ask("next", "serve board", "ok"),
            Ask("m", "connect board", "ok"),
            Signal("next", "KILL"),
            Ask("m", "leave", "ok"),
            Ask("m", "threads", ""),
            Finish("m"),
        ],
    ]);
}

#[test]
fn a_host_that_ends_in_good_order_is_sought_as_well() {
    const WRITERS: [&str; 3] = ["1", "2", "3"];
    let mut cast = Cast::new();
    let opened = [
        Start("h"),
        Ask("h", "serve board", "ok"),
        Ask("h", "create log list ", "ok"),
        Ask("h", "create total number 0", "ok"),
        Ask("h", "create stop number 0", "ok"),
    ];
    cast.play(&opened);
    for who in WRITERS {
        cast.play(&[
            Start(who),
            Ask(who, "connect board", "ok"),
            Ask(who, "get log list", "ok"),
            Ask(who, "get total number", "ok"),
            Ask(who, "get stop number", "ok"),
            Begin(who, format!("write log total {who} stop").leak()),
        ]);
    }
    // Each host goes on with what the one before had in the end.
    for _ in 0..3 {
        cast.play(&[Until("h", "read total", "..1..")]);
        cast.play(&[Ask("h", "leave", "ok")]);
        let [log, total] = ["read log", "read total"].map(|asked| cast.ask("h", asked));
        cast.play(&[
            Ask("h", "serve board", "ok"),
            Ask("h", format!("create log list {log}").leak(), "ok"),
            Ask("h", format!("create total number {total}").leak(), "ok"),
            Ask("h", "create stop number 0", "ok"),
        ]);
    }
    cast.play(&[Ask("h", "set stop 1", "ok")]);
    let written = WRITERS.map(|who| cast.hear(who).parse::<u64>().unwrap());
    let log = numbers(&cast.ask("h", "read log"));
    let total: u64 = cast.ask("h", "read total").parse().unwrap();
    assert_eq!(total, written.iter().sum::<u64>());
    assert_eq!(log.len() as u64, total);
    for (author, written) in (1..).zip(written) {
        let of_author = log.iter().filter(|number| *number / 1_000_000 == author);
        let expected = (1..=written).map(|n| author * 1_000_000 + n);
        assert!(
            of_author.copied().eq(expected),
            "{author}: each once, in order"
        );
    }
}

#[test]
fn of_a_killed_host_what_has_no_verdict_counts_once_at_the_next() {
    const WRITERS: [&str; 3] = ["1", "2", "3"];
    let mut cast = Cast::new();
    let opened = [
        Ask("h", "serve board", "ok"),
        Ask("h", "create log list ", "ok"),
        Ask("h", "create total number 0", "ok"),
        Ask("h", "create stop number 0", "ok"),
    ];
    cast.play(&[Start("h")]);
    cast.play(&opened);
    for who in WRITERS {
        cast.play(&[
            Start(who),
            Ask(who, "connect board", "ok"),
            Ask(who, "get log list", "ok"),
            Ask(who, "get total number", "ok"),
            Ask(who, "get stop number", "ok"),
            Begin(who, format!("write log total {who} stop").leak()),
        ]);
    }
    for _ in 0..3 {
        cast.play(&[Until("h", "read total", "..1..")]);
        cast.play(&[Signal("h", "KILL"), Start("h")]);
        cast.play(&opened);
    }
    // One that comes late, with all confirmed by the host before, would be stopped before it has written to this one.
    eventually("all have come to the last host", || {
        let log = numbers(&cast.ask("h", "read log"));
        let of = |author| log.iter().any(|number| number / 1_000_000 == author);
        (1..).zip(WRITERS).all(|(author, _)| of(author))
    });
    cast.play(&[Ask("h", "set stop 1", "ok")]);
    let written = WRITERS.map(|who| cast.hear(who).parse::<u64>().unwrap());
    let log = numbers(&cast.ask("h", "read log"));
    let total: u64 = cast.ask("h", "read total").parse().unwrap();
    let all: BTreeSet<u64> = log.iter().copied().collect();
    assert_eq!(all.len(), log.len(), "each counts once");
    let mut authors: BTreeMap<u64, Vec<u64>> = BTreeMap::new();
    for number in &log {
        let of_author = authors.entry(number / 1_000_000).or_default();
        of_author.push(number % 1_000_000);
    }
    for (author, written) in (1..).zip(written) {
        let of_author = &authors[&author];
        let first = of_author[0];
        let expected = first..=written;
        assert!(
            of_author.iter().copied().eq(expected),
            "{author}: all from the first one without a verdict, in order"
        );
    }
    // Each is proposed to the list before the number. So of both a host that is killed may have confirmed a part of
    // what was written to the list alone: of the number more is without a verdict, and counts at the next.
    let sums = log.len() as u64..=written.iter().sum();
    assert!(sums.contains(&total), "{total} of {}", log.len());
}

fn numbers(list: &str) -> Vec<u64> {
    let numbers = list.split(',').filter(|number| !number.is_empty());
    numbers.map(|number| number.parse().unwrap()).collect()
}
