//! What the host tells a member, taken apart.

use std::sync::Arc;

use super::{Member, Proposal};
use crate::{
    breaks::{Break, broken},
    core::{
        ObjectId, PeerId, Profile, Seq, Violation,
        message::{Parting, ToMember},
        parcel::Parcel,
    },
};

/// A message of the host, taken apart; the driver finds the replica and calls the method named.
#[derive(Debug)]
pub(crate) enum News<'a> {
    /// For [`Replica::apply_confirmed`](crate::core::Replica::apply_confirmed) of the object, if it is
    /// known.
    Commit {
        seq: Seq,
        origin: PeerId,
        object: ObjectId,
        patches: &'a [u8],
    },
    /// A verdict; see [`Settled`].
    Settled(Settled<'a>),
    /// For [`Member::place`].
    Object(Parcel),
    /// An object is gone, unless it was not known; its replica ends.
    Deleted {
        object: Option<ObjectId>,
        origin: PeerId,
    },
    /// This member has all that there is. With the objects that went while it was away. When it was,
    /// [`Member::unsent`] follows.
    Live { gone: Vec<ObjectId> },
    /// For [`Member::pong`].
    Ping { ping: u64 },
    /// A barrier was passed; for [`Member::ask_for_barrier`].
    Passed,
    /// Something was missed; for [`Member::resume`].
    Resync,
    /// What was missed follows.
    Resumed,
    /// Another member is there.
    Joined { peer: PeerId, profile: Profile },
    /// Other members, if any, are there no more.
    Left(Vec<(PeerId, Profile)>),
    /// The host lets go of this member.
    Goodbye { why: Parting<'a> },
    /// More of it is to come.
    Incomplete,
}

/// What a verdict says.
#[derive(Debug)]
pub(crate) enum Settled<'a> {
    /// For [`Replica::confirm_own`](crate::core::Replica::confirm_own).
    Commit {
        seq: Seq,
        number: u64,
        object: ObjectId,
        amended: Option<&'a [u8]>,
        answer: Option<&'a [u8]>,
    },
    /// For [`Replica::confirm_untold`](crate::core::Replica::confirm_untold).
    Untold {
        number: u64,
        object: ObjectId,
        answer: Option<&'a [u8]>,
    },
    /// For [`Member::propose_again`].
    Stale { number: u64, object: ObjectId },
    /// For [`Replica::refuse_own`](crate::core::Replica::refuse_own).
    Refused {
        seq: Seq,
        number: u64,
        object: ObjectId,
        reason: &'a str,
        answer: Option<&'a [u8]>,
    },
    /// For [`Replica::confirm_created`](crate::core::Replica::confirm_created).
    Created { seq: Seq, object: ObjectId },
    /// A creation does not count. The replica at `object` goes on with what the host has under the
    /// key, which follows, or ends when `is_gone`.
    CreationRefused {
        object: ObjectId,
        is_gone: bool,
        reason: &'a str,
    },
    /// A deletion counts.
    Deleted,
    /// A deletion does not count; the object follows.
    DeletionRefused { key: Arc<str>, reason: &'a str },
}

impl Settled<'_> {
    /// What it says of a commit: its object, its number, and whether it counts. One that was sent back
    /// does not, unless its object is still there to propose it again.
    pub(crate) fn of_commit(&self) -> Option<(ObjectId, u64, Result<(), &str>)> {
        Some(match *self {
            Self::Commit { number, object, .. } | Self::Untold { number, object, .. } => {
                (object, number, Ok(()))
            }
            Self::Stale { number, object } => (object, number, Err(GONE)),
            Self::Refused {
                number,
                object,
                reason,
                ..
            } => (object, number, Err(reason)),
            _ => return None,
        })
    }

    /// What the action of a commit has answered at the host, if that was asked for.
    pub(crate) fn answer(&self) -> Option<&[u8]> {
        match *self {
            Self::Commit { answer, .. }
            | Self::Untold { answer, .. }
            | Self::Refused { answer, .. } => answer,
            _ => None,
        }
    }
}

/// Why a commit does not count that could not be proposed again.
const GONE: &str = "the object was overwritten or deleted before the commit was ordered";

/// What the host has decided.
#[derive(Clone, Copy)]
enum Verdict<'a> {
    Accepted(Seq),
    Amended(Seq, &'a [u8]),
    /// With what it has come to be, if that is not what was proposed, and an answer.
    Acted(Seq, Option<&'a [u8]>, Option<&'a [u8]>),
    Stale,
    /// With the reason, and the answer with which an action has failed.
    Rejected(Seq, &'a str, Option<&'a [u8]>),
}

impl<C: Clone> Member<C> {
    /// Takes a message of the host apart and checks that it is due.
    pub(crate) fn receive<'a>(&mut self, message: ToMember<'a>) -> Result<News<'a>, Violation> {
        self.messages += 1;
        if matches!(message, ToMember::Resync) && !broken(Break::HalfValue) {
            // The rest of a value may have been dropped.
            self.arrivals.drop_open();
        }
        if !matches!(message, ToMember::Chunk(_)) {
            self.arrivals
                .expect_none("another message inside a value")?;
        }
        let arrived = match message {
            ToMember::Commit {
                seq,
                origin,
                object,
                patches,
            } => {
                self.has_heard(seq);
                return Ok(News::Commit {
                    seq,
                    origin,
                    object,
                    patches,
                });
            }
            ToMember::Accepted { .. }
            | ToMember::Amended { .. }
            | ToMember::Acted { .. }
            | ToMember::Stale { .. }
            | ToMember::Rejected { .. }
            | ToMember::Failed { .. } => return self.hear_verdict(&message),
            ToMember::Deleted { seq, origin, key } => {
                self.has_heard(seq);
                let object = self.confirm_deleted(key, seq);
                return Ok(News::Deleted { object, origin });
            }
            ToMember::Live { seq, deleted } => {
                for key in deleted {
                    if self.names.now(key).is_none() {
                        self.deleted.note(key);
                    }
                }
                let gone = self.caught_up(seq)?;
                return Ok(News::Live { gone });
            }
            ToMember::Schema { table } => {
                self.exchange.learn(table.into_owned())?;
                None
            }
            ToMember::Ping { ping } => return Ok(News::Ping { ping }),
            // That something was heard is all that it says.
            ToMember::Pong { .. } => None,
            ToMember::Passed { nonce } => {
                self.passed_barrier(nonce);
                return Ok(News::Passed);
            }
            ToMember::Resumed { taken, anew } => {
                self.resumed(taken, anew)?;
                return Ok(News::Resumed);
            }
            ToMember::Resync => {
                self.exchange.has_missed();
                return Ok(News::Resync);
            }
            ToMember::Joined { peer, pid, label } => {
                let label = label.into();
                return Ok(self.presence.joined(peer, Profile { pid, label }));
            }
            ToMember::Left { peer } => return Ok(self.presence.left(peer)),
            ToMember::Present { peers } => return Ok(self.presence.keep(peers)),
            ToMember::Goodbye { why } => return Ok(News::Goodbye { why }),
            ToMember::Chunk(bytes) => self.arrivals.chunk(bytes)?,
            ToMember::Object {
                seq,
                object,
                key,
                schema,
                reserved,
                length,
            } => {
                if object.is_orphan() {
                    return Err(Violation::WrongCreator { object });
                }
                let parcel = Parcel {
                    at: seq,
                    object,
                    key: key.into(),
                    schema: self.exchange.table(schema)?,
                    reserved,
                    value: Arc::default(),
                };
                self.arrivals.announce(parcel, length)?
            }
        };
        Ok(arrived.map_or(News::Incomplete, |parcel| {
            self.has_heard(parcel.at);
            self.renewed(parcel.object);
            News::Object(parcel)
        }))
    }

    /// The object that a message changes, if it is the message's turn and does no more than that.
    pub(crate) fn changed_by(&self, message: &ToMember<'_>) -> Option<(ObjectId, &C)> {
        let object = match *message {
            ToMember::Commit { object, .. } => object,
            ToMember::Accepted { number, .. } if !self.is_renewing() => {
                let next = self.unsettled.front();
                match next.filter(|_| number == self.settled() + 1)? {
                    Proposal::Commit(object) => *object,
                    Proposal::Create(..) | Proposal::Delete(..) => return None,
                }
            }
            _ => return None,
        };
        Some((object, self.cell(object)?))
    }

    fn hear_verdict<'a>(&mut self, message: &ToMember<'a>) -> Result<News<'a>, Violation> {
        let (number, verdict) = match *message {
            ToMember::Accepted { seq, number } => (number, Verdict::Accepted(seq)),
            ToMember::Amended {
                seq,
                number,
                patches,
            } => (number, Verdict::Amended(seq, patches)),
            ToMember::Acted {
                seq,
                number,
                patches,
                answer,
            } => {
                let (patches, answer) = (patches.map(|it| &it[..]), answer.map(|it| &it[..]));
                (number, Verdict::Acted(seq, patches, answer))
            }
            ToMember::Stale { number } => (number, Verdict::Stale),
            ToMember::Rejected {
                seq,
                number,
                reason,
            } => (number, Verdict::Rejected(seq, reason, None)),
            ToMember::Failed {
                seq,
                number,
                reason,
                answer,
            } => (number, Verdict::Rejected(seq, reason, Some(answer))),
            _ => unreachable!("the caller has looked"),
        };
        self.settle(number, verdict)
    }

    fn settle<'a>(&mut self, number: u64, verdict: Verdict<'a>) -> Result<News<'a>, Violation> {
        let expected = self.settled() + 1;
        let Some(proposal) = self.unsettled.pop_front().filter(|_| number == expected) else {
            return Err(Violation::WrongNumber {
                expected,
                found: number,
            });
        };
        self.under_way.pop();
        if let Verdict::Accepted(seq)
        | Verdict::Amended(seq, _)
        | Verdict::Acted(seq, ..)
        | Verdict::Rejected(seq, ..) = verdict
        {
            self.has_heard(seq);
        }
        Ok(News::Settled(match (proposal, verdict) {
            (Proposal::Commit(object), Verdict::Accepted(_)) if self.is_renewing() => {
                Settled::Untold {
                    number,
                    object,
                    answer: None,
                }
            }
            (Proposal::Commit(object), Verdict::Acted(_, _, answer)) if self.is_renewing() => {
                Settled::Untold {
                    number,
                    object,
                    answer,
                }
            }
            (Proposal::Commit(object), Verdict::Acted(seq, amended, answer)) => Settled::Commit {
                seq,
                number,
                object,
                amended,
                answer,
            },
            (Proposal::Commit(object), Verdict::Accepted(seq)) => Settled::Commit {
                seq,
                number,
                object,
                amended: None,
                answer: None,
            },
            (Proposal::Commit(object), Verdict::Amended(seq, patches)) => Settled::Commit {
                seq,
                number,
                object,
                amended: Some(patches),
                answer: None,
            },
            (Proposal::Commit(object), Verdict::Stale) => {
                self.proposing_again += 1;
                Settled::Stale { number, object }
            }
            (Proposal::Commit(object), Verdict::Rejected(seq, reason, answer)) => {
                Settled::Refused {
                    seq,
                    number,
                    object,
                    reason,
                    answer,
                }
            }
            (Proposal::Create(parcel, hidden), Verdict::Accepted(seq)) => {
                self.confirm_own(&parcel.key, seq);
                self.forget_hidden(hidden);
                let object = parcel.object;
                Settled::Created { seq, object }
            }
            (Proposal::Create(parcel, hidden), Verdict::Rejected(_, reason, _)) => {
                self.forget_hidden(hidden);
                let object = parcel.object;
                let is_gone = self.refuse_created(&parcel.key, object);
                Settled::CreationRefused {
                    object,
                    is_gone,
                    reason,
                }
            }
            (Proposal::Delete(key, hidden), Verdict::Accepted(seq)) => {
                self.confirm_own(&key, seq);
                self.forget_hidden(hidden);
                Settled::Deleted
            }
            (Proposal::Delete(key, hidden), Verdict::Rejected(_, reason, _)) => {
                self.forget_hidden(hidden);
                if self.names.refuse(&key).is_some() {
                    self.awaited.insert(key.clone());
                }
                Settled::DeletionRefused { key, reason }
            }
            (_, Verdict::Amended(..) | Verdict::Acted(..) | Verdict::Stale) => {
                return Err(Violation::OutOfTurn("the verdict of a commit"));
            }
        }))
    }

    /// The oldest thing that this member did with a key counts. What the host had before need not follow.
    fn confirm_own(&mut self, key: &str, seq: Seq) {
        self.names.unhide(key, seq);
        self.awaited.remove(key);
    }

    /// Goes back to what the host has under a key, in place of this member's object. Whether that is
    /// nothing; else the cell of the refused object waits for it.
    fn refuse_created(&mut self, key: &str, object: ObjectId) -> bool {
        let was_named = self.names.now(key) == Some(object);
        let told = self.names.refuse(key);
        if told.is_some() {
            self.awaited.insert(key.into());
        }
        if let Some(told) = told.filter(|_| was_named) {
            if let Some(cell) = self.objects.get(&object).cloned() {
                self.objects.insert(told, cell);
            }
        }
        was_named && told.is_none()
    }

    /// The host has nothing under a key from a place in the order on. Gives the object that was there, as
    /// far as known.
    pub(super) fn confirm_deleted(&mut self, key: &str, seq: Seq) -> Option<ObjectId> {
        let gone = self.names.confirm_gone(key, seq);
        if gone.is_some() {
            self.awaited.remove(key);
        }
        if self.names.now(key).is_none() {
            self.deleted.note(key);
        }
        gone
    }

    /// The host has decided on what hides an object, and so before on all that was done to the object.
    fn forget_hidden(&mut self, hidden: Option<ObjectId>) {
        if let Some(hidden) = hidden {
            self.hidden.remove(&hidden);
        }
    }

    /// Drops an object whose replica has ended, or is of another object by now.
    pub(crate) fn forget(&mut self, object: ObjectId) {
        self.objects.remove(&object);
        self.orphans.forget(object);
    }
}
