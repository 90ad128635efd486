//! Which processes there are in a session.

use std::{collections::BTreeMap, sync::Arc};

use crate::{
    core::{Origin, PeerId},
    sync::Mutex,
};

/// How many processes are remembered, those that have left among them: what they did may be told later.
const REMEMBERED: usize = 4096;

/// The processes of a session, as far as their numbers in the system are known here.
#[derive(Debug)]
pub(crate) struct Peers {
    known: Mutex<Known>,
}

#[derive(Debug)]
struct Known {
    me: PeerId,
    /// To ask the system each time would be a system call for each commit.
    pid: u32,
    pids: BTreeMap<PeerId, u32>,
}

impl Known {
    fn to(me: PeerId) -> Self {
        let pid = std::process::id();
        let pids = BTreeMap::from([(me, pid)]);
        Self { me, pid, pids }
    }
}

impl Peers {
    /// Seen from the process `me`.
    pub(crate) fn new(me: PeerId) -> Arc<Self> {
        let known = Mutex::new(Known::to(me));
        Arc::new(Self { known })
    }

    /// This process is `me` in the session of another host, and knows of nobody there.
    pub(crate) fn rejoin(&self, me: PeerId) {
        *self.known.lock() = Known::to(me);
    }

    /// Notes a process.
    pub(crate) fn joined(&self, peer: PeerId, pid: Option<u32>) {
        let Some(pid) = pid else { return };
        let Known { me, pids, .. } = &mut *self.known.lock();
        pids.insert(peer, pid);
        if pids.len() > REMEMBERED {
            // Those that came first are first; this one and the host are known for good.
            let mut oldest = pids.keys().copied();
            let oldest = oldest.find(|&peer| peer != *me && peer != PeerId::HOST);
            oldest.map(|oldest| pids.remove(&oldest));
        }
    }

    /// This process, as who makes a change.
    pub(crate) fn me(&self) -> Origin {
        let known = self.known.lock();
        Origin::local(known.me, known.pid)
    }

    /// A process, as who makes a change.
    pub(crate) fn origin(&self, peer: PeerId) -> Origin {
        let known = self.known.lock();
        if peer == known.me {
            Origin::local(peer, known.pid)
        } else {
            Origin::of(peer, known.pids.get(&peer).copied())
        }
    }
}
