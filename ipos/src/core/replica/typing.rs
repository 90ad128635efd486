//! By what a replica holds the value: by its Rust type, or by its schema alone.

use super::{Life, Replica};
use crate::{
    Shared,
    core::{
        Typed, Untyped,
        audience::{Hall, Told},
    },
    wire::DecodeError,
};

impl Replica {
    /// Whether the value is held by its schema alone.
    pub(crate) fn is_untyped(&self) -> bool {
        self.state.as_any().is::<Untyped>()
    }

    /// Whether the object goes on without the Rust type that this replica holds it by.
    pub(crate) fn is_unreadable(&self) -> bool {
        matches!(self.life, Life::Unreadable(_))
    }

    /// Holds the value by the Rust type `T`, whose form it has, instead of by its schema. `false`
    /// when it is held by another Rust type.
    ///
    /// # Errors
    ///
    /// When `T` refuses the value; then nothing is changed.
    pub(crate) fn retype<T: Shared>(&mut self) -> Result<bool, DecodeError> {
        debug_assert!(
            self.fits(&crate::schema::schema_of::<T>()),
            "the caller has asked"
        );
        if self.is_untyped() {
            // The type must be able to hold what undoing the pending commits leads back to.
            self.undo_pending();
            let typed = self.state.as_any().downcast_ref().map(Untyped::typed::<T>);
            let taken = typed.transpose().map(|typed| {
                if let Some(typed) = typed {
                    self.state = Box::new(typed);
                }
            });
            self.redo_pending();
            taken?;
        }
        Ok(self.state.as_any().is::<Typed<T>>())
    }

    /// Does what the Rust type has refused, by the schema alone. This replica keeps its last state and ends;
    /// the object goes on in the one that is given, with what is pending. Who listens here is told that, and
    /// of the verdicts that have come, but of no change that the type refuses.
    ///
    /// # Errors
    ///
    /// When the schema refuses it as well: then the peer is to blame.
    pub(crate) fn part(
        &mut self,
        refused: DecodeError,
        change: impl FnOnce(&mut Self) -> Result<bool, DecodeError>,
    ) -> Result<Self, DecodeError> {
        if self.is_untyped() {
            return Err(refused);
        }
        let seq = self.seq;
        let held = Box::new(Untyped::of(&*self.state));
        let typed = std::mem::replace(&mut self.state, held);
        let audience = self.audience.clone();
        self.audience = audience.of_verdicts();
        if let Err(problem) = change(self) {
            (self.state, self.audience) = (typed, audience);
            return Err(problem);
        }
        let mut last = Self::new(self.id, seq, typed);
        last.life = Life::Unreadable(refused);
        last.version = self.version + 1;
        last.audience = audience;
        let mut held = std::mem::replace(self, last);
        held.audience = Hall::default();
        // Who waits here for a verdict is told that it does not come here. It comes to the other.
        let unheard = held.refusals.take_unheard();
        self.refusals = std::mem::replace(&mut held.refusals, unheard);
        for pending in &held.pending {
            if pending.is_watched() {
                let left = (held.id, pending.number);
                self.refusals.left.insert(left, pending.ticket);
            }
            let verdict =
                Err("not known here: the object became unreadable before its host answered");
            self.settle(pending.ticket, verdict);
        }
        self.audience.tell(Told::Ended);
        Ok(held)
    }
}
