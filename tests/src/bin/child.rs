//! The other process of a test: plays the role that its arguments name.

use std::{env, process::ExitCode};

use peak_alloc::PeakAlloc;

/// Counts what is allocated.
#[global_allocator]
static HEAP: PeakAlloc = PeakAlloc;

fn main() -> ExitCode {
    let mut arguments = env::args().skip(1);
    let role = arguments.next().unwrap_or_default();
    match ipos_tests::roles::play(&role, &arguments.collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("the child playing `{role}` fails: {error}");
            ExitCode::FAILURE
        }
    }
}
