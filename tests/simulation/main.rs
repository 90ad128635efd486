//! Whole sessions in one thread, driven by a seeded scheduler in virtual time and compared with a
//! model after each step.
//!
//! `IPOS_SIM_SEEDS` says how many seeds are run, `IPOS_SIM_SEED` with which one to begin. A seed that
//! fails is cut down to a trace of which nothing can be left out, and that is printed.

mod session;
mod traces;

use session::{counts::Counts, number, run::run, tell};

/// How many schedules are run, unless `IPOS_SIM_SEEDS` says otherwise.
const SEEDS: u64 = 300;

#[test]
fn all_promises_are_kept_whatever_the_schedule() {
    let first = number("IPOS_SIM_SEED").unwrap_or(0);
    let seeds = number("IPOS_SIM_SEEDS").unwrap_or(SEEDS);
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as u64;
    let share = |thread: u64| {
        let mut counts = Counts::default();
        for seed in (first..first + seeds)
            .skip(thread as usize)
            .step_by(threads as usize)
        {
            match run(seed) {
                Ok(passed) => counts += passed,
                Err(failure) => return Err(failure),
            }
        }
        Ok(counts)
    };
    let results: Vec<Result<_, _>> = std::thread::scope(|scope| {
        let threads: Vec<_> = (0..threads)
            .map(|thread| scope.spawn(move || share(thread)))
            .collect();
        let results = threads.into_iter().map(|thread| thread.join());
        results
            .map(|result| result.expect("a seed's panic is caught"))
            .collect()
    });
    let mut counts = Counts::default();
    for result in results {
        match result {
            Ok(share) => counts += share,
            Err(failure) => panic!("{}", failure.shrink().report()),
        }
    }
    tell(&format!("simulation: {counts}"));
    if seeds >= SEEDS {
        for (name, count) in counts.all() {
            assert_ne!(count, 0, "{name}: the schedules are too tame");
        }
    }
}
