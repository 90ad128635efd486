//! What the host sees of its members: how far each has come, and whether it still answers.

use super::{
    Sequencer,
    member::{Connection, Member, Turn},
};
use crate::core::{Dealt, PeerId, Post, Profile, Seq, message::ToMember};

/// How far a member has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is being given the session's objects.
    Joining,
    /// It is told everything as it happens.
    Live,
    /// What was to be told it was dropped, and it has not asked for that yet.
    Lagging,
    /// It is not connected.
    Away,
    /// It is being given what it has missed.
    CatchingUp,
}

/// A member as the host sees it.
#[derive(Debug)]
pub(crate) struct Seen {
    pub(crate) peer: PeerId,
    pub(crate) profile: Profile,
    pub(crate) standing: Standing,
    /// The last place in the order that it has said it has heard of.
    pub(crate) acknowledged: Seq,
    /// How many messages have come from it.
    pub(crate) messages: u64,
    /// It waits for this process: something that it has proposed is on its way into the order, or room is looked for.
    pub(crate) waits: bool,
}

impl Member {
    fn standing(&self) -> Standing {
        match self {
            Self {
                connection: Connection::Lost,
                ..
            } => Standing::Away,
            Self { is_live: false, .. } => Standing::Joining,
            Self { is_away: true, .. } => Standing::Lagging,
            _ if self.is_current() => Standing::Live,
            _ => Standing::CatchingUp,
        }
    }
}

impl<C: Clone> Sequencer<C> {
    /// The members, in the order in which they have come.
    pub(crate) fn seen(&self) -> impl Iterator<Item = Seen> {
        self.members.iter().map(|(&peer, member)| Seen {
            peer,
            profile: member.profile.clone(),
            standing: member.standing(),
            // What it says is not checked.
            acknowledged: member.acknowledged.min(self.seq),
            messages: member.messages,
            waits: member.turn != Turn::Over,
        })
    }

    /// The proposals of a member that were dealt with.
    pub(crate) fn dealt(&self, peer: PeerId) -> Dealt {
        let dealt = |member: &Member| {
            let stale = member.stale.clone();
            Dealt::new(member.number, stale)
        };
        self.members.get(&peer).map_or_else(Dealt::default, dealt)
    }

    /// Asks a member whether it is there, unless it was asked already. One that is not told everything has
    /// something else to answer.
    pub(crate) fn probe(&mut self, peer: PeerId, post: &mut impl Post) {
        let (seq, ping) = (self.seq, self.barriers.next_ping());
        let Some(member) = self.members.get_mut(&peer) else {
            return;
        };
        if member.probe.is_none() && member.is_current() {
            member.probe = Some((ping, seq));
            self.tell(post, peer, &ToMember::Ping { ping });
        }
    }

    /// Answers a member that asks whether the host is there. One that is told nothing has been told so.
    pub(crate) fn answer_ping(&mut self, from: PeerId, ping: u64, post: &mut impl Post) {
        if !self.is_away(from) {
            self.tell(post, from, &ToMember::Pong { ping });
        }
    }
}
