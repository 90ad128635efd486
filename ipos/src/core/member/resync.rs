//! A member that joins, was cut off, or has not read for too long: it is given what it has missed, and
//! then proposes again what has not arrived.

use std::{collections::BTreeSet, sync::Arc};

use super::{Member, Parcel, Proposal};
use crate::breaks::{Break, broken};
use crate::core::{
    Exchange, ObjectId, Post, Replica, Seq, Violation,
    message::{Terms, ToHost, Whole},
    replica::Draft,
};

/// How far a member has come with catching up. Until it is done, nothing that it does is told.
#[derive(Debug, Default)]
pub(super) struct Resync {
    /// The last proposal that has arrived, or was sent again.
    sent: u64,
    /// When all objects are given anew: those that were, of what the host has told of before.
    renewed: Option<BTreeSet<ObjectId>>,
    /// The host has answered, unless nothing was asked.
    is_answered: bool,
    /// All was given.
    is_live: bool,
}

impl Resync {
    /// Of a member that has heard nothing: it is given everything without asking.
    pub(super) fn of_joining() -> Self {
        Self {
            is_answered: true,
            ..Self::default()
        }
    }
}

/// A proposal that has not arrived.
#[derive(Debug)]
pub(crate) enum Unsent {
    /// Of this object.
    Commit(u64, ObjectId),
    Create(u64, Arc<Parcel>),
    Delete(u64, Arc<str>),
}

impl<C: Clone> Member<C> {
    /// Notes that this member is cut off: messages may have been lost, both ways.
    pub(crate) fn cut_off(&mut self) {
        self.arrivals.drop_open();
        self.exchange.was_dropped();
        self.exchange.has_missed();
        self.resync = Some(Resync::default());
    }

    /// Is connected again with the host that it was cut off from: asks for what was missed.
    pub(crate) fn reconnect(&mut self, exchange: Exchange, post: &mut impl Post) {
        self.exchange = exchange;
        self.resume(post);
    }

    /// Asks the host for what was missed.
    pub(crate) fn resume(&mut self, post: &mut impl Post) {
        self.resync = Some(Resync::default());
        let (heard, settled) = (self.heard, self.settled());
        for key in self.awaited.clone() {
            self.tell(post, &ToHost::Lacks { key: &key });
        }
        self.tell(post, &ToHost::Resume { heard, settled });
    }

    /// The number of the last proposal with a verdict.
    pub(super) fn settled(&self) -> u64 {
        self.number - self.unsettled.len() as u64
    }

    pub(super) fn has_heard(&mut self, seq: Seq) {
        if self.resync.is_none() {
            self.heard = self.heard.max(seq);
        }
    }

    pub(super) fn resumed(&mut self, taken: u64, anew: bool) -> Result<(), Violation> {
        let settled = self.settled();
        let expected = settled..=self.number;
        let resync = self.resync.as_mut().filter(|_| expected.contains(&taken));
        let Some(resync) = resync else {
            return Err(Violation::OutOfTurn("an answer to what was not asked"));
        };
        *resync = Resync {
            sent: taken,
            renewed: anew.then(BTreeSet::new),
            is_answered: true,
            is_live: false,
        };
        Ok(())
    }

    /// Whether all objects are being given anew.
    pub(super) fn is_renewing(&self) -> bool {
        self.resync
            .as_ref()
            .is_some_and(|resync| resync.renewed.is_some())
    }

    /// Notes that the host has an object.
    pub(super) fn renewed(&mut self, object: ObjectId) {
        let renewed = self
            .resync
            .as_mut()
            .and_then(|resync| resync.renewed.as_mut());
        if let Some(renewed) = renewed {
            renewed.insert(object);
        }
    }

    /// All up to `seq` was given. Gives the objects that the host has no more.
    pub(super) fn caught_up(&mut self, seq: Seq) -> Result<Vec<ObjectId>, Violation> {
        self.heard = self.heard.max(seq);
        let Some(resync) = &mut self.resync else {
            return Ok(Vec::new());
        };
        if !resync.is_answered {
            return Err(Violation::OutOfTurn("that all was given"));
        }
        resync.is_live = true;
        let Some(renewed) = resync.renewed.take() else {
            return Ok(Vec::new());
        };
        let told = self.names.confirmed();
        let gone: Vec<_> = told
            .filter(|(_, object)| !object.is_orphan() && !renewed.contains(object))
            .filter(|_| !broken(Break::NotRenewed))
            .map(|(key, object)| (key.clone(), object))
            .collect();
        for (key, _) in &gone {
            self.confirm_deleted(key, seq);
        }
        Ok(gone.into_iter().map(|(_, object)| object).collect())
    }

    /// The next proposal that is to be sent again, with [`send_again`](Self::send_again). When there
    /// is none, the resync is over, and what this member does is told again.
    pub(crate) fn unsent(&mut self, post: &mut impl Post) -> Option<Unsent> {
        let resync = self.resync.as_ref().filter(|resync| resync.is_live)?;
        let first = self.settled() + 1;
        let number = first.max(resync.sent + 1);
        if number > self.number {
            self.resync = None;
            self.asked_barrier = None;
            self.ask_for_barrier(post);
            return None;
        }
        let at = usize::try_from(number - first).expect("it is in the queue");
        Some(match &self.unsettled[at] {
            Proposal::Commit(object) => Unsent::Commit(number, *object),
            Proposal::Create(parcel, _) => Unsent::Create(number, parcel.clone()),
            Proposal::Delete(key, _) => Unsent::Delete(number, key.clone()),
        })
    }

    /// Sends a proposal again. `replica` is that of the commit's object, if that is still held here.
    pub(crate) fn send_again(
        &mut self,
        unsent: &Unsent,
        replica: Option<&mut Replica>,
        post: &mut impl Post,
    ) {
        let Some(mut resync) = self.resync.take() else {
            return;
        };
        match unsent {
            &Unsent::Commit(number, object) => {
                resync.sent = number;
                let replica = replica.filter(|replica| replica.id() == object);
                let is_sent = replica.is_some_and(|replica| {
                    replica.resend(number, |terms, draft| {
                        self.tell_commit(number, object, terms, draft, post);
                    })
                });
                if !is_sent {
                    // Its object was overwritten or deleted here since, and nothing is left of it.
                    let terms = Terms {
                        whole: Whole::Lost,
                        ..Terms::default()
                    };
                    self.tell_commit(number, object, terms, Draft::EMPTY, post);
                }
            }
            Unsent::Create(number, parcel) => {
                resync.sent = *number;
                self.tell_created(*number, parcel, post);
            }
            Unsent::Delete(number, key) => {
                resync.sent = *number;
                self.tell_deleted(*number, key, post);
            }
        }
        self.resync = Some(resync);
    }
}
