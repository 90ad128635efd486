//! The works: what each is, who does it, and what is to be reached.

pub(crate) mod session;

pub(crate) mod commits;
mod fields;
mod joins;
pub(crate) mod many;
mod memory;
mod reads;
pub(crate) mod sizes;
mod trips;
mod typing;

pub(crate) use commits::FEW;

use crate::{
    Result,
    contest::{Entry, Presence, Start, Work},
    limit,
    options::Options,
    peer, scale,
};

/// All works, in the order of their names.
pub(crate) fn all(options: &Options) -> Vec<Work> {
    [
        commits::works(),
        trips::works(),
        reads::works(),
        joins::works(options.quick),
        sizes::works(),
        many::works(),
        typing::works(options),
        memory::works(options.quick),
        fields::works(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Plays the part of another process.
pub(crate) fn play(role: &str, args: &[String]) -> Result<()> {
    match role {
        "member" => session::member(args),
        "joiner" => joins::joiner(args),
        "witness" => joins::witness(),
        "holder" => memory::holder(args),
        "objects-joiner" => scale::objects::joiner(),
        "typist" => typing::typist(args),
        "bare-reader" => limit::bare::reader(args),
        "raw-reader" => limit::raw::reader(args),
        "echo" => limit::echo::role(args),
        "copy-reader" => limit::copy::reader(args),
        "copy-holder" => limit::copy::holder(args),
        "whole-reader" => peer::whole::reader(args),
        "automerge" => peer::automerge::role(args),
        "iceoryx2" => peer::iceoryx2::role(args),
        "ipc-channel" => peer::ipc_channel::role(args),
        "remoc" => peer::remoc::role(args),
        _ => Err(format!("there is no role {role}").into()),
    }
}

/// Ours, or a limit: all of these are measured.
pub(crate) fn entry(name: &'static str, start: Start) -> Entry {
    Entry {
        name,
        start,
        may_fail: false,
    }
}

/// What one would use without IPOS: the others are measured without it if it fails.
pub(crate) fn peer(name: &'static str, start: Start) -> Entry {
    Entry {
        name,
        start,
        may_fail: true,
    }
}

/// What takes part wherever this program runs.
pub(crate) fn here(contender: impl crate::contest::Contender + 'static) -> Result<Presence> {
    Ok(Presence::Here(Box::new(contender)))
}
