//! P10: several members that write the same fields.

use std::time::Instant;

use ipos::Waiting;

use super::{
    FEW, entry, here,
    session::{PATIENCE, Session, start_member},
};
use crate::{
    Result,
    contest::{Contender, Goal::AtLeast, Measured, Unit, Work},
    other::Other,
    state::State,
};

pub(super) fn works() -> Vec<Work> {
    vec![Work {
        id: "P10",
        name: "adds to the same 10 counts, one a commit, 8 members, until confirmed",
        unit: Unit::MillionsASecond,
        each: 1,
        most: 1_000_000,
        ours: entry("ipos", Box::new(|_| here(Counting::start(8)?))),
        others: vec![entry(
            "ipos, one member",
            Box::new(|_| here(Counting::start(1)?)),
        )],
        goals: vec![AtLeast("ipos, one member", 0.3)],
    }]
}

/// From members to the host, until they have the verdicts and the host has the sum.
struct Counting {
    session: Session,
    others: Vec<Other>,
}

impl Counting {
    fn start(members: usize) -> Result<Self> {
        let session = Session::start(State::of(FEW), Waiting::Park)?;
        let others = (1..members)
            .map(|_| start_member(&session.ipos, Waiting::Park))
            .collect::<Result<_>>()?;
        Ok(Self { session, others })
    }

    fn sum(&self) -> u64 {
        let state = self.session.state.read();
        state.tasks.iter().map(|task| task.count).sum()
    }
}

impl Contender for Counting {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        // What the members have heard of is not part of the next run.
        self.session.ipos.barrier(PATIENCE)?;
        let before = self.sum();
        let members = self.others.len() as u64 + 1;
        let one = std::iter::once(&mut self.session.member);
        let mut all: Vec<&mut Other> = one.chain(&mut self.others).collect();
        let begin = Instant::now();
        for (number, member) in (0..).zip(&mut all) {
            let part = amount / members + u64::from(number < amount % members);
            member.say(&format!("add {part}"))?;
        }
        for member in &mut all {
            member.hear()?;
        }
        let took = begin.elapsed();
        let added = self.sum() - before;
        if added != amount {
            return Err(format!("{amount} were added, and {added} counted").into());
        }
        Ok(Measured::Took(took))
    }
}
