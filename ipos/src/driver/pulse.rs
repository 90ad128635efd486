//! Noticing peers that hang while their connection stays open.

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    sync::Arc,
    time::{Duration, Instant},
};

use ipos_transport::Outbox;

use super::{host::HostSide, member::MemberSide};
use crate::{
    core::{PeerId, Standing},
    session::Session,
    subscribe::SessionEvent,
};

/// What tells that a peer is there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs {
    /// How many messages have come from it.
    pub(super) messages: u64,
    /// How many bytes it was sent, if it has to read before it is sent more.
    pub(super) written: Option<u64>,
    /// It waits for this process.
    pub(super) waits: bool,
}

impl Signs {
    /// What `outbox` has sent tells something only when the system holds all it can: then the peer has read what
    /// went before.
    pub(super) fn new(messages: u64, waits: bool, outbox: &Outbox) -> Self {
        Self {
            messages,
            written: outbox.is_held_up().then(|| outbox.written()),
            waits,
        }
    }
}

/// What to do about a peer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    Wait,
    /// It has been silent for half of the time.
    Ask,
    /// It has been silent for too long.
    GiveUp,
}

/// How long each peer has been silent.
#[derive(Debug)]
pub(super) struct Patience {
    limit: Duration,
    last_look: Instant,
    silent: BTreeMap<PeerId, Silence>,
}

#[derive(Debug)]
struct Silence {
    signs: Signs,
    since: Instant,
    was_asked: bool,
}

impl Patience {
    pub(super) fn new(limit: Duration, now: Instant) -> Self {
        Self {
            limit,
            last_look: now,
            silent: BTreeMap::new(),
        }
    }

    /// How long to wait between looks.
    pub(super) fn pause(&self) -> Duration {
        self.limit / 8
    }

    /// To be called before the peers are looked at. If this process itself was stopped, nobody was silent.
    pub(super) fn look(&mut self, now: Instant) {
        if now - self.last_look > self.limit / 2 {
            self.silent.clear();
        }
        self.last_look = now;
    }

    /// What to do about a peer that gives these signs.
    pub(super) fn judge(&mut self, peer: PeerId, signs: Signs) -> Verdict {
        let now = self.last_look;
        let fresh = Silence {
            signs,
            since: now,
            was_asked: false,
        };
        let silence = self.silent.entry(peer).or_insert(fresh);
        if silence.signs != signs || signs.waits {
            *silence = Silence {
                signs,
                since: now,
                was_asked: false,
            };
        }
        let time = now - silence.since;
        if time >= self.limit {
            self.silent.remove(&peer);
            return Verdict::GiveUp;
        }
        if time >= self.limit / 2 && !std::mem::replace(&mut silence.was_asked, true) {
            return Verdict::Ask;
        }
        Verdict::Wait
    }

    /// Forgets peers that are not there any more.
    fn keep(&mut self, is_there: impl Fn(PeerId) -> bool) {
        self.silent.retain(|&peer, _| is_there(peer));
    }
}

/// Watches a host's members until the session ends.
pub(super) fn watch_members(session: &Arc<Session>, host: &HostSide, limit: Duration) {
    let mut patience = Patience::new(limit, Instant::now());
    while !session.ended_within(patience.pause()) {
        patience.look(Instant::now());
        let given_up = host.store().with(|sequencer, members| {
            let seen: Vec<_> = sequencer.seen().collect();
            // One that is cut off is silent anew when it is back.
            patience.keep(|peer| members.outbox(peer).is_some());
            let mut given_up = Vec::new();
            for seen in seen {
                let Some(outbox) = members.outbox(seen.peer).cloned() else {
                    continue;
                };
                // What it is to be given is not ready yet.
                let is_owed = matches!(seen.standing, Standing::Joining | Standing::CatchingUp)
                    && outbox.queued() == 0;
                let signs = Signs::new(seen.messages, seen.waits || is_owed, &outbox);
                match patience.judge(seen.peer, signs) {
                    Verdict::Wait => {}
                    Verdict::Ask => sequencer.probe(seen.peer, members),
                    Verdict::GiveUp => given_up.push((seen.peer, outbox)),
                }
            }
            given_up
        });
        host.send(session);
        for (peer, outbox) in given_up {
            session.publish(&SessionEvent::Silent { peer });
            // The thread that reads from it sees the end.
            outbox.close();
        }
    }
}

/// Watches a member's host until the session ends.
pub(super) fn watch_host(session: &Arc<Session>, member: &MemberSide, limit: Duration) {
    let mut patience = Patience::new(limit, Instant::now());
    let mut pings = 0;
    while !session.ended_within(patience.pause()) {
        patience.look(Instant::now());
        let (verdict, silent) = member.store().with(|core, host| {
            let outbox = host.outbox().clone();
            let signs = Signs::new(core.messages(), member.is_taking(), &outbox);
            let verdict = patience.judge(PeerId::HOST, signs);
            if verdict == Verdict::Ask {
                pings += 1;
                core.ping(pings, host);
            }
            (verdict, outbox)
        });
        member.send();
        if verdict == Verdict::GiveUp {
            tracing::warn!(
                session = session.name(),
                ?limit,
                "the host has said nothing for too long; the connection is ended"
            );
            member.hang_up(&silent, limit);
        }
    }
}
