//! A process that has no descriptor left.

use std::fs::File;

use rustix::process::{Resource, getrlimit, setrlimit};

/// How many it may have.
const DESCRIPTORS: u64 = 64;

/// All descriptors that this process can have, from now on no more than a few.
///
/// # Panics
///
/// When the system does not let it have fewer.
#[must_use]
pub fn hoard() -> Vec<File> {
    let mut few = getrlimit(Resource::Nofile);
    few.current = Some(DESCRIPTORS);
    setrlimit(Resource::Nofile, few).expect("a process may limit itself");
    std::iter::from_fn(|| File::open("/dev/null").ok()).collect()
}
