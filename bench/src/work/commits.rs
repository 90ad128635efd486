//! P1 and P2: sets, many in a commit and one in a commit.

use std::time::Instant;

use ipos::Waiting;

use super::{
    entry, here, peer,
    session::{PATIENCE, Session},
};
use crate::{
    Result,
    contest::{Contender, Entry, Goal::AtLeast, Measured, Unit, Work},
    limit::{
        bare::{Bare, Writes},
        raw::Raw,
    },
    peer::{
        automerge, ipc_channel, node, python, remoc,
        whole::{Codec, Whole},
    },
    state::State,
};

/// How many sets a large commit has.
pub(crate) const SETS: usize = 1000;

/// How many elements there are where a commit has one set.
pub(crate) const FEW: usize = 10;

pub(super) fn works() -> Vec<Work> {
    vec![
        Work {
            id: "P1",
            name: "sets, 1000 a commit, host to member",
            unit: Unit::MillionsASecond,
            each: SETS,
            most: 4000,
            ours: entry("ipos", Box::new(|_| here(Down::start(SETS)?))),
            others: vec![
                entry(
                    "bare loop",
                    Box::new(|_| here(Bare::start(SETS, Writes::ToSlice)?)),
                ),
                entry(
                    "bare loop, its own writer",
                    Box::new(|_| here(Bare::start(SETS, Writes::ByFlavor)?)),
                ),
                peer(
                    "whole value, postcard",
                    Box::new(|_| here(Whole::start(Codec::Postcard, SETS)?)),
                ),
                peer(
                    "whole value, JSON",
                    Box::new(|_| here(Whole::start(Codec::Json, SETS)?)),
                ),
                map(SETS),
                peer(
                    "Node ipos, set a field",
                    Box::new(|_| node::Node::start(node::Verb::Set, SETS)),
                ),
                peer(
                    "Node ipos, set in a Map",
                    Box::new(|_| node::Node::start(node::Verb::Insert, SETS)),
                ),
            ],
            goals: vec![
                AtLeast("bare loop", 0.4),
                AtLeast("remoc, observable map", 100.0),
                AtLeast("Node ipos, set a field", 250.0),
            ],
        },
        Work {
            id: "P2",
            name: "sets, one a commit, host to member",
            unit: Unit::MillionsASecond,
            each: 1,
            most: 1_000_000,
            ours: entry("ipos", Box::new(|_| here(Down::start(1)?))),
            others: vec![
                raw(),
                peer(
                    "whole value, postcard",
                    Box::new(|_| here(Whole::start(Codec::Postcard, 1)?)),
                ),
                peer(
                    "whole value, JSON",
                    Box::new(|_| here(Whole::start(Codec::Json, 1)?)),
                ),
                messages(),
                map(1),
                peer(
                    "remoc, observable vec push",
                    Box::new(|_| here(remoc::Collection::vec()?)),
                ),
                peer(
                    "automerge, put in a map",
                    Box::new(|_| here(automerge::Keys::start()?)),
                ),
                peer(
                    "Node ipos, set a field",
                    Box::new(|_| node::Node::start(node::Verb::Set, 1)),
                ),
                peer(
                    "Node ipos, push",
                    Box::new(|_| node::Node::start(node::Verb::Push, 1)),
                ),
                peer(
                    "Node ipos, set in a Map",
                    Box::new(|_| node::Node::start(node::Verb::Insert, 1)),
                ),
                peer(
                    "Python Manager, dict set",
                    Box::new(|_| python::Manager::start(python::Verb::Set)),
                ),
                peer(
                    "Python Manager, list append",
                    Box::new(|_| python::Manager::start(python::Verb::Append)),
                ),
            ],
            goals: vec![
                AtLeast("ipc-channel, messages", 3.0),
                AtLeast("remoc, observable map", 13.0),
            ],
        },
        Work {
            id: "P2",
            name: "sets, one a commit, member to host, until confirmed",
            unit: Unit::MillionsASecond,
            each: 1,
            most: 1_000_000,
            ours: entry("ipos", Box::new(|_| here(Up::start()?))),
            others: vec![raw(), messages(), map(1)],
            // Those of P2 are of the host's commits.
            goals: vec![],
        },
    ]
}

fn raw() -> Entry {
    let start = Box::new(|_: &_| here(Raw::start()?));
    entry("raw socket, 16 bytes a write", start)
}

fn messages() -> Entry {
    let start = Box::new(|_: &_| here(ipc_channel::Stream::start()?));
    peer("ipc-channel, messages", start)
}

/// So many inserts each.
fn map(inserts: usize) -> Entry {
    let start = Box::new(move |_: &_| here(remoc::Collection::map(inserts)?));
    peer("remoc, observable map", start)
}

/// From the host to a member, until it has applied all.
pub(crate) struct Down {
    session: Session,
    sets: usize,
}

impl Down {
    pub(crate) fn start(sets: usize) -> Result<Self> {
        let state = State::of(if sets == 1 { FEW } else { sets });
        let session = Session::start(state, Waiting::Park)?;
        Ok(Self { session, sets })
    }
}

impl Contender for Down {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let Session { state, member, .. } = &mut self.session;
        let (first, sets) = (state.read().tick, self.sets);
        let begin = Instant::now();
        for tick in first + 1..=first + amount {
            state.update(|state| {
                for task in 1..sets {
                    state.tasks_mut().at(task).set_count(tick);
                }
                state.set_tick(tick);
            })?;
        }
        member.ask(&format!("see {}", first + amount))?;
        Ok(Measured::Took(begin.elapsed()))
    }
}

/// From a member to the host, until it has the verdicts.
pub(super) struct Up {
    session: Session,
}

impl Up {
    pub(super) fn start() -> Result<Self> {
        let session = Session::start(State::of(FEW), Waiting::Park)?;
        Ok(Self { session })
    }
}

impl Contender for Up {
    fn run(&mut self, amount: u64) -> Result<Measured> {
        let Session {
            state,
            member,
            ipos,
        } = &mut self.session;
        // The member begins with what the host has.
        ipos.barrier(PATIENCE)?;
        let last = state.read().tick + amount;
        let begin = Instant::now();
        member.ask(&format!("write {last}"))?;
        Ok(Measured::Took(begin.elapsed()))
    }
}
