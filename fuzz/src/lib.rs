//! What IPOS does with the bytes of a hostile peer. See the README beside.

pub mod engine;
pub mod files;
pub mod grammar;
pub mod mutate;
pub mod records;
pub mod scene;
pub mod subject;
pub mod targets;
pub mod trace;
pub mod watch;
mod watchdog;

pub use targets::{Target, all, named};
