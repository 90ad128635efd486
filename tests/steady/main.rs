//! What a commit costs that can be counted, in real processes, with nothing timed.

mod allocations;
// How a process is traced differs.
#[cfg(all(
    target_os = "linux",
    target_env = "gnu",
    any(target_arch = "x86_64", target_arch = "aarch64")
))]
mod calls;
