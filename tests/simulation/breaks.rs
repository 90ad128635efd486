//! Each rule of the core that [`Break`] names, broken: the simulation notices it.
//!
//! The core asks at the rule's own place whether it is broken; see `ipos/src/breaks.rs`. A rule that
//! could be broken without any of the seeds failing would not be tested.

mod session;

use std::sync::atomic::{AtomicU64, Ordering};

use ipos::simulation::{Break, set_break};
use session::{
    number,
    run::{Failure, run},
    tell,
};

/// Within how many seeds a broken rule is to be noticed.
const SEEDS: u64 = 1000;

/// Where to look first for those that few seeds notice; if it is another seed by now, all are looked through.
const KNOWN: &[(Break, u64)] = &[
    (Break::LeftUnanswered, 784),
    (Break::WholeAnew, 259),
    (Break::EarlyBarrier, 254),
    (Break::WholeUnmoved, 182),
    (Break::ForgetActed, 118),
    (Break::EarlyLeave, 63),
    (Break::NotRenewed, 36),
];

/// `IPOS_SIM_RULE` says which one by its name, if not all; `IPOS_SIM_TRACES` says to print the shortest
/// trace for each.
#[test]
fn every_broken_rule_is_noticed() {
    let traces = number("IPOS_SIM_TRACES").is_some();
    let only = std::env::var("IPOS_SIM_RULE").ok();
    let is_wanted = |rule: &&Break| {
        only.as_ref()
            .is_none_or(|only| format!("{rule:?}") == *only)
    };
    let mut unnoticed = vec![];
    for &rule in Break::ALL.iter().filter(is_wanted) {
        set_break(Some(rule));
        let known = KNOWN.iter().find(|(known, _)| *known == rule);
        let at_known = known.and_then(|&(_, seed)| run(seed).err().map(|failure| (seed, failure)));
        let Some((seed, failure)) = at_known.or_else(first_failure) else {
            unnoticed.push(rule);
            continue;
        };
        let first = failure.what.lines().nth(1).unwrap_or_default();
        tell(&format!("{rule:?} is noticed by seed {seed}: {first}"));
        if traces {
            tell(&failure.shrink().report());
        }
    }
    set_break(None);
    assert_eq!(unnoticed, [], "rules that can be broken");
}

/// The first seed that fails.
fn first_failure() -> Option<(u64, Failure)> {
    let (next, end) = (AtomicU64::new(0), AtomicU64::new(SEEDS));
    let search = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= end.load(Ordering::Relaxed) {
                return None;
            }
            if let Err(failure) = run(seed) {
                end.fetch_min(seed, Ordering::Relaxed);
                return Some((seed, failure));
            }
        }
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let found: Vec<_> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(search)).collect();
        let found = threads.into_iter().map(|thread| thread.join());
        found
            .filter_map(|found| found.expect("a seed's panic is caught"))
            .collect()
    });
    found.into_iter().min_by_key(|&(seed, _)| seed)
}
