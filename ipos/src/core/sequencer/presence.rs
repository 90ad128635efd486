//! Who is in the session: each member is told of the others.

use std::collections::BTreeMap;

use super::{Sequencer, member::Turn};
use crate::{
    breaks::{Break, broken},
    core::{PeerId, Post, Profile, message::ToMember},
    wire::put,
};

/// How many of those that have left are remembered, for members that have missed that they were there.
const DEPARTED: usize = 256;

/// Members that have left, those that came last.
#[derive(Debug, Default)]
pub(super) struct Departed(BTreeMap<PeerId, Profile>);

impl Departed {
    fn note(&mut self, peer: PeerId, profile: Profile) {
        self.0.insert(peer, profile);
        if self.0.len() > DEPARTED {
            self.0.pop_first();
        }
    }
}

impl<C: Clone> Sequencer<C> {
    /// Tells a member who is there, and the others of it. To be called in the step that lets it in.
    pub(crate) fn introduce(&mut self, peer: PeerId, post: &mut impl Post) {
        self.tell_there(peer, BTreeMap::new(), post);
        if let Some(member) = self.members.get(&peer) {
            let profile = member.profile.clone();
            self.tell_others(peer, &joined(peer, &profile), post);
        }
    }

    /// Takes nothing more from a member, and lets it go: at once, or as soon as what it has proposed last has
    /// its verdict.
    pub(crate) fn expel(&mut self, peer: PeerId, post: &mut impl Post) {
        match self.members.get_mut(&peer) {
            Some(member) if member.turn != Turn::Over => {
                member.turn = Turn::Last;
                self.release(peer, post);
            }
            _ => self.dismiss(peer, post),
        }
    }

    /// Takes nothing more from any member. What is on its way into the order gets there.
    pub(crate) fn stop(&mut self) {
        self.is_over = true;
    }

    /// Whether something is on its way into the order.
    pub(crate) fn is_ordering(&self) -> bool {
        let mut members = self.members.values();
        members.any(|member| member.turn != Turn::Over)
    }

    /// A proposal has its verdict, and all that is to be told of it was told.
    pub(super) fn has_proposed(&mut self, peer: PeerId, post: &mut impl Post) {
        let Some(member) = self.members.get_mut(&peer) else {
            return;
        };
        self.held.arrive(std::mem::take(&mut member.landing), 0);
        if std::mem::take(&mut member.turn) == Turn::Last {
            self.dismiss(peer, post);
        }
    }

    /// Lets a member go. Nothing that it has proposed is on its way into the order.
    pub(crate) fn dismiss(&mut self, peer: PeerId, post: &mut impl Post) {
        if let Some(member) = self.members.remove(&peer) {
            self.held
                .arrive(member.arrivals.bytes() + member.landing, 0);
            self.departed.note(peer, member.profile);
            if !broken(Break::UnseenLeave) {
                self.tell_left(peer, post);
            }
        }
        self.release(peer, post);
    }

    /// Those that are being given what they have not heard of may still be given what the member has made. They
    /// are told who is present behind that.
    fn tell_left(&mut self, peer: PeerId, post: &mut impl Post) {
        self.message.clear();
        put(&mut self.message, &ToMember::Left { peer });
        for (&other, member) in &self.members {
            let is_told = member.has_caught_up || broken(Break::EarlyLeave);
            if is_told && !member.is_away {
                post.post(other, &self.message);
            }
        }
    }

    /// Tells a member who is there, and who has been and may have made what it is told next.
    pub(super) fn tell_known(&mut self, peer: PeerId, post: &mut impl Post) {
        if !broken(Break::MissedJoin) {
            self.tell_there(peer, self.departed.0.clone(), post);
        }
    }

    /// Tells a member who is there beside others, in the order of their numbers.
    fn tell_there(
        &mut self,
        peer: PeerId,
        mut others: BTreeMap<PeerId, Profile>,
        post: &mut impl Post,
    ) {
        let members = self.members.iter();
        others.extend(members.map(|(&other, member)| (other, member.profile.clone())));
        others.remove(&peer);
        for (other, profile) in others {
            self.tell(post, peer, &joined(other, &profile));
        }
    }

    /// Tells a member which of those that it was told are there. Behind all that the others may have made.
    pub(super) fn tell_present(&mut self, peer: PeerId, post: &mut impl Post) {
        let members = self.members.keys().copied();
        let peers = members.filter(|&other| other != peer).collect();
        self.tell(post, peer, &ToMember::Present { peers });
    }
}

fn joined(peer: PeerId, profile: &Profile) -> ToMember<'_> {
    ToMember::Joined {
        peer,
        pid: profile.pid,
        label: &profile.label,
    }
}
