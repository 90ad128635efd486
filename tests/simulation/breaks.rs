//! Each rule of the core that [`Break`] names, broken: the simulation notices it.
//!
//! The core asks at the rule's own place whether it is broken; see `ipos/src/breaks.rs`. A rule that
//! could be broken without any of the seeds failing would not be tested.

mod session;

use ipos::simulation::{Break, set_break};
use session::{counts::Counts, number, run::run, tell};

/// Within how many seeds a broken rule is to be noticed.
const SEEDS: u64 = 1000;

/// `IPOS_SIM_TRACES` says to print the shortest trace for each.
#[test]
fn every_broken_rule_is_noticed() {
    let traces = number("IPOS_SIM_TRACES").is_some();
    let mut unnoticed = vec![];
    for &rule in Break::ALL {
        set_break(Some(rule));
        let mut counts = Counts::default();
        let failure = (0..SEEDS).find_map(|seed| match run(seed) {
            Ok(passed) => {
                counts += passed;
                None
            }
            Err(failure) => Some(failure),
        });
        let Some(failure) = failure else {
            unnoticed.push(rule);
            continue;
        };
        let first = failure.what.lines().nth(1).unwrap_or_default();
        tell(&format!(
            "{rule:?} is noticed after {} seeds: {first}",
            counts.seeds
        ));
        if traces {
            tell(&failure.shrink().report());
        }
    }
    set_break(None);
    assert_eq!(unnoticed, [], "rules that can be broken");
}
