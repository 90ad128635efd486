//! P6: what a set costs in a large object, beside a small one.

use std::time::Instant;

use ipos::Waiting;

use super::{entry, here, session::Session};
use crate::{
    Result,
    contest::{Contender, Goal::AtMost, Measured, Unit, Work},
    state::State,
};

pub(super) fn works() -> Vec<Work> {
    vec![Work {
        id: "P6",
        name: "a set in the middle of 1,000,000 elements, one a commit, until applied",
        unit: Unit::Nanos,
        each: 1,
        most: 1_000_000,
        ours: entry("ipos", Box::new(|_| here(Middle::start(1_000_000)?))),
        others: vec![entry(
            "ipos, of 10 elements",
            Box::new(|_| here(Middle::start(10)?)),
        )],
        goals: vec![AtMost("ipos, of 10 elements", 1.2)],
    }]
}

/// Sets in the middle of a list, from the host to a member.
pub(crate) struct Middle {
    session: Session,
    middle: usize,
}

impl Middle {
    pub(crate) fn start(elements: usize) -> Result<Self> {
        Ok(Self {
            session: Session::start(State::of(elements), Waiting::Park)?,
            middle: elements / 2,
        })
    }
}

impl Contender for Middle {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let Session { state, member, .. } = &mut self.session;
        let last = state.read().tick + 1;
        let begin = Instant::now();
        for count in 1..amount {
            state.update(|state| state.tasks_mut().at(self.middle).set_count(count))?;
        }
        state.update(|state| state.set_tick(last))?;
        member.ask(&format!("see {last}"))?;
        Ok(Measured::Took(begin.elapsed()))
    }
}
