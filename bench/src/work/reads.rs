//! P4: reading a field of a replica.

use std::time::Duration;

use ipos::Waiting;

use super::{entry, here, peer, session::Session};
use crate::{
    Result,
    contest::{Contender, Goal::NoMore, Measured, Unit, Work},
    limit::plain::{Locked, Plain},
    peer::python::{Manager, Verb},
    state::State,
};

pub(super) fn works() -> Vec<Work> {
    vec![Work {
        id: "P4",
        name: "reading a field of a replica",
        unit: Unit::Nanos,
        each: 1,
        most: 100_000_000,
        ours: entry("ipos", Box::new(|_| here(Reads::start()?))),
        others: vec![
            entry(
                "the same behind std's RwLock",
                Box::new(|_| here(Locked::default())),
            ),
            entry("a plain field", Box::new(|_| here(Plain::default()))),
            peer(
                "Python Manager, item of a dict",
                Box::new(|_| Manager::start(Verb::Read)),
            ),
        ],
        goals: vec![NoMore(25.0)],
    }]
}

/// A member reads its replica.
struct Reads(Session);

impl Reads {
    fn start() -> Result<Self> {
        Ok(Self(Session::start(State::of(10), Waiting::Park)?))
    }
}

impl Contender for Reads {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let took = self.0.member.ask(&format!("read {amount}"))?;
        Ok(Measured::Took(Duration::from_nanos(took.parse()?)))
    }
}
