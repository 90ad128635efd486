//! What a replica on a member tells of its commits to those who listen.

use super::{Replica, pending::Pending};
use crate::core::{PeerId, Seq, audience::Told};

impl Replica {
    /// What takes back all that is pending, if anybody is to hear of it.
    pub(super) fn inverse_of_pending(&self) -> Option<Vec<u8>> {
        let youngest_first = self.pending.iter().rev().flat_map(Pending::inverse);
        (!self.audience.is_empty()).then(|| youngest_first.collect())
    }

    /// Tells that what was pending was taken back, then `patches` were applied, then what is pending now was
    /// done again.
    pub(super) fn tell_rebased(
        &mut self,
        seq: Seq,
        origin: PeerId,
        before: Option<Vec<u8>>,
        patches: &[u8],
    ) {
        let Some(before) = before else { return };
        let mut rebased = vec![&before[..], patches];
        rebased.extend(self.pending.iter().map(Pending::done));
        self.audience.tell(Told::Patched {
            seq,
            origin,
            patches: &rebased,
        });
    }

    pub(super) fn settle(&mut self, commit: u64, verdict: Result<Seq, &str>) {
        self.audience.tell(Told::Settled { commit, verdict });
    }
}
