//! A process's objects: the core's session state behind one lock, the *table*, and each object's
//! replica behind another, its *cell*. Here messages meet replicas; what is posted goes to whatever
//! the driver has put there.
//!
//! Locks are taken in one order: a cell, then the table. Nothing waits for a cell while it holds the
//! table. Messages are posted under the table's lock, which gives them their order.

mod host;
mod install;
mod member;
mod orphans;
#[cfg(test)]
mod tests;

pub(crate) use host::{HostStore, Request};
pub(crate) use install::Own;
pub(crate) use member::{Heard, MemberStore};

use crate::{
    core::{Notice, Post, Replica, Violation},
    wire::DecodeError,
};

/// The rest of the process, to which a session is what it posts and what is seen to happen in it.
pub(crate) trait Outside: Post {
    /// Something has happened. What it says can be seen as soon as the table is let go of, which is held
    /// meanwhile.
    fn notice(&mut self, notice: Notice<'_>);
}

fn malformed(what: &'static str, key: &str, problem: DecodeError) -> Violation {
    Violation::Malformed {
        what,
        key: key.to_owned(),
        problem,
    }
}

/// Does what an object's Rust type has refused by the schema alone; see [`Replica::part`].
fn part(
    key: &str,
    replica: &mut Replica,
    refused: DecodeError,
    change: impl FnOnce(&mut Replica) -> Result<bool, DecodeError>,
) -> Result<Replica, DecodeError> {
    let problem = refused.problem.to_string();
    let held = replica.part(refused, change)?;
    tracing::warn!(
        key,
        problem,
        "an object cannot be read by its type any more"
    );
    Ok(held)
}
