//! Barriers: waiting until every live member has applied what was ordered.

use std::collections::BTreeSet;

use super::{
    Sequencer,
    member::{Connection, Member, Turn},
};
use crate::core::{PeerId, Post, Seq, message::ToMember};

/// The barriers that were not passed yet.
#[derive(Debug, Default)]
pub(super) struct Barriers {
    open: Vec<Barrier>,
    /// The number of the last one.
    ping: u64,
    /// Those of the host that were passed, until it asks.
    passed: BTreeSet<u64>,
}

#[derive(Debug)]
struct Barrier {
    from: PeerId,
    nonce: u64,
    ping: u64,
    /// The last place in the order then.
    seq: Seq,
    /// The members that have not answered.
    awaited: BTreeSet<PeerId>,
}

impl Barriers {
    /// A number that no ping has had.
    pub(super) fn next_ping(&mut self) -> u64 {
        self.ping += 1;
        self.ping
    }
}

impl<C: Clone> Sequencer<C> {
    /// Asks every live member whether it has applied what was ordered so far. Gives what the host asks
    /// by whether its own barrier was passed; `nonce` is for those of members.
    pub(crate) fn barrier(&mut self, from: PeerId, nonce: u64, post: &mut impl Post) -> u64 {
        if from != PeerId::HOST {
            // It waits for the last one that it asked for.
            self.barriers.open.retain(|open| open.from != from);
        }
        let ping = self.barriers.next_ping();
        let members = self.members.iter();
        let awaited: BTreeSet<PeerId> = members
            .filter_map(|(&peer, member)| {
                let is_there = member.is_live && member.connection == Connection::Up;
                (is_there && member.turn != Turn::Last).then_some(peer)
            })
            .collect();
        for &peer in &awaited {
            // Those that are not told everything are asked when they are.
            if self.members[&peer].is_current() {
                self.tell(post, peer, &ToMember::Ping { ping });
            }
        }
        self.barriers.open.push(Barrier {
            from,
            nonce,
            ping,
            seq: self.seq,
            awaited,
        });
        self.pass(post);
        ping
    }

    /// A member has applied all that was told before a ping.
    pub(crate) fn pong(&mut self, from: PeerId, ping: u64, post: &mut impl Post) {
        let Some(member) = self.members.get_mut(&from) else {
            return;
        };
        if let Some((_, seq)) = member.probe.take_if(|(probe, _)| *probe == ping) {
            member.acknowledged = member.acknowledged.max(seq);
        }
        for barrier in &mut self.barriers.open {
            if barrier.ping == ping && barrier.awaited.remove(&from) {
                member.acknowledged = member.acknowledged.max(barrier.seq);
            }
        }
        self.pass(post);
    }

    /// Whether a barrier of the host was passed. It is told once.
    pub(crate) fn has_passed(&mut self, ping: u64) -> bool {
        self.barriers.passed.remove(&ping)
    }

    /// Nobody waits for a barrier of the host any more.
    pub(crate) fn give_up(&mut self, ping: u64) {
        self.barriers.open.retain(|open| open.ping != ping);
        self.barriers.passed.remove(&ping);
    }

    /// Asks a member that has come to be in sync what it could not be asked before.
    pub(crate) fn ask_again(&mut self, peer: PeerId, post: &mut impl Post) {
        if !self.members.get(&peer).is_some_and(Member::is_current) {
            return;
        }
        let open = self.barriers.open.iter();
        let pings: Vec<u64> = open
            .filter(|open| open.awaited.contains(&peer))
            .map(|open| open.ping)
            .collect();
        for ping in pings {
            self.tell(post, peer, &ToMember::Ping { ping });
        }
    }

    /// Waits for a member no more, and not in its name.
    pub(super) fn release(&mut self, peer: PeerId, post: &mut impl Post) {
        self.barriers.open.retain(|open| open.from != peer);
        self.wait_no_more(peer, post);
    }

    /// Waits for a member no more.
    pub(super) fn wait_no_more(&mut self, peer: PeerId, post: &mut impl Post) {
        for barrier in &mut self.barriers.open {
            barrier.awaited.remove(&peer);
        }
        self.pass(post);
    }

    fn pass(&mut self, post: &mut impl Post) {
        let open = std::mem::take(&mut self.barriers.open).into_iter();
        let (passed, open): (Vec<_>, _) = open.partition(|open| open.awaited.is_empty());
        self.barriers.open = open;
        for Barrier {
            from, nonce, ping, ..
        } in passed
        {
            if from == PeerId::HOST {
                self.barriers.passed.insert(ping);
            } else {
                self.tell(post, from, &ToMember::Passed { nonce });
            }
        }
    }
}
