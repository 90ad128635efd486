//! P7: one writer, many members.

use std::time::Instant;

use ipos::Waiting;

use super::{
    entry, here,
    session::{Session, start_member},
};
use crate::{
    Result,
    contest::{Contender, Entry, Goal::AtLeast, Measured, Unit, Work},
    limit::fan::Fan,
    other::Other,
    state::State,
};

const MEMBERS: usize = 16;

/// How many sets a commit has.
const SETS: usize = 100;

pub(super) fn works() -> Vec<Work> {
    vec![Work {
        id: "P7",
        name: "sets, 100 a commit, host to 16 members",
        unit: Unit::MillionsASecond,
        each: SETS,
        most: 20_000,
        ours: entry("ipos", Box::new(|_| here(Many::start(MEMBERS)?))),
        others: vec![
            raw("16 raw sockets, a commit a write", MEMBERS),
            entry(
                "16 raw sockets, 64 KiB a write",
                Box::new(|_| {
                    let bytes = bytes_a_commit()?;
                    here(Fan::start(MEMBERS, bytes, 64 * 1024 / bytes)?)
                }),
            ),
        ],
        goals: vec![AtLeast("16 raw sockets, a commit a write", 0.7)],
    }]
}

/// As many bytes, over as many sockets.
pub(crate) fn raw(name: &'static str, members: usize) -> Entry {
    let start = move |_: &_| here(Fan::start(members, bytes_a_commit()?, 1)?);
    entry(name, Box::new(start))
}

/// How many bytes one commit is to one member.
fn bytes_a_commit() -> Result<usize> {
    const COMMITS: u64 = 64;
    let mut many = Many::start(1)?;
    many.run(COMMITS)?;
    let before = many.session.ipos.stats().sent.bytes;
    many.run(COMMITS)?;
    let bytes = many.session.ipos.stats().sent.bytes - before;
    Ok(usize::try_from(bytes / COMMITS)?)
}

/// From the host to several members, until all have applied all.
pub(crate) struct Many {
    session: Session,
    others: Vec<Other>,
}

impl Many {
    pub(crate) fn start(members: usize) -> Result<Self> {
        let session = Session::start(State::of(SETS), Waiting::Park)?;
        let others = (1..members)
            .map(|_| start_member(&session.ipos, Waiting::Park))
            .collect::<Result<_>>()?;
        Ok(Self { session, others })
    }
}

impl Contender for Many {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let Session { state, member, .. } = &mut self.session;
        let first = state.read().tick;
        let begin = Instant::now();
        for tick in first + 1..=first + amount {
            state.update(|state| {
                for task in 1..SETS {
                    state.tasks_mut().at(task).set_count(tick);
                }
                state.set_tick(tick);
            })?;
        }
        let members = || std::iter::once(member).chain(&mut self.others);
        let mut members: Vec<&mut Other> = members().collect();
        for member in &mut members {
            member.say(&format!("see {}", first + amount))?;
        }
        for member in &mut members {
            member.hear()?;
        }
        Ok(Measured::Took(begin.elapsed()))
    }
}
