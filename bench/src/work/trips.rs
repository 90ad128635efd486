//! P3: there and back.

use std::time::{Duration, Instant};

use ipos::{SharedHandle, Waiting};

use super::{
    entry, here, peer,
    session::{PATIENCE, Session},
};
use crate::{
    Result,
    contest::{Contender, Goal::AtMost, Latencies, Measured, Unit, Work},
    limit::echo::Echo,
    peer::{iceoryx2, ipc_channel, node, remoc},
    state::State,
};

/// How long is spun before a thread is parked: longer than any trip takes.
const SPIN: Duration = Duration::from_millis(2);

pub(super) fn works() -> Vec<Work> {
    vec![
        Work {
            id: "P3",
            name: "round trip of two commits, parked",
            unit: Unit::Micros,
            each: 1,
            most: 100_000,
            ours: entry("ipos", Box::new(|_| here(Trip::start(Waiting::Park)?))),
            others: vec![
                entry(
                    "raw socket, blocking",
                    Box::new(|_| here(Echo::start(false)?)),
                ),
                peer(
                    "ipc-channel",
                    Box::new(|_| here(ipc_channel::Trip::start()?)),
                ),
                peer("remoc, channel", Box::new(|_| here(remoc::Trip::start()?))),
            ],
            goals: vec![AtMost("raw socket, blocking", 1.15)],
        },
        Work {
            id: "P3",
            name: "round trip of two commits, spinning",
            unit: Unit::Micros,
            each: 1,
            most: 100_000,
            ours: entry(
                "ipos",
                Box::new(|_| here(Trip::start(Waiting::Spin(SPIN))?)),
            ),
            others: vec![
                entry(
                    "raw socket, spinning",
                    Box::new(|_| here(Echo::start(true)?)),
                ),
                peer(
                    "iceoryx2, shared memory",
                    Box::new(|_| here(iceoryx2::Trip::start()?)),
                ),
                peer(
                    "Node ipos, busy event loops",
                    Box::new(|_| node::Node::start(node::Verb::Trip, 1)),
                ),
            ],
            goals: vec![AtMost("raw socket, spinning", 1.5)],
        },
    ]
}

/// A commit to the member, and one back.
struct Trip {
    session: Session,
    pong: SharedHandle<u64>,
}

impl Trip {
    fn start(waiting: Waiting) -> Result<Self> {
        let session = Session::start(State::of(1), waiting)?;
        let pong = session.ipos.get("pong")?;
        Ok(Self { session, pong })
    }
}

impl Contender for Trip {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let Session { state, member, .. } = &mut self.session;
        let first = state.read().tick;
        member.ask(&format!("return {}", first + amount))?;
        let mut latencies = Latencies::new(3)?;
        for tick in first + 1..=first + amount {
            let begin = Instant::now();
            state.update(|state| state.set_tick(tick))?;
            self.pong.wait_until(PATIENCE, |pong| *pong >= tick)?;
            latencies.record(u64::try_from(begin.elapsed().as_nanos())?)?;
        }
        Ok(Measured::Each(latencies))
    }
}
