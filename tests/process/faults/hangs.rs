//! Processes that do not go on for a while, or never.

use std::fs;

use ipos_tests::roles::life::system::{eventually, resident_memory};

use crate::cast::{
    Cast, OPENING,
    Step::{self, Ask, Begin, Hear, Join, Signal, Start, Until},
    check,
};

/// A host that queues 64 KiB for each member, and four members.
const SESSION: &[Step] = &[
    Start("h"),
    Ask("h", "lean host", "ok"),
    Ask("h", "events", "ok"),
    Ask("h", "create a text a", "ok"),
    Ask("h", "create n number 0", "ok"),
    Join("h", "m"),
    Join("h", "x"),
    Join("h", "y"),
    Join("h", "z"),
];

/// Those that write while one does not read.
const WRITERS: [&str; 3] = ["x", "y", "z"];

fn session() -> Cast {
    let mut cast = Cast::new();
    cast.play(SESSION);
    for who in ["m", "x", "y", "z"] {
        cast.play(&[Ask(who, "get a text", "ok"), Ask(who, "get n number", "ok")]);
    }
    cast
}

/// All writers write at once what takes some megabytes, and each counts.
fn write(cast: &mut Cast) {
    for line in ["fill a 200 20000", "update n add 1", "flush a", "flush n"] {
        assert_eq!(cast.ask_all(&WRITERS, line), ["ok"; 3], "{line}");
    }
}

/// Asserts that all have the same.
fn check_equal(cast: &mut Cast, count: u64) {
    for who in ["x", "h", "m"] {
        cast.play(&[Ask(who, "barrier", "ok")]);
    }
    for key in ["read a", "read n"] {
        let told = cast.ask_all(&["h", "m", "x", "y", "z"], key);
        assert!(told.iter().all(|value| *value == told[0]), "{key}");
    }
    assert_eq!(cast.ask("m", "read n"), count.to_string());
}

/// How much memory the host may take for one that does not read, beside its queue limit, in KiB.
const MORE_MEMORY: u64 = 16 * 1024;

#[test]
fn a_member_that_is_stopped_while_others_write_costs_the_host_no_more_than_its_queue() {
    const ROUNDS: u64 = 6;
    let mut cast = session();
    // What is kept for good.
    write(&mut cast);
    let host = cast.pid("h");
    let before = resident_memory(host);
    cast.play(&[Signal("m", "STOP")]);
    write(&mut cast);
    cast.play(&[Until("h", "event", "peer 1 lags")]);
    for _ in 2..ROUNDS {
        write(&mut cast);
        let more = resident_memory(host).saturating_sub(before);
        assert!(more < 64 + MORE_MEMORY, "{more} KiB more");
    }
    // The others see what each other writes meanwhile.
    let count = 3 * ROUNDS;
    for who in WRITERS {
        let wait: &str = format!("wait n {count}").leak();
        cast.play(&[Ask(who, wait, "ok")]);
    }
    cast.play(&[Signal("m", "CONT")]);
    check_equal(&mut cast, count);
    cast.play(&[Ask("m", "update n add 1", "ok"), Ask("m", "flush n", "ok")]);
    check_equal(&mut cast, count + 1);
}

#[test]
fn a_member_that_never_lets_go_of_an_object_holds_up_itself_alone() {
    let mut cast = session();
    cast.play(&[Ask("m", "begin update n endless", "ok")]);
    write(&mut cast);
    write(&mut cast);
    cast.play(&[
        Ask("x", "wait n 6", "ok"),
        Ask("h", "wait n 6", "ok"),
        Until("h", "event", "peer 1 lags"),
        // It is in the session, and has not applied what the others have.
        Ask("x", "barrier 200", "Timeout: .."),
        Signal("m", "KILL"),
        Until("h", "news", "peer 1 left: .."),
        Ask("y", "update n add 1", "ok"),
        Ask("z", "wait n 7", "ok"),
        Ask("h", "barrier", "ok"),
    ]);
}

#[test]
fn a_host_that_is_stopped_holds_up_verdicts_and_loses_nothing() {
    check(&[
        OPENING,
        &[
            Ask("h", "create n number 0", "ok"),
            Ask("h", "create a text a", "ok"),
            Join("h", "m"),
            Join("h", "o"),
            Ask("m", "get n number", "ok"),
            Ask("m", "get a text", "ok"),
            Ask("o", "get n number", "ok"),
            Ask("o", "get a text", "ok"),
            Signal("h", "STOP"),
            // Both see what they write, and not what the other does.
            Ask("m", "update n add 1", "ok"),
            Ask("o", "update n add 2", "ok"),
            Ask("m", "read n", "1"),
            Ask("o", "read n", "2"),
            Ask("m", "confirmed n", "false"),
            Ask("m", "barrier 100", "Timeout: .."),
            // More than may be without a verdict: it waits.
            Ask("m", "begin fill a 6000 100", "ok"),
            Begin("o", "flush n"),
            Signal("h", "CONT"),
            Hear("o", "ok"),
            Ask("m", "end", "ok"),
            Ask("m", "flush a", "ok"),
            Ask("m", "flush n", "ok"),
            Ask("m", "barrier", "ok"),
            Ask("o", "barrier", "ok"),
            Ask("h", "read n", "3"),
            Ask("m", "read n", "3"),
            Ask("o", "read n", "3"),
        ],
    ]);
}

/// Whether a process has ended. Whoever takes over orphans may not have waited for it yet.
fn has_ended(pid: &str) -> bool {
    let stat = fs::read_to_string(format!("/proc/{pid}/stat")).unwrap_or_default();
    let state = stat.rsplit(')').next().unwrap_or_default();
    state.is_empty() || state.starts_with(" Z")
}

#[test]
fn children_of_a_host_that_is_killed_end_by_themselves() {
    let mut cast = Cast::new();
    cast.play(&[Start("h"), Ask("h", "host", "ok"), Ask("h", "events", "ok")]);
    let mut children = Vec::new();
    for _ in 0..3 {
        cast.play(&[Ask("h", "bring idle", "ok")]);
        let joined = cast.ask("h", "news");
        let pid = joined.split(": ").nth(1).unwrap().trim().to_owned();
        assert!(!has_ended(&pid), "{joined}");
        children.push(pid);
    }
    cast.play(&[Signal("h", "KILL")]);
    for pid in &children {
        eventually("it has ended", || has_ended(pid));
    }
}
