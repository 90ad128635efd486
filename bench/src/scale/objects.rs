//! Sessions with many objects.

use std::time::{Duration, Instant};

use ipos::{Ipos, Limits, SharedHandle, Waiting};

use crate::{
    Result,
    contest::{Contender, Measured},
    other::{Other, answer, command},
    state::State,
    work::session::{PATIENCE, start, start_member},
};

/// A host with so many objects.
fn host(objects: usize) -> Result<(Ipos, Vec<SharedHandle<u64>>)> {
    let limits = Limits {
        objects: objects + 2,
        ..Limits::default()
    };
    let builder = Ipos::builder().limits(limits).sync_timeout(PATIENCE);
    let ipos = builder.host()?;
    let objects = (0..objects).map(|number| ipos.create(format!("object {number}"), 0u64));
    let objects = objects.collect::<ipos::Result<_>>()?;
    Ok((ipos, objects))
}

/// Commits to one after the other.
pub(super) struct Objects {
    objects: Vec<SharedHandle<u64>>,
    state: SharedHandle<State>,
    member: Other,
    _ipos: Ipos,
}

impl Objects {
    pub(super) fn start(objects: usize) -> Result<Self> {
        let (ipos, objects) = host(objects)?;
        let state = ipos.create("state", State::of(1))?;
        ipos.create("pong", 0u64)?;
        Ok(Self {
            objects,
            state,
            member: start_member(&ipos, Waiting::Park)?,
            _ipos: ipos,
        })
    }
}

impl Contender for Objects {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let last = self.state.read().tick + 1;
        let begin = Instant::now();
        for (_, object) in (1..amount).zip(self.objects.iter().cycle()) {
            object.update(|object| object.add(1))?;
        }
        self.state.update(|state| state.set_tick(last))?;
        self.member.ask(&format!("see {last}"))?;
        Ok(Measured::Took(begin.elapsed()))
    }
}

/// How long a member takes to be in sync.
pub(super) struct Joins(Ipos);

impl Joins {
    pub(super) fn start(objects: usize) -> Result<Self> {
        Ok(Self(host(objects)?.0))
    }
}

impl Contender for Joins {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let mut took = Duration::ZERO;
        for _ in 0..amount {
            let nanos = start(&self.0, &mut command("objects-joiner")?)?.hear()?;
            took += Duration::from_nanos(nanos.parse()?);
        }
        Ok(Measured::Took(took))
    }
}

/// Answers how many nanoseconds it took from the beginning of the connection on.
pub(crate) fn joiner() -> Result<()> {
    let begin = Instant::now();
    let _ipos = Ipos::builder().sync_timeout(PATIENCE).join()?;
    answer(&begin.elapsed().as_nanos().to_string())
}
