//! What the system has lent to a process.

use std::fmt;

use ipos_tests::roles::life::system::{self, eventually};

#[derive(Clone, Debug)]
pub struct Measure {
    /// The names of those that IPOS has started.
    pub threads: Vec<String>,
    pub descriptors: usize,
    /// In KiB.
    pub memory: u64,
}

impl Measure {
    pub const HEAD: &str = "threads descriptors memory";

    /// Of a process that waits to be measured.
    pub fn of(pid: u32) -> Self {
        Self {
            threads: system::threads_of(pid),
            descriptors: system::descriptors_of(pid),
            memory: system::resident_memory(pid),
        }
    }

    /// The same process, once it has no other threads and no more descriptors: those that end take a moment.
    #[track_caller]
    pub fn settled(&self, pid: u32, threads: &[&str], descriptors: usize) -> Self {
        let mut now = self.clone();
        eventually(
            &format!("of {self:?} are left {threads:?} and {descriptors}"),
            || {
                now = Self::of(pid);
                now.threads == threads && (descriptors == 0 || now.descriptors == descriptors)
            },
        );
        now
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            threads,
            descriptors,
            memory,
        } = self;
        write!(
            f,
            "{} threads, {descriptors} descriptors, {memory} KiB",
            threads.len()
        )
    }
}
