//! What a member does with its host's messages.

use std::sync::{Arc, atomic::Ordering};

use ipos_transport::FrameReader;

use super::{MemberSide, Table};
use crate::{
    cell::Cell,
    core::{
        LOST, Life, News, ObjectId, Origin, Replica, Settled, ToMember, Unsent, Violation, message,
    },
    directory::{self, Placed},
    driver::{Flow, pump},
    session::{End, Session},
    wire::DecodeError,
};

/// What ended the reading of the host's messages.
#[derive(Debug, thiserror::Error)]
enum Lost {
    #[error(transparent)]
    Link(#[from] ipos_transport::Error),
    #[error(transparent)]
    Violation(#[from] Violation),
}

pub(super) fn read(session: &Arc<Session>, mut frames: FrameReader) {
    let Some(side) = session.member() else { return };
    // Whatever ends the thread ends the session for this process.
    let mut end = EndOfReading {
        session,
        why: "the thread that reads from it has panicked".into(),
    };
    let waiting = session.settings().waiting;
    let take = |frame: &[u8]| Ok(side.take(session, frame)?);
    let result = pump::<Lost>(&side.link, &mut frames, waiting, take, || side.send());
    end.why = match result {
        Ok(Flow::Stop) => "it has ended the session or removed this process".into(),
        Ok(Flow::Continue) => "the connection closed".into(),
        Err(lost) => lost.to_string(),
    };
}

struct EndOfReading<'a> {
    session: &'a Session,
    why: String,
}

impl Drop for EndOfReading<'_> {
    fn drop(&mut self) {
        self.session
            .end(End::HostGone(std::mem::take(&mut self.why)));
        if let Some(side) = self.session.member() {
            side.outbox.close();
            side.settled.notify(usize::MAX);
        }
    }
}

impl MemberSide {
    fn take(&self, session: &Session, frame: &[u8]) -> Result<Flow, Violation> {
        let message: ToMember<'_> = message::read(frame)?;
        let (news, is_settled) = {
            let member = &mut self.table.lock().member;
            (member.receive(message)?, member.is_settled())
        };
        match news {
            News::Commit {
                seq,
                object,
                patches,
            } => {
                self.change(object, "changes", |replica| {
                    replica.apply_confirmed(seq, patches).map(|()| true)
                })?;
            }
            News::Settled(settled) => self.hear_verdict(session, settled)?,
            News::Incomplete | News::Resumed => {}
            News::Ping { ping } => {
                let mut table = self.table.lock();
                let Table { member, host, .. } = &mut *table;
                member.pong(ping, host);
            }
            News::Passed => {
                self.settled.notify(usize::MAX);
            }
            News::Resync => {
                let mut table = self.table.lock();
                let Table { member, host, .. } = &mut *table;
                member.resume(host);
            }
            News::Object(parcel) => {
                let placed = directory::install(&self.table, &parcel, None, |table, cell| {
                    table.member.place(&parcel, cell.clone());
                    parcel.at
                });
                let placed = placed.map_err(|problem| Violation::Malformed {
                    what: "value",
                    key: parcel.key.to_string(),
                    problem,
                })?;
                if let Placed::Here(_) = placed {
                    session.announce();
                }
            }
            News::Deleted(object) => {
                if let Some(object) = object {
                    self.end(object)?;
                }
            }
            News::Live { gone } => {
                for object in gone {
                    self.end(object)?;
                }
                self.send_again();
                self.live.store(true, Ordering::Release);
                self.became_live.notify(usize::MAX);
            }
            News::Goodbye => return Ok(Flow::Stop),
        }
        if is_settled {
            self.settled.notify(usize::MAX);
        }
        Ok(Flow::Continue)
    }

    /// Does what a verdict says.
    fn hear_verdict(&self, session: &Session, settled: Settled<'_>) -> Result<(), Violation> {
        match settled {
            Settled::Commit {
                seq,
                number,
                object,
                amended,
            } => {
                self.change(object, "amended changes", |replica| {
                    replica.confirm_own(seq, number, amended)
                })?;
            }
            Settled::Untold { number, object } => {
                self.change(object, "verdict", |replica| {
                    replica.confirm_untold(number);
                    Ok(true)
                })?;
            }
            Settled::Stale { number, object } => {
                let mut lost = 0;
                let cell = self.change(object, "state", |replica| {
                    let mut table = self.table.lock();
                    let Table { member, host, .. } = &mut *table;
                    lost = member.propose_again(number, replica, host);
                    Ok(lost > 0)
                })?;
                for _ in 0..lost {
                    self.refused(session, cell.as_deref(), LOST);
                }
            }
            Settled::Refused {
                seq,
                number,
                object,
                reason,
            } => {
                let cell = self.change(object, "refusal", |replica| {
                    Ok(replica.refuse_own(seq, number, reason))
                })?;
                self.refused(session, cell.as_deref(), reason);
            }
            Settled::Created { seq, object } => {
                self.change(object, "creation", |replica| {
                    replica.confirm_created(seq);
                    Ok(true)
                })?;
            }
            Settled::CreationRefused {
                object,
                is_gone,
                reason,
            } => {
                let cell = self.change(object, "creation", |replica| {
                    replica.note_refusal(reason);
                    if is_gone {
                        replica.end(Life::Deleted);
                    }
                    Ok(true)
                })?;
                self.table.lock().member.forget(object);
                self.refused(session, cell.as_deref(), reason);
            }
            Settled::DeletionRefused { key, reason } => {
                session.refused(&key, self.origin(), reason);
            }
            Settled::Deleted => {}
        }
        Ok(())
    }

    /// Tells those who listen that something of this process was refused, unless its object is gone.
    fn refused(&self, session: &Session, cell: Option<&Cell>, reason: &str) {
        if let Some(cell) = cell {
            session.refused(cell.key(), self.origin(), reason);
        }
    }

    fn origin(&self) -> Origin {
        Origin::local(self.me, std::process::id())
    }

    /// Ends an object.
    fn end(&self, object: ObjectId) -> Result<(), Violation> {
        self.change(object, "deletion", |replica| {
            replica.end(Life::Deleted);
            Ok(true)
        })?;
        self.table.lock().member.forget(object);
        Ok(())
    }

    /// Proposes again what has not arrived, if anything.
    fn send_again(&self) {
        loop {
            let (unsent, cell) = {
                let mut table = self.table.lock();
                let Table { member, host, .. } = &mut *table;
                let Some(unsent) = member.unsent(host) else {
                    return;
                };
                let cell = match &unsent {
                    Unsent::Commit(_, object) => member.cell(*object).cloned(),
                    Unsent::Create(..) | Unsent::Delete(..) => None,
                };
                (unsent, cell)
            };
            let mut replica = cell.as_ref().map(|cell| cell.lock());
            let mut table = self.table.lock();
            let Table { member, host, .. } = &mut *table;
            member.send_again(&unsent, replica.as_deref_mut(), host);
        }
    }

    /// Does something to an object's replica, if this process still holds the object. Gives its cell then.
    fn change(
        &self,
        object: ObjectId,
        what: &'static str,
        change: impl FnOnce(&mut Replica) -> Result<bool, DecodeError>,
    ) -> Result<Option<Arc<Cell>>, Violation> {
        let Some(cell) = self.table.lock().member.cell(object).cloned() else {
            return Ok(None);
        };
        let mut replica = cell.lock();
        // The key may have been given to another object since the cell was looked up.
        if replica.id() != object {
            return Ok(None);
        }
        let malformed = |problem| Violation::Malformed {
            what,
            key: cell.key().to_owned(),
            problem,
        };
        let changed = change(&mut replica).map_err(malformed)?;
        let has_room = replica.has_room();
        drop(replica);
        if has_room {
            cell.notify_of_room();
        }
        if changed {
            cell.notify();
        }
        Ok(Some(cell))
    }
}
