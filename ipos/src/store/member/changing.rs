//! How what the host tells reaches an object's replica.

use std::sync::Arc;

use super::MemberStore;
use crate::{
    cell::{Cell, Opened},
    core::{News, ObjectId, Replica, Settled, ToMember, Violation, message},
    store::{Outside, malformed, part},
    wire::DecodeError,
};

impl<P: Outside> MemberStore<P> {
    /// As [`take`](Self::take), of a message that only changes an object, which nobody holds: no thread is waited for, and
    /// no action is run. `None` if it is another one; then nothing is done, and it is not counted as one of so many bytes
    /// that has arrived.
    pub(crate) fn take_at_once(
        &self,
        message: &[u8],
        bytes: usize,
    ) -> Option<Result<(), Violation>> {
        let message: ToMember<'_> = message::read(message).ok()?;
        if self.gathered.lock().object.is_some() {
            return None;
        }
        let (object, cell) = {
            let table = self.table();
            let (object, cell) = table.member.changed_by(&message)?;
            (object, cell.clone())
        };
        let held = cell.try_hold()?;
        let is_plain = match message {
            ToMember::Accepted { .. } => held.0.is_settled_plainly(),
            // What is pending may have to be done again, by the thread that reads, which may have more of them.
            _ => held.0.first_pending().is_none(),
        };
        if held.0.id() != object || !is_plain {
            return None;
        }
        let news = {
            let mut table = self.table();
            // The key may have been given to another object since the cell was looked up.
            let (_, now) = table.member.changed_by(&message)?;
            if !Arc::ptr_eq(now, &cell) {
                return None;
            }
            table.member.receive(message)
        };
        self.tally.arrived(bytes);
        Some(match news {
            Ok(News::Commit {
                seq,
                origin,
                patches,
                ..
            }) => self.change_held(&cell, held, object, "changes", |replica| {
                replica.apply_confirmed([(seq, origin, patches)])?;
                Ok(true)
            }),
            Ok(News::Settled(Settled::Commit {
                seq,
                number,
                amended,
                ..
            })) => self.change_held(&cell, held, object, "amended changes", |replica| {
                replica.confirm_own(seq, number, amended)
            }),
            Ok(_) => unreachable!("a message that only changes an object says no more than that"),
            Err(violation) => Err(violation),
        })
    }

    /// Does something to an object's replica, if this process still holds the object.
    /// When the Rust type refuses what the schema allows, the object goes on in a new cell without it, and
    /// the old one ends: that is no violation.
    #[inline]
    pub(super) fn change(
        &self,
        object: ObjectId,
        what: &'static str,
        change: impl FnMut(&mut Replica) -> Result<bool, DecodeError>,
    ) -> Result<(), Violation> {
        let Some(cell) = self.table().member.cell(object).cloned() else {
            return Ok(());
        };
        let held = cell.hold();
        self.change_held(&cell, held, object, what, change)
    }

    // For each of those that call it there is one: each message comes by here.
    #[inline(always)]
    #[allow(clippy::inline_always)]
    fn change_held(
        &self,
        cell: &Arc<Cell>,
        (mut replica, held): Opened<'_>,
        object: ObjectId,
        what: &'static str,
        mut change: impl FnMut(&mut Replica) -> Result<bool, DecodeError>,
    ) -> Result<(), Violation> {
        // The key may have been given to another object since the cell was looked up.
        if replica.id() != object {
            return Ok(());
        }
        let changed = match change(&mut replica) {
            Ok(changed) => changed,
            Err(_) if !replica.is_live() => return Ok(()),
            Err(refused) => {
                let rest = part(cell.key(), &mut replica, refused, change)
                    .map_err(|problem| malformed(what, cell.key(), problem))?;
                self.table().member.hold(object, cell.with(rest));
                drop((replica, held));
                cell.notify_all();
                return Ok(());
            }
        };
        let has_room = replica.has_room();
        self.tally.worked(replica.take_work());
        if replica.has_settled() {
            self.table().spare.take_back(&mut replica);
        }
        drop((replica, held));
        if changed {
            cell.notify();
        }
        if has_room {
            cell.notify_of_room();
        }
        Ok(())
    }
}
