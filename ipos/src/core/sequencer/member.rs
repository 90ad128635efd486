//! What the host knows of its members: what they were given, what they proposed, what they may have
//! missed.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet, VecDeque},
};

use serde_bytes::Bytes;

use super::{Sequencer, room::Bridges, verdict::Verdict};
use crate::{
    breaks::{Break, broken},
    core::{
        Exchange, ObjectId, PeerId, Post, PostValue, Profile, Replica, Seq, Violation,
        log::Change,
        message::{REASON_LIMIT, ToHost, ToMember},
        parcel::Arrivals,
    },
    schema::Schema,
    wire::put,
};

/// How many verdicts are remembered that a member may not have heard, and how many bytes of them.
const VERDICTS: usize = 1 << 16;
const VERDICT_BYTES: usize = 4 * 1024 * 1024;

#[derive(Debug, Default)]
pub(super) struct Member {
    /// The number of its last proposal.
    pub(super) number: u64,
    pub(super) profile: Profile,
    /// The objects that it has not been given yet, and hears nothing of until it is.
    pub(super) waiting: BTreeSet<ObjectId>,
    pub(super) arrivals: Arrivals,
    pub(super) exchange: Exchange,
    /// It has been told that it is in sync, once.
    pub(super) is_live: bool,
    /// It has been told so since it asked for what it had missed.
    pub(super) has_caught_up: bool,
    /// Objects that it says it has not got.
    pub(super) lacking: BTreeSet<ObjectId>,
    /// It is told nothing until it asks for what it has missed.
    pub(super) is_away: bool,
    pub(super) connection: Connection,
    /// How many messages have come from it.
    pub(super) messages: u64,
    /// The last place in the order that it has said it has heard of.
    pub(super) acknowledged: Seq,
    /// The ping that it was sent to see whether it is there, and the last place in the order then.
    pub(super) probe: Option<(u64, Seq)>,
    pub(super) turn: Turn,
    /// How many bytes the object has that it has told whole, and that has no key yet.
    pub(super) landing: usize,
    pub(super) bridges: Bridges,
    /// The objects to which it is to propose its commits again, from these numbers on, and has not begun to.
    pub(super) stale: BTreeMap<ObjectId, u64>,
    /// The verdicts that it may not have heard, the last of them on its last proposal.
    verdicts: VecDeque<(Seq, Verdict)>,
    verdict_bytes: usize,
}

/// Whether a member can hear what it is told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Connection {
    #[default]
    Up,
    Lost,
}

/// Whether what a member has proposed last is on its way into the order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Turn {
    #[default]
    Over,
    /// Objects are being weighed for what it says.
    Weighed,
    Under,
    /// It is, and the member is let go as soon as that is there.
    Last,
}

impl Member {
    pub(super) fn hears_of(&self, object: ObjectId) -> bool {
        !self.is_away && !self.waiting.contains(&object)
    }

    /// Whether it is told everything.
    pub(super) fn is_current(&self) -> bool {
        broken(Break::EarlyBarrier)
            || !self.is_away && self.has_caught_up && self.waiting.is_empty()
    }

    /// Notes a message, which has to have the next number if it is a proposal.
    pub(super) fn count(&mut self, message: &ToHost<'_>) -> Result<(), Violation> {
        if let ToHost::Commit { number, .. }
        | ToHost::Act { number, .. }
        | ToHost::Create { number, .. }
        | ToHost::Delete { number, .. } = *message
        {
            let expected = self.number + 1;
            if number != expected {
                return Err(Violation::WrongNumber {
                    expected,
                    found: number,
                });
            }
            self.number = number;
        }
        Ok(())
    }

    /// Takes a table that it tells. All that are remembered of it may have so many bytes.
    pub(super) fn learn(&mut self, table: Schema, limit: usize) -> Result<(), Violation> {
        self.exchange.learn(table)?;
        if self.exchange.told_bytes() > limit {
            return Err(Violation::TooManySchemas(limit));
        }
        Ok(())
    }

    /// Notes that it has heard what has a place before `seq`.
    pub(super) fn has_heard(&mut self, seq: Seq) {
        self.acknowledged = self.acknowledged.max(seq);
        // One after the other: each is looked at once, and most often the first one tells.
        let heard = self.verdicts.iter().take_while(|(place, _)| *place < seq);
        self.forget_verdicts(heard.count());
    }

    fn forget_verdicts(&mut self, count: usize) {
        let forgotten = self.verdicts.drain(..count);
        let bytes: usize = forgotten.map(|(_, verdict)| verdict.bytes()).sum();
        self.verdict_bytes -= bytes;
    }

    /// Notes that it has heard the verdicts up to number `settled`. `false` when those that it has
    /// not heard are not remembered.
    fn has_settled(&mut self, settled: u64) -> bool {
        let Some(unheard) = self.number.checked_sub(settled) else {
            return false;
        };
        let unheard = usize::try_from(unheard).unwrap_or(usize::MAX);
        let Some(heard) = self.verdicts.len().checked_sub(unheard) else {
            return false;
        };
        self.forget_verdicts(heard);
        true
    }

    /// The verdicts that it may not have heard, with their numbers.
    fn unheard(&self) -> impl Iterator<Item = (u64, Seq, &Verdict)> {
        let first = self.number + 1 - self.verdicts.len() as u64;
        let verdicts = (first..).zip(&self.verdicts);
        verdicts.map(|(number, (seq, verdict))| (number, *seq, verdict))
    }
}

impl<C: Clone> Sequencer<C> {
    /// Lets a member in. It is owed every object that there is: see [`Sequencer::owed`]. As soon as messages
    /// reach it, it is to be [introduced](Self::introduce).
    pub(crate) fn admit(&mut self, exchange: Exchange, profile: Profile) -> PeerId {
        let peer = PeerId(self.next_member);
        self.next_member += 1;
        let waiting = self.objects.keys().copied().collect();
        self.members.insert(
            peer,
            Member {
                profile,
                waiting,
                exchange,
                ..Member::default()
            },
        );
        peer
    }

    /// The next object that a member is still to be given.
    pub(crate) fn owed(&self, peer: PeerId) -> Option<C> {
        let member = self.members.get(&peer).filter(|member| !member.is_away)?;
        let id = member.waiting.first()?;
        Some(self.objects[id].cell.clone())
    }

    /// Gives a member an object that it is owed, with its value, which has so many bytes. From then on it hears of
    /// the object's changes.
    pub(crate) fn give<P: PostValue>(
        &mut self,
        peer: PeerId,
        replica: &Replica,
        (length, value): (usize, P::Chunks),
        post: &mut P,
    ) {
        let Some(member) = self.members.get_mut(&peer) else {
            return;
        };
        // It may be away by now, and the object may have been deleted or given a new identity since it
        // was looked up.
        if member.is_away || !member.waiting.remove(&replica.id()) {
            return;
        }
        let object = &self.objects[&replica.id()];
        let key = object.key.clone();
        let schema = replica.state().schema();
        self.tell_table(schema, |other| other == peer, post);
        self.tell(
            post,
            peer,
            &ToMember::Object {
                seq: replica.seq(),
                object: replica.id(),
                key: &key,
                schema: schema.hash(),
                reserved: replica.is_reserved(),
                length: length as u64,
            },
        );
        post.post_value(peer, value);
    }

    /// Tells a member that it is in sync, once nothing is owed.
    pub(crate) fn live(&mut self, peer: PeerId, post: &mut impl Post) {
        let Some(member) = self.members.get_mut(&peer).filter(|member| !member.is_away) else {
            return;
        };
        (member.is_live, member.has_caught_up) = (true, true);
        self.tell_present(peer, post);
        let live = ToMember::Live {
            seq: self.seq,
            deleted: self.deleted.keys().collect(),
        };
        self.message.clear();
        put(&mut self.message, &live);
        post.post(peer, &self.message);
        self.ask_again(peer, post);
    }

    /// Notes that a member is cut off, and may come back with a [`resume`](Self::resume). Nothing waits for it
    /// meanwhile.
    pub(crate) fn cut_off(&mut self, peer: PeerId, post: &mut impl Post) {
        if let Some(member) = self.members.get_mut(&peer) {
            (member.is_away, member.connection) = (true, Connection::Lost);
            member.lacking.clear();
            member.exchange.was_dropped();
            member.exchange.has_missed();
            // The value that was arriving will be sent again.
            self.held.arrive(member.arrivals.bytes(), 0);
            member.number = member
                .arrivals
                .drop_open()
                .map_or(member.number, |at| at - 1);
        }
        self.wait_no_more(peer, post);
    }

    /// Notes that a member that was cut off is connected again, with these tables.
    pub(crate) fn come_back(&mut self, peer: PeerId, exchange: Exchange) {
        if let Some(member) = self.members.get_mut(&peer) {
            (member.exchange, member.connection) = (exchange, Connection::Up);
        }
    }

    /// Notes that what was to be sent to a member was dropped, because it does not read, and tells
    /// it so.
    pub(crate) fn lags(&mut self, peer: PeerId, post: &mut impl Post) {
        self.tell(post, peer, &ToMember::Resync);
        if let Some(member) = self.members.get_mut(&peer) {
            member.is_away = true;
            member.lacking.clear();
            member.exchange.was_dropped();
        }
    }

    /// Whether a member is told nothing until it asks for what it has missed.
    pub(crate) fn is_away(&self, peer: PeerId) -> bool {
        self.members.get(&peer).is_none_or(|member| member.is_away)
    }

    /// Tells a member again what it has missed behind `heard` and `settled`. Then it is to be given
    /// what it is owed.
    pub(crate) fn resume(
        &mut self,
        peer: PeerId,
        heard: Seq,
        settled: u64,
        post: &mut impl Post,
    ) -> Result<(), Violation> {
        let Some(member) = self.members.get_mut(&peer) else {
            return Ok(());
        };
        if !member.is_away {
            return Err(Violation::OutOfTurn(
                "a resume while it was told everything",
            ));
        }
        if !member.has_settled(settled) {
            return Err(Violation::MissedTooMuch);
        }
        (member.is_away, member.has_caught_up) = (false, false);
        member.acknowledged = member.acknowledged.max(heard);
        // The question may have been dropped.
        member.probe = None;
        let taken = member.number;
        let anew = self.log.since(heard).is_none();
        self.tell(post, peer, &ToMember::Resumed { taken, anew });
        self.tell_known(peer, post);
        if broken(Break::EarlyLeave) {
            self.tell_present(peer, post);
        }
        self.tell_missed(peer, heard, post);
        Ok(())
    }

    /// Tells a member the changes and verdicts behind `heard` that are remembered.
    fn tell_missed(&mut self, peer: PeerId, heard: Seq, post: &mut impl Post) {
        let Some(member) = self.members.get_mut(&peer) else {
            return;
        };
        let mut tell = |message: &ToMember<'_>| {
            self.message.clear();
            put(&mut self.message, message);
            post.post(peer, &self.message);
        };
        let mut waiting = std::mem::take(&mut member.lacking);
        waiting.retain(|object| self.objects.contains_key(object));
        let missed = self.log.since(heard);
        let anew = missed.is_none();
        let unheard = member.unheard().filter(|_| !broken(Break::LostVerdicts));
        let mut verdicts = unheard.peekable();
        for entry in missed.into_iter().flatten() {
            while let Some((number, seq, verdict)) =
                verdicts.next_if(|(_, seq, _)| *seq < entry.seq)
            {
                tell(&verdict.message(seq, number));
            }
            let (seq, origin) = (entry.seq, entry.origin);
            match entry.change {
                _ if origin == peer => {}
                Change::Commit { object, patches } if !waiting.contains(&object) => {
                    tell(&ToMember::Commit {
                        seq,
                        origin,
                        object,
                        patches,
                    });
                }
                Change::Commit { .. } => {}
                Change::Created { object } => {
                    if self.objects.contains_key(&object) {
                        waiting.insert(object);
                    }
                }
                Change::Deleted { key } => tell(&ToMember::Deleted { seq, origin, key }),
            }
        }
        let refused = member
            .unheard()
            .filter_map(|(_, _, verdict)| match verdict {
                Verdict::Rejected { key: Some(key), .. } => self.names.get(key).copied(),
                _ => None,
            });
        waiting.extend(refused);
        for (number, seq, verdict) in verdicts {
            match verdict {
                // How it was amended is part of the value that follows.
                Verdict::Amended(_) if anew => tell(&ToMember::Accepted { seq, number }),
                Verdict::Acted(_, answer) if anew => {
                    let answer = answer.as_deref().map(Bytes::new);
                    tell(&ToMember::Acted {
                        seq,
                        number,
                        patches: None,
                        answer,
                    });
                }
                verdict => tell(&verdict.message(seq, number)),
            }
        }
        member.waiting = if anew {
            self.objects.keys().copied().collect()
        } else {
            waiting
        };
    }

    /// Tells a table to those that are about to hear of an object of its form, unless they have it.
    pub(super) fn tell_table(
        &mut self,
        table: &Schema,
        hears: impl Fn(PeerId) -> bool,
        post: &mut impl Post,
    ) {
        let hash = table.hash();
        self.message.clear();
        for (&peer, member) in &mut self.members {
            if !hears(peer) || member.is_away || !member.exchange.must_tell(hash) {
                continue;
            }
            if self.message.is_empty() {
                let table = Cow::Borrowed(table);
                put(&mut self.message, &ToMember::Schema { table });
            }
            post.post(peer, &self.message);
        }
    }

    /// Tells a member what became of its proposal. It has the place that was given last.
    pub(super) fn tell_verdict(
        &mut self,
        peer: PeerId,
        number: u64,
        verdict: Verdict,
        post: &mut impl Post,
    ) {
        let Some(member) = self.members.get_mut(&peer) else {
            return;
        };
        let is_dropped = number % 5 == 0 && broken(Break::DropVerdict);
        if !member.is_away && !is_dropped {
            self.message.clear();
            put(&mut self.message, &verdict.message(self.seq, number));
            post.post(peer, &self.message);
        }
        member.verdict_bytes += verdict.bytes();
        member.verdicts.push_back((self.seq, verdict));
        while member.verdicts.len() > VERDICTS || member.verdict_bytes > VERDICT_BYTES {
            member.forget_verdicts(1);
        }
    }
}

/// As much of a reason as is told.
pub(crate) fn cut(reason: &str) -> &str {
    let mut end = reason.len().min(REASON_LIMIT);
    while !reason.is_char_boundary(end) {
        end -= 1;
    }
    &reason[..end]
}
