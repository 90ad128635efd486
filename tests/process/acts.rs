//! Actions, over real processes: what many call at once, and what can go wrong with one.

use std::{
    collections::{BTreeMap, VecDeque},
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Mutex, MutexGuard, PoisonError, atomic::Ordering},
};

use ipos::{Ipos, Process};
use ipos_tests::{
    PATIENCE, child,
    roles::acts::{
        self, IS_HOST,
        shop::{
            Blank,
            older::{Shop, Till},
        },
        stack::{self, Stack},
    },
    talk::Talk,
};

const WORKERS: u64 = 8;

/// The gate is one for all tests of this process.
static GATE: Mutex<()> = Mutex::new(());

pub(crate) fn gate() -> MutexGuard<'static, ()> {
    GATE.lock().unwrap_or_else(PoisonError::into_inner)
}

pub(crate) fn host() -> Ipos {
    IS_HOST.store(true, Ordering::Relaxed);
    Ipos::host().unwrap()
}

pub(crate) fn shop() -> Shop {
    Shop {
        balance: 10,
        tills: vec![Till { amount: 1 }, Till { amount: 2 }],
        ..Shop::default()
    }
}

pub(crate) fn member(ipos: &Ipos) -> (Process, Talk) {
    let process = ipos.spawn(child!("acts/member")).unwrap();
    let talk = Talk::with(&process);
    (process, talk)
}

/// A member of a session with a shop is asked for one thing after the other; an answer is told as far as `..`.
#[track_caller]
fn check(rows: &[(&str, &str)]) {
    let _gate = gate();
    let ipos = host();
    ipos.create("shop", shop()).unwrap();
    let (_member, mut talk) = member(&ipos);
    for (ask, answer) in rows {
        let found = talk.ask(ask);
        let is_as_told = match answer.split_once("..") {
            None => found == *answer,
            Some((start, end)) => found.starts_with(start) && found.ends_with(end.trim_start()),
        };
        assert!(is_as_told, "{ask}: {found}");
    }
}

#[test]
fn jobs_are_claimed_once_each() {
    // Each claim is heard of by all: without optimizations that takes a minute and more.
    const JOBS: u64 = WORKERS
        * if cfg!(debug_assertions) {
            4_000
        } else {
            20_000
        };
    let ipos = host();
    let jobs: VecDeque<u64> = (0..JOBS).collect();
    let shop = Shop { jobs, ..shop() };
    let shop = ipos.create("shop", shop).unwrap();
    let workers: Vec<Process> = (0..WORKERS)
        .map(|_| {
            ipos.spawn(child!("acts/claim", WORKERS.to_string()))
                .unwrap()
        })
        .collect();
    let mut claimed: Vec<u64> = Vec::new();
    for worker in &workers {
        let said = Talk::with(worker).hear().expect("it has come to its end");
        claimed.extend(
            said.split_whitespace()
                .map(|job| job.parse::<u64>().unwrap()),
        );
        assert!(worker.wait().unwrap().success());
    }
    claimed.sort_unstable();
    assert!(claimed.iter().copied().eq(0..JOBS), "each job once");
    assert!(shop.read().jobs.is_empty());
}

#[test]
fn nothing_is_withdrawn_that_is_not_there_though_workers_are_killed() {
    const BALANCE: u64 = 40_000;
    const KILLED: usize = 2;
    let ipos = host();
    let shop = Shop {
        balance: BALANCE,
        ..shop()
    };
    let shop = ipos.create("shop", shop).unwrap();
    let mut workers: Vec<(Process, Talk, u64)> = (0..WORKERS)
        .map(|worker| {
            let words = [worker, WORKERS].map(|word| word.to_string());
            let process = ipos
                .spawn(child!("acts/withdraw", &words[0], &words[1]))
                .unwrap();
            let talk = Talk::with(&process);
            (process, talk, 0)
        })
        .collect();
    shop.wait_until(PATIENCE, |shop| shop.balance <= BALANCE / 3 * 2)
        .unwrap();
    for (process, talk, got) in workers.iter_mut().take(KILLED) {
        process.kill().unwrap();
        let last = std::iter::from_fn(|| talk.hear()).last();
        *got = last.map_or(0, |last| last.parse().unwrap());
    }
    for (_, talk, got) in workers.iter_mut().skip(KILLED) {
        let last = std::iter::from_fn(|| talk.hear()).last().unwrap();
        *got = last.strip_prefix("end ").unwrap().parse().unwrap();
    }
    ipos.barrier(PATIENCE).unwrap();
    let end = shop.snapshot();
    assert_eq!(end.taken.values().sum::<u64>() + end.balance, BALANCE);
    assert!(end.balance < 7, "all went on until there was not enough");
    let told: BTreeMap<u64, u64> = (0..).zip(workers.iter().map(|(_, _, got)| *got)).collect();
    for (worker, got) in told {
        let taken = end.taken.get(&worker).copied().unwrap_or_default();
        if worker < KILLED as u64 {
            assert!(taken >= got, "worker {worker} was told that it had {got}");
        } else {
            assert_eq!(taken, got, "worker {worker}");
        }
    }
}

#[test]
fn one_that_fails_is_undone_and_its_caller_is_told_why() {
    check(&[
        ("withdraw 3", "7"),
        ("withdraw 8", "failed: Short { missing: 1 }"),
        ("fails-at-host", "failed: Short { missing: 7 }"),
        ("read", "7 [1, 2] 0"),
        // It is the host's run that counts.
        ("fails-at-member", "8"),
        ("read", "8 [1, 2] 0"),
    ]);
}

#[test]
fn one_that_panics_at_the_host_is_refused_and_the_session_goes_on() {
    check(&[
        (
            "panics-at-host",
            "Rejected: a commit was refused, and is undone: the action `panics_at_host` cannot be done: at the \
             host, it panicked: of the test: not here",
        ),
        ("read", "10 [1, 2] 0"),
        ("withdraw 3", "7"),
    ]);
}

#[test]
fn one_whose_answer_cannot_be_read_is_told_to_nobody_or_by_the_host_alone() {
    check(&[
        (
            "blank false",
            "panicked: Some(\"the answer of `blank` does not survive serialization\")",
        ),
        ("read", "10 [1, 2] 0"),
        (
            "blank true",
            "Answer: the host has run the action `blank`, and its answer cannot be read here; ..",
        ),
        ("read", "11 [1, 2] 0"),
    ]);
    let _gate = gate();
    let ipos = host();
    let shop = ipos.create("shop", shop()).unwrap();
    let blank = |at_host| shop.call(Shop::blank_action(at_host));
    catch_unwind(AssertUnwindSafe(|| blank(true))).expect_err("it cannot be read");
    assert_eq!(shop.read().balance, 10);
    assert_eq!(blank(false).unwrap(), Blank(false));
    assert_eq!(shop.read().balance, 11);
}

#[test]
fn one_that_is_another_or_none_at_the_host_is_refused() {
    check(&[
        (
            "unknown",
            "Rejected: .. the action `unknown` cannot be done: at the host, it has no action `unknown` of `Shop`",
        ),
        (
            "other-arguments",
            "Rejected: .. the action `other_arguments` cannot be done: at the host, its arguments cannot be read: \
             byte 1: 1 bytes are left over",
        ),
        (
            "other-answer",
            "Answer: the host has run the action `other_answer`, and its answer cannot be read here; ..",
        ),
        // That one counts.
        ("read", "11 [1, 2] 0"),
        ("withdraw 3", "8"),
    ]);
}

#[test]
fn one_is_part_of_what_it_stands_in() {
    check(&[
        ("update 1 5", "7"),
        ("read", "10 [1, 7] 0"),
        ("update 1 99", "failed: Short { missing: 0 }"),
        ("read", "10 [1, 7] 0"),
        (
            "transact",
            "Err(\"a commit was refused, and is undone: the action `elsewhere` has another answer at the host\")",
        ),
        ("read", "10 [1, 7] 0"),
    ]);
}

#[test]
fn members_have_the_host_write_what_is_its_own() {
    check(&[
        ("audit", "1"),
        ("audit", "2"),
        ("read", "10 [1, 2] 2"),
        (
            "audit-plainly",
            "Err(\"a commit was refused, and is undone: `audited` is for the host alone to write\")",
        ),
    ]);
}

#[test]
fn one_that_was_started_is_waited_for_or_not() {
    check(&[
        ("start 3", "Ok(7)"),
        ("start 3", "Ok(4)"),
        ("start 3", "Ok(1)"),
        ("start 3", "Err(Short { missing: 2 })"),
        ("drop", "ok"),
        ("end", "4"),
        ("end", "1"),
        ("end", "failed: Short { missing: 2 }"),
        ("read", "1 [1, 2] 0"),
    ]);
}

#[test]
fn what_becomes_of_one_is_told_when_its_object_or_the_host_goes() {
    type Change = fn(&Ipos, &Process);
    let rows: [(Change, &str); 4] = [
        (
            |ipos, _| assert!(ipos.delete("other").unwrap()),
            "Rejected: .. the object was overwritten or deleted",
        ),
        (
            |ipos, _| drop(ipos.create("other", shop()).unwrap()),
            "Rejected: .. the object was overwritten or deleted",
        ),
        (
            |ipos, _| drop(ipos.create("other", 5_u8).unwrap()),
            "Rejected: .. the object was overwritten or deleted",
        ),
        (
            |ipos, member| assert!(ipos.remove_process(member)),
            "HostGone: ",
        ),
    ];
    for (change, end) in rows {
        let _gate = gate();
        let ipos = host();
        ipos.create("shop", shop()).unwrap();
        ipos.create("other", shop()).unwrap();
        let (process, mut talk) = member(&ipos);
        acts::set_gate(false);
        // The host comes no further than to this.
        assert_eq!(talk.ask("start 1"), "Ok(9)");
        assert_eq!(talk.ask("other start 1"), "ok");
        change(&ipos, &process);
        acts::set_gate(true);
        let first = talk.ask("end");
        assert!(first == "9" || first.starts_with("HostGone"), "{first}");
        let found = talk.ask("end");
        let (start, rest) = end.split_once("..").unwrap_or((end, ""));
        assert!(
            found.starts_with(start) && found.contains(rest.trim()),
            "{found}"
        );
    }
}

#[test]
fn the_host_has_to_know_the_type() {
    let ipos = host();
    let (_member, mut talk) = member(&ipos);
    assert_eq!(talk.ask("stack create"), "ok");
    let found = talk.ask("stack put a");
    assert!(
        found.contains("the host's program has not named the type of the object"),
        "{found}"
    );
    let stack = ipos.get::<Stack<String>>(stack::KEY).unwrap();
    assert_eq!(stack.read().things, [""; 0]);
    for (ask, answer) in [
        ("stack put a", "1"),
        ("stack put b", "2"),
        ("stack put c", "failed: \"c\""),
        ("stack take", "Some(\"b\")"),
    ] {
        assert_eq!(talk.ask(ask), answer, "{ask}");
    }
    assert_eq!(
        stack.call(Stack::take_action()).unwrap().as_deref(),
        Some("a")
    );
    assert_eq!(stack.call(Stack::take_action()).unwrap(), None);
    assert_eq!(talk.ask("stack take"), "None");
}
