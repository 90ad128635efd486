//! P9: what a replica takes in memory.

use ipos::Ipos;

use super::{
    entry, here,
    session::{PATIENCE, start},
};
use crate::{
    Result,
    contest::{Contender, Goal::AtMost, Measured, Presence, Unit, Work},
    large::{Large, large},
    limit::copy::Held,
    memory::resident,
    other::{answer, command, next},
};

pub(super) fn works(quick: bool) -> Vec<Work> {
    let (entries, name) = if quick {
        (
            200_000,
            "memory of a replica of 200,000 map entries, at rest",
        )
    } else {
        (
            1_000_000,
            "memory of a replica of 1,000,000 map entries, at rest",
        )
    };
    vec![Work {
        id: "P9",
        name,
        unit: Unit::MiB,
        each: 1,
        most: 1,
        ours: entry(
            "ipos",
            Box::new(move |_| if_told(|| here(Replica::start(entries)?))),
        ),
        others: vec![entry(
            "the plain value, decoded by postcard",
            Box::new(move |_| if_told(|| here(Held::start(entries)))),
        )],
        goals: vec![AtMost("the plain value, decoded by postcard", 1.1)],
    }]
}

/// Nobody takes part where the system does not tell what memory a process has.
fn if_told(start: impl FnOnce() -> Result<Presence>) -> Result<Presence> {
    match resident() {
        Ok(_) => start(),
        Err(error) => Ok(Presence::Absent(error.to_string())),
    }
}

/// A member's anonymous resident memory beyond what the process had before it joined: the value, and threads, queues
/// and whatever else a member has.
struct Replica(Ipos);

impl Replica {
    fn start(entries: u64) -> Result<Self> {
        let ipos = Ipos::builder().sync_timeout(PATIENCE).host()?;
        ipos.create("large", large(entries))?;
        Ok(Self(ipos))
    }
}

impl Contender for Replica {
    fn run(&mut self, _amount: u64) -> Result<Measured> {
        let mut member = start(&self.0, &mut command("holder")?)?;
        // All that is under way has come before it is asked.
        self.0.barrier(PATIENCE)?;
        Ok(Measured::Figure(member.ask("bytes")?.parse()?))
    }
}

pub(super) fn holder(_args: &[String]) -> Result<()> {
    let before = resident()?;
    let ipos = Ipos::builder().sync_timeout(PATIENCE).join()?;
    let large = ipos.get::<Large>("large")?;
    assert!(!large.read().is_empty(), "it has entries");
    while next()?.is_some() {
        answer(&(resident()? - before).to_string())?;
    }
    Ok(())
}
