//! Commits of a member that wait for their verdict when commits of others come.

use std::time::{Duration, Instant};

use ipos::{SharedHandle, Waiting};

use crate::{
    Result,
    contest::{Contender, Measured},
    state::{State, Task},
    work::{FEW, session::Session},
};

/// What the host does meanwhile, so often.
#[derive(Clone, Copy)]
pub(super) enum Foreign {
    /// It adds to the field that the pending commits add to.
    Adds(u64),
    /// It inserts and removes an element, in turn, before the one that they are about.
    Moves(u64),
}

pub(super) struct Pending {
    session: Session,
    depth: usize,
    foreign: Foreign,
}

impl Pending {
    pub(super) fn start(depth: usize, foreign: Foreign, waiting: Waiting) -> Result<Self> {
        Ok(Self {
            session: Session::start(State::of(FEW), waiting)?,
            depth,
            foreign,
        })
    }

    /// From the end of the host's first commit until the member has its verdicts.
    fn once(&mut self) -> Result<Duration> {
        let Session { state, member, .. } = &mut self.session;
        let (pend, others) = match self.foreign {
            Foreign::Adds(others) => ("pend", others),
            Foreign::Moves(others) => ("pend-last", others),
        };
        let pend = format!("{pend} {}", self.depth);
        // How many may be without a verdict grows with those that have been confirmed as they were.
        member.ask(&pend)?;
        member.ask("flush")?;
        // Nothing of the member is taken in while the host changes the object.
        let begin = state.update(|state| -> Result<Instant> {
            member.ask(&pend)?;
            let begin = Instant::now();
            state.set_tick(state.tick + 1);
            Ok(begin)
        })??;
        for other in 0..others {
            write(state, self.foreign, other)?;
        }
        member.ask("flush")?;
        Ok(begin.elapsed())
    }
}

fn write(state: &SharedHandle<State>, foreign: Foreign, number: u64) -> ipos::Result<()> {
    state.update(|state| match foreign {
        Foreign::Adds(_) => state.tasks_mut().at(0).count_mut().add(1),
        Foreign::Moves(_) if number.is_multiple_of(2) => {
            state.tasks_mut().insert(0, Task::default())
        }
        Foreign::Moves(_) => drop(state.tasks_mut().remove(0)),
    })
}

impl Contender for Pending {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let mut took = Duration::ZERO;
        for _ in 0..amount {
            took += self.once()?;
        }
        Ok(Measured::Took(took))
    }
}

/// A member that makes many commits at once, and a host that may make as many meanwhile.
pub(super) struct Burst {
    session: Session,
    commits: usize,
    both: bool,
}

impl Burst {
    pub(super) fn start(commits: usize, both: bool) -> Result<Self> {
        Ok(Self {
            session: Session::start(State::of(FEW), Waiting::Park)?,
            commits,
            both,
        })
    }
}

impl Contender for Burst {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let Session { state, member, .. } = &mut self.session;
        let begin = Instant::now();
        for _ in 0..amount {
            member.say(&format!("pend {}", self.commits))?;
            for number in 0..if self.both { self.commits as u64 } else { 0 } {
                write(state, Foreign::Adds(0), number)?;
            }
            member.hear()?;
            member.ask("flush")?;
        }
        Ok(Measured::Took(begin.elapsed()))
    }
}
