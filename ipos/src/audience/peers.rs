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
    me: PeerId,
    pids: Mutex<BTreeMap<PeerId, u32>>,
}

impl Peers {
    /// Seen from the process `me`.
    pub(crate) fn new(me: PeerId) -> Arc<Self> {
        let pids = BTreeMap::from([(me, std::process::id())]);
        Arc::new(Self {
            me,
            pids: Mutex::new(pids),
        })
    }

    /// Notes a process.
    pub(crate) fn joined(&self, peer: PeerId, pid: Option<u32>) {
        let Some(pid) = pid else { return };
        let mut pids = self.pids.lock();
        pids.insert(peer, pid);
        if pids.len() > REMEMBERED {
            // Those that came first are first; this one and the host are known for good.
            let mut oldest = pids.keys().copied();
            let oldest = oldest.find(|&peer| peer != self.me && peer != PeerId::HOST);
            oldest.map(|oldest| pids.remove(&oldest));
        }
    }

    /// This process, as who makes a change.
    pub(crate) fn me(&self) -> Origin {
        Origin::local(self.me, std::process::id())
    }

    /// A process, as who makes a change.
    pub(crate) fn origin(&self, peer: PeerId) -> Origin {
        if peer == self.me {
            self.me()
        } else {
            Origin::of(peer, self.pids.lock().get(&peer).copied())
        }
    }
}
