//! What is attacked, one file each.

mod dynamic;
mod frame;
mod handshake;
mod host;
mod member;
mod patch;
mod schema;
mod snapshot;

use fastrand::Rng;

use crate::trace::Trace;

/// Something that reads a peer's bytes.
#[derive(Clone, Copy, Debug)]
pub struct Target {
    pub name: &'static str,
    /// Takes an input, and tells what became of it. It panics when that is not what must hold.
    pub run: fn(&[u8]) -> Trace,
    /// An input as a peer could send it, most of which is taken.
    pub make: fn(&mut Rng) -> Vec<u8>,
}

/// All of them.
pub const fn all() -> &'static [Target] {
    &[
        frame::TARGET,
        handshake::TARGET,
        schema::TARGET,
        dynamic::TARGET,
        snapshot::TARGET,
        patch::TARGET,
        host::TARGET,
        member::TARGET,
    ]
}

/// The one of this name.
pub fn named(name: &str) -> Option<&'static Target> {
    all().iter().find(|target| target.name == name)
}
