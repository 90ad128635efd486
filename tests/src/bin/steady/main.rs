//! Sessions in which nothing happens but commits, for tests that count what these cost.

mod allocations;
mod calls;
mod stopped;

use std::{alloc::System, env, error::Error, thread, time::Instant};

use ipos_tests::PATIENCE;
use stats_alloc::{INSTRUMENTED_SYSTEM, StatsAlloc};

/// Counts what is allocated, in all threads.
#[global_allocator]
static HEAP: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

type Done = Result<(), Box<dyn Error>>;

fn main() -> Done {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let (what, arguments) = arguments.split_first().ok_or("what is counted?")?;
    match &**what {
        "allocations" => allocations::play(arguments),
        "calls" => calls::play(arguments),
        _ => Err(format!("nobody counts {what}").into()),
    }
}

/// Looks until it is so, without a wait that would itself be counted.
fn wait(is_so: impl Fn() -> bool) {
    let begin = Instant::now();
    while !is_so() {
        assert!(begin.elapsed() < PATIENCE, "what is waited for comes");
        thread::yield_now();
    }
}
