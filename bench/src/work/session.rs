//! Our own part: a host, and a member that does as it is told.

use std::{
    hint::black_box,
    process::Command,
    time::{Duration, Instant},
};

use ipos::{Ipos, SharedHandle, Waiting};

use crate::{
    Result,
    other::{self, Other, answer, next},
    state::State,
};

/// How many adds a member makes before it waits for the verdicts.
const WINDOW: u64 = 64;

/// Longer than anything takes that goes well.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);

/// A host with an object, and a member of it in another process.
pub(crate) struct Session {
    pub(crate) ipos: Ipos,
    pub(crate) state: SharedHandle<State>,
    pub(crate) member: Other,
}

impl Session {
    pub(crate) fn start(state: State, waiting: Waiting) -> Result<Self> {
        let ipos = Ipos::builder()
            .waiting(waiting)
            .sync_timeout(PATIENCE)
            .host()?;
        let state = ipos.create("state", state)?;
        ipos.create("pong", 0u64)?;
        let mut member = start_member(&ipos, waiting)?;
        // It has the object, which is more than being in sync.
        member.ask("see 0")?;
        Ok(Self {
            ipos,
            state,
            member,
        })
    }
}

/// Starts a member that does as it is told.
pub(crate) fn start_member(ipos: &Ipos, waiting: Waiting) -> Result<Other> {
    let mut command = other::command("member")?;
    if let Waiting::Spin(time) = waiting {
        command.arg(time.as_micros().to_string());
    }
    start(ipos, &mut command)
}

/// Starts a process that joins.
pub(crate) fn start(ipos: &Ipos, command: &mut Command) -> Result<Other> {
    let invitation = ipos.invite()?;
    let member = Other::start(command.envs(invitation.envs()))?;
    invitation.wait(PATIENCE)?;
    Ok(member)
}

/// The member.
pub(crate) fn member(args: &[String]) -> Result<()> {
    let waiting = match args.first() {
        None => Waiting::Park,
        Some(micros) => Waiting::Spin(Duration::from_micros(micros.parse()?)),
    };
    let ipos = Ipos::builder()
        .waiting(waiting)
        .sync_timeout(PATIENCE)
        .join()?;
    let state = ipos.get::<State>("state")?;
    let pong = ipos.get::<u64>("pong")?;
    while let Some(line) = next()? {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            // Until it has come so far.
            ["see", tick] => {
                let tick: u64 = tick.parse()?;
                state.wait_until(PATIENCE, |state| state.tick >= tick)?;
            }
            // It makes commits until it has come so far.
            ["write", tick] => {
                let tick: u64 = tick.parse()?;
                let first = state.read().tick + 1;
                for tick in first..=tick {
                    state.update(|state| state.set_tick(tick))?;
                }
                state.flush(PATIENCE)?;
            }
            // It answers each commit by one of its own until it has come so far.
            ["return", tick] => {
                let tick: u64 = tick.parse()?;
                // Read before the host is told to go on.
                let first = state.read().tick + 1;
                answer("ok")?;
                for tick in first..=tick {
                    state.wait_until(PATIENCE, |state| state.tick >= tick)?;
                    pong.set(tick)?;
                }
                continue;
            }
            // It adds one to one count after the other, and waits for the verdicts now and then.
            ["add", amount] => {
                let counts = state.read().tasks.len();
                for turn in 0..amount.parse()? {
                    state.update(|state| {
                        let count =
                            usize::try_from(turn).expect("no amount is that large") % counts;
                        state.tasks_mut().at(count).count_mut().add(1);
                    })?;
                    if (turn + 1) % WINDOW == 0 {
                        state.flush(PATIENCE)?;
                    }
                }
                state.flush(PATIENCE)?;
            }
            // It adds ones and does not wait for the verdicts, before the host goes on.
            ["pend", amount] => {
                for _ in 0..amount.parse::<u64>()? {
                    state.update(|state| state.tasks_mut().at(0).count_mut().add(1))?;
                }
            }
            // It sets a part of the last element instead.
            ["pend-last", amount] => {
                for count in 0..amount.parse()? {
                    state.update(|state| {
                        // What the host did before may still be on its way, and moves it.
                        let last = state.tasks.len() - 1;
                        state.tasks_mut().at(last).set_count(count);
                    })?;
                }
            }
            ["flush"] => state.flush(PATIENCE)?,
            // It reads a field, and answers how many nanoseconds that took.
            ["read", amount] => {
                let amount: u64 = amount.parse()?;
                let begin = Instant::now();
                for _ in 0..amount {
                    black_box(black_box(&state).read().tick);
                }
                answer(&begin.elapsed().as_nanos().to_string())?;
                continue;
            }
            _ => return Err(format!("a member does not know: {line}").into()),
        }
        answer("ok")?;
    }
    Ok(())
}
