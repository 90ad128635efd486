//! A replica whose host is gone: it waits until another host has its object, or is to have it.

use super::{Draft, Replica};
use crate::{
    breaks::{Break, broken},
    core::{ObjectId, Told, message::Terms},
};

/// Why a commit does not count that its process has made before it overwrote or deleted the object.
const LEFT: &str = "the host was gone before it answered, and this process has overwritten or deleted the object since";

/// Why nobody knows whether a commit counts.
const UNHEARD: &str = "the connection was lost for so long before the answer came that the host does not tell it any more: it may count";

/// A number that no proposal has, for a commit that no host has heard of.
fn unproposed(ticket: u64) -> u64 {
    u64::MAX - ticket
}

impl Replica {
    /// Whether no host is known to have the object. Then nothing that is pending was proposed.
    pub(crate) fn is_orphan(&self) -> bool {
        self.is_orphan
    }

    /// Notes that the host is gone. Until another one has the object, it is called `id`. That one has dealt with what
    /// was proposed for this one up to number `taken`: it is in the value that it has, or was refused.
    pub(crate) fn orphan(&mut self, id: ObjectId, taken: u64) {
        self.lose_left();
        let dealt_with = self.pending.partition_point(|own| own.number <= taken);
        for own in self.pending.drain(..dealt_with) {
            let commit = own.ticket;
            self.audience.tell(Told::Settled {
                commit,
                verdict: Err(UNHEARD),
            });
            self.refusals.note(Some(commit), UNHEARD);
        }
        if self.refusals.has_creation {
            // It is another object under the key that was waited for.
            self.drop_all_pending();
        }
        for pending in &mut self.pending {
            pending.number = unproposed(pending.ticket);
        }
        (self.id, self.base, self.is_orphan) = (id, 0, true);
    }

    /// Makes the open commit a pending one that is proposed when a host has the object.
    pub(crate) fn commit_orphan(&mut self, whole: bool) {
        self.commit_pending(unproposed(self.tickets + 1), whole);
    }

    /// A host has the object, and calls it `id`.
    pub(crate) fn adopted(&mut self, id: ObjectId) {
        if std::mem::take(&mut self.is_orphan) {
            self.id = id;
            self.base = if broken(Break::OldBase) { self.seq } else { 0 };
        }
    }

    /// Nobody will say any more what became of commits to objects that were overwritten or deleted here.
    pub(crate) fn lose_left(&mut self) {
        if broken(Break::LeftUnanswered) {
            return;
        }
        for ticket in std::mem::take(&mut self.refusals.left).into_values() {
            self.refusals.note(Some(ticket), LEFT);
        }
    }

    /// Proposes all that is pending, of which the host has not heard; `propose` is asked for the numbers.
    pub(crate) fn propose_all(&mut self, mut propose: impl FnMut(Terms, Draft<'_>) -> u64) {
        for at in 0..self.pending.len() {
            let terms = self.terms_anew(at);
            let pending = &mut self.pending[at];
            pending.number = propose(terms, pending.draft());
            pending.sent_again();
        }
    }
}
