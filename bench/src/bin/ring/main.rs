//! What rings in shared memory beside the socket would bring: the socket by itself, the rings by themselves and `ipos`
//! as it is, in rounds, each in two processes. It prints tables for `docs/shared-memory.md`.
//!
//! `cargo run --release -p ipos-bench --bin ring [-- --quick] [--rounds N] [--only TEXT]`

// Models have no processes: only the ring is looked at.
#![cfg_attr(loom, allow(dead_code))]

#[cfg(not(loom))]
mod estimates;
#[cfg(not(loom))]
mod figures;
#[cfg(not(loom))]
mod frames;
#[cfg(not(loom))]
mod line;
#[cfg(not(loom))]
mod lines;
#[cfg(not(loom))]
mod outboxes;
#[cfg(not(loom))]
mod region;
mod ring;
#[cfg(not(loom))]
mod sessions;
mod sync;
#[cfg(not(loom))]
mod table;

#[cfg(all(test, loom))]
mod models;
#[cfg(all(test, not(loom)))]
mod tests;

#[cfg(loom)]
fn main() {}

#[cfg(not(loom))]
fn main() -> line::Result<()> {
    let args: Vec<String> = std::env::args().skip(1).collect();
    match args.first().map(String::as_str) {
        Some("line") => lines::other(&args[1..]),
        Some("outbox") => outboxes::other(&args[1..]),
        Some("session") => sessions::other(&args[1..]),
        _ => table::run(&table::Options::read(&args)?),
    }
}
