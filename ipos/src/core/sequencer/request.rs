//! What members ask for, taken apart.

use std::sync::Arc;

use super::{Proposal, Sequencer, member::Turn};
use crate::core::{
    PeerId, Seq, Violation,
    message::ToHost,
    parcel::{Arrivals, Parcel},
};

/// What a member asks for; the driver finds the replica and calls the method named.
#[derive(Debug)]
pub(crate) enum Request<'a> {
    /// [`Replica::apply_proposal`], then [`Sequencer::order`].
    Commit(Proposal<'a>),
    /// [`Sequencer::create`], or [`Sequencer::refuse_key`].
    Create(Parcel),
    /// [`Sequencer::refuse_key`]: there is no room for the object that it would create.
    Refuse {
        number: u64,
        key: Arc<str>,
        reason: String,
    },
    /// [`Sequencer::delete`], or [`Sequencer::refuse_key`].
    Delete { number: u64, key: &'a str },
    /// It is in sync.
    Ready,
    /// [`Sequencer::barrier`].
    Barrier { nonce: u64 },
    /// [`Sequencer::pong`].
    Pong { ping: u64 },
    /// [`Sequencer::answer_ping`].
    Ping { ping: u64 },
    /// [`Sequencer::resume`].
    Resume { heard: Seq, settled: u64 },
    /// It leaves.
    Goodbye,
    /// More of it is to come.
    Incomplete,
}

impl Request<'_> {
    /// A whole object has arrived, or is refused.
    fn of_parcel(parcel: Parcel, refusal: Option<String>) -> Self {
        match refusal {
            None => Self::Create(parcel),
            Some(reason) => Self::Refuse {
                number: parcel.at,
                key: parcel.key,
                reason,
            },
        }
    }
}

impl<C: Clone> Sequencer<C> {
    /// Takes a member's message apart and checks that it is due.
    pub(crate) fn receive<'a>(
        &mut self,
        from: PeerId,
        message: ToHost<'a>,
    ) -> Result<Request<'a>, Violation> {
        let member = self.members.get_mut(&from);
        if let Some(member) = member.filter(|member| member.turn == Turn::Weighed) {
            member.turn = Turn::Over;
        }
        if self.is_over {
            // It will be proposed to another host, if at all.
            return Ok(Request::Incomplete);
        }
        let request = self.take_apart(from, message)?;
        let is_proposal = matches!(
            request,
            Request::Commit(_)
                | Request::Create(_)
                | Request::Refuse { .. }
                | Request::Delete { .. }
        );
        if let Some(member) = self.members.get_mut(&from).filter(|_| is_proposal) {
            member.turn = Turn::Under;
        }
        Ok(request)
    }

    fn take_apart<'a>(
        &mut self,
        from: PeerId,
        message: ToHost<'a>,
    ) -> Result<Request<'a>, Violation> {
        let no_room = self.has_no_room(from, &message);
        let member = self.members.get_mut(&from);
        let Some(member) = member.filter(|member| member.turn != Turn::Last) else {
            return Err(Violation::OutOfTurn("a message after it was removed"));
        };
        member.messages += 1;
        if !matches!(message, ToHost::Chunk(_)) {
            member
                .arrivals
                .expect_none("another message inside a value")?;
        }
        member.count(&message)?;
        if let ToHost::Commit { terms, .. } | ToHost::Act { terms, .. } = &message {
            member.has_heard(terms.base);
        }
        Ok(match message {
            ToHost::Commit {
                number,
                object,
                terms,
                patches,
            } => Request::Commit(Proposal {
                number,
                object,
                terms,
                patches,
                acts: Vec::new(),
                no_room,
            }),
            ToHost::Act {
                number,
                object,
                terms,
                patches,
                acts,
            } => Request::Commit(Proposal {
                number,
                object,
                terms,
                patches,
                acts,
                no_room,
            }),
            ToHost::Create {
                number,
                object,
                key,
                schema,
                length,
            } => {
                if object.creator != from || self.objects.contains_key(&object) {
                    return Err(Violation::WrongCreator { object });
                }
                let parcel = Parcel {
                    at: number,
                    object,
                    key: key.into(),
                    schema: member.exchange.table(schema)?,
                    reserved: false,
                    value: Arc::default(),
                };
                let announce = |arrivals: &mut Arrivals| arrivals.announce(parcel, length);
                return self.take_part(from, no_room, announce);
            }
            ToHost::Chunk(bytes) => {
                return self.take_part(from, no_room, |arrivals| arrivals.chunk(bytes));
            }
            ToHost::Delete { number, key } => Request::Delete { number, key },
            ToHost::Lacks { key } => {
                let object = self.names.get(key).copied();
                // Its own it has, with commits of which it is still to hear.
                let object = object.filter(|object| object.creator != from);
                member.lacking.extend(object.filter(|_| member.is_away));
                Request::Incomplete
            }
            ToHost::Schema { table } => {
                member.learn(table.into_owned(), self.memory.limits.schema_bytes)?;
                Request::Incomplete
            }
            ToHost::Ready => Request::Ready,
            ToHost::Barrier { nonce } => Request::Barrier { nonce },
            ToHost::Pong { ping } => Request::Pong { ping },
            ToHost::Ping { ping } => Request::Ping { ping },
            ToHost::Resume { heard, settled } => Request::Resume { heard, settled },
            ToHost::Goodbye => Request::Goodbye,
        })
    }

    /// Takes a part of a value, or keeps nothing of it.
    fn take_part<'a>(
        &mut self,
        from: PeerId,
        no_room: Option<String>,
        take: impl FnOnce(&mut Arrivals) -> Result<Option<Parcel>, Violation>,
    ) -> Result<Request<'a>, Violation> {
        let Some(member) = self.members.get_mut(&from) else {
            return Ok(Request::Incomplete);
        };
        let before = member.arrivals.bytes();
        if let Some(reason) = no_room {
            member.arrivals.refuse(reason);
        }
        let arrived = take(&mut member.arrivals);
        self.held.arrive(before, member.arrivals.bytes());
        let Some(parcel) = arrived? else {
            return Ok(Request::Incomplete);
        };
        let refusal = member.arrivals.take_refusal();
        if refusal.is_none() {
            // It has no key yet, and may have to wait for it.
            member.landing = parcel.bytes();
            self.held.arrive(0, member.landing);
        }
        Ok(Request::of_parcel(parcel, refusal))
    }
}
