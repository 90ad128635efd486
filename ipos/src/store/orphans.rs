//! The objects of a member that was cut off, or whose host is gone.

use std::sync::Arc;

use super::{MemberStore, Outside};
use crate::core::{Dealt, Exchange, Life, Notice, PeerId, Unsent, Violation};

/// Why a commit does not count to an object that no host has.
const NOT_THERE: &str = "the host was started again and has no object under this key";

impl<P: Outside> MemberStore<P> {
    /// Notes that this member is cut off: messages may have been lost, both ways.
    ///
    /// # Errors
    ///
    /// When what has come before does not apply.
    pub(crate) fn cut_off(&self) -> Result<(), Violation> {
        let rested = self.rest();
        self.table().member.cut_off();
        rested
    }

    /// Joins the session of another host, as its member `me`. Nothing of that is to be taken before. If it is the host
    /// that has let this member go, it has `dealt` with some of its proposals.
    pub(crate) fn rejoin(&self, me: PeerId, exchange: Exchange, dealt: Dealt) {
        {
            let mut table = self.table();
            let left = table.member.rejoin(me, exchange, dealt);
            for (peer, profile) in left {
                let profile = &profile;
                table.post.notice(Notice::Left { peer, profile });
            }
        }
        loop {
            // Others create, delete and commit meanwhile.
            let (hidden, held) = {
                let mut table = self.table();
                (table.member.take_hidden(), table.member.held_of_a_host())
            };
            let is_done = hidden.is_empty() && held.is_empty();
            for cell in hidden {
                cell.lock().lose_left();
                cell.notify_all();
            }
            for (key, cell) in held {
                let mut replica = cell.lock();
                let mut table = self.table();
                let now = table.member.named(&key);
                if now.is_some_and(|now| Arc::ptr_eq(now, &cell)) {
                    table.member.orphan(&key, &mut replica);
                }
                drop(table);
                drop(replica);
                // What was dealt with is not pending any more.
                cell.notify_all();
            }
            if is_done {
                return;
            }
        }
    }

    /// Proposes again what has not arrived, if anything.
    pub(super) fn send_again(&self) {
        loop {
            let next = self.with(|member, post| {
                let unsent = member.unsent(post)?;
                let cell = match &unsent {
                    Unsent::Commit(_, object) => member.cell(*object).cloned(),
                    Unsent::Create(..) | Unsent::Delete(..) => None,
                };
                Some((unsent, cell))
            });
            let Some((unsent, cell)) = next else { break };
            let mut replica = cell.as_ref().map(|cell| cell.lock());
            self.with(|member, post| member.send_again(&unsent, replica.as_deref_mut(), post));
        }
        self.bear();
    }

    /// Proposes what was created here and no host has heard of, if this member is in sync.
    fn bear(&self) {
        loop {
            let unborn = self.table().member.unborn();
            let Some(cell) = unborn else { return };
            let mut replica = cell.lock();
            self.with(|member, post| member.bear(&mut replica, post));
        }
    }

    /// Whether there are objects that the host may still come to have.
    pub(crate) fn has_orphans(&self) -> bool {
        self.table().member.waiting_orphan().is_some()
    }

    /// Ends the objects that the host does not have, and gives their keys. It was given time.
    pub(crate) fn disown(&self) -> Vec<String> {
        let mut ended = Vec::new();
        loop {
            let orphan = self.table().member.waiting_orphan();
            let Some((object, cell)) = orphan else {
                return ended;
            };
            let mut replica = cell.lock();
            let mut table = self.table();
            let now = table.member.cell(object);
            if now.is_some_and(|now| Arc::ptr_eq(now, &cell)) {
                ended.push(cell.key().to_owned());
                replica.refuse_pending(NOT_THERE);
                replica.end(Life::Deleted);
                table.gone(object, None);
                table.member.disown(cell.key());
            }
            drop(table);
            drop(replica);
            cell.notify_all();
        }
    }
}
