//! Those who listen to one object.

use std::{
    cell::OnceCell,
    sync::{Arc, Weak},
};

use super::{
    peers::Peers,
    queue::{Closing, Entry, Queue},
};
use crate::{
    breaks::{Break, broken},
    core::{Audience, Origin, Rebased, Seq, Told},
    schema::Schema,
    sync::{
        Mutex,
        atomic::{AtomicBool, Ordering},
        slips,
    },
    wire::Reader,
};

/// What a subscription is told of an object.
#[derive(Debug)]
pub(crate) enum Heard {
    /// The value has changed. `commit` counts those that were made here and are not confirmed.
    Patched {
        seq: Seq,
        origin: Origin,
        commit: Option<u64>,
        patches: Arc<[u8]>,
    },
    /// It is another value, or something was dropped.
    Reset { seq: Seq },
    /// The verdict on a commit that was made here.
    Settled {
        commit: u64,
        verdict: Result<Seq, String>,
    },
    /// Verdicts were dropped: the last was on this commit, and so many were refusals. The last place that was
    /// given is `seq`.
    Missed { commit: u64, refused: u64, seq: Seq },
    /// The object's life has ended.
    Ended,
}

impl Heard {
    /// The place that it tells of; 0 when there is none.
    fn seq(&self) -> Seq {
        match self {
            Self::Patched { seq, .. }
            | Self::Reset { seq }
            | Self::Missed { seq, .. }
            | Self::Settled {
                verdict: Ok(seq), ..
            } => *seq,
            Self::Settled { .. } | Self::Ended => 0,
        }
    }
}

impl Entry for Heard {
    fn bytes(&self) -> usize {
        match self {
            Self::Patched { patches, .. } => patches.len(),
            Self::Settled {
                verdict: Err(reason),
                ..
            } => reason.len(),
            _ => 0,
        }
    }

    /// Verdicts change no copy, and are told once.
    fn is_kept(&self) -> bool {
        matches!(self, Self::Settled { .. } | Self::Missed { .. }) && !broken(Break::ForgetVerdicts)
    }

    fn is_last(&self) -> bool {
        matches!(self, Self::Ended)
    }

    /// That the value is another one, if it is, and then what is known of the verdicts, if there were any.
    fn missed(notices: &mut Vec<Self>, dropped: Self) {
        let seq = notices.iter().map(Self::seq).max();
        let seq = match dropped {
            // Another host may have begun another order.
            Self::Reset { seq } => seq,
            _ => seq.unwrap_or(0).max(dropped.seq()),
        };
        let was_reset = matches!(notices.first(), Some(Self::Reset { .. }));
        let earlier = match notices.last() {
            Some(&Self::Missed {
                commit, refused, ..
            }) => Some((commit, refused)),
            _ => None,
        };
        let verdicts = match &dropped {
            Self::Settled { commit, verdict } => {
                let before = earlier.map_or(0, |(_, refused)| refused);
                Some((*commit, before + u64::from(verdict.is_err())))
            }
            _ => earlier,
        };
        let is_reset = was_reset || !dropped.is_kept();
        let reset = is_reset.then_some(Self::Reset { seq });
        let verdicts = verdicts.map(|(commit, refused)| Self::Missed {
            commit,
            refused,
            seq,
        });
        *notices = reset.into_iter().chain(verdicts).collect();
    }
}

/// One who listens to an object, or to a part of it.
#[derive(Debug)]
pub(crate) struct Hearer {
    pub(crate) queue: Weak<Queue<Heard>>,
    pub(crate) peers: Arc<Peers>,
    /// The way to the part; empty for the whole.
    pub(crate) path: Vec<u8>,
    pub(crate) schema: Arc<Schema>,
    /// It also hears what becomes of the commits that are made here.
    pub(crate) follows: bool,
}

/// Those who listen to one object. Somebody who reads it may join them, since nobody writes it then.
#[derive(Debug, Default)]
pub(crate) struct Hearers {
    all: Mutex<All>,
    is_heard: AtomicBool,
}

#[derive(Debug, Default)]
struct All {
    hearers: Vec<Hearer>,
    /// How many there were when those that have gone were looked for last.
    living: usize,
}

/// How many hearers may be there without a look for those that have gone.
const FEW: usize = 8;

impl Hearers {
    /// Somebody more listens from now on.
    pub(crate) fn join(&self, hearer: Hearer) {
        let mut all = self.all.lock();
        // Nothing may ever be told here, so nothing else would find them.
        if all.hearers.len() >= FEW.max(2 * all.living) {
            all.hearers.retain(Hearer::is_there);
            all.living = all.hearers.len();
        }
        all.hearers.push(hearer);
        self.is_heard.store(true, Ordering::Release);
    }

    /// Wakes those who were told something. To be called without locks.
    pub(crate) fn wake(&self) {
        if self.is_empty() {
            return;
        }
        let told: Vec<_> = {
            let all = self.all.lock();
            let queues = all.hearers.iter().map(|hearer| hearer.queue.upgrade());
            queues.flatten().collect()
        };
        for queue in told {
            queue.wake();
        }
    }

    /// How many are remembered, with those that have gone.
    #[cfg(feature = "simulation")]
    pub(crate) fn count(&self) -> usize {
        self.all.lock().hearers.len()
    }
}

impl Audience for Hearers {
    fn is_empty(&self) -> bool {
        !self.is_heard.load(Ordering::Acquire)
    }

    fn tell(&self, told: Told<'_>) {
        let telling = Telling::of(told);
        let mut all = self.all.lock();
        all.hearers.retain(|hearer| hearer.hear(&telling));
        all.living = all.hearers.len();
        let is_heard = all.living > 0;
        if slips("the flag is lowered when the list is let go of") {
            drop(all);
        }
        self.is_heard.store(is_heard, Ordering::Release);
    }
}

/// What is told, and what of it is the same for all who hear it, made for the first of them.
struct Telling<'a> {
    told: Told<'a>,
    origin: OnceCell<Origin>,
    patches: OnceCell<Arc<[u8]>>,
}

impl<'a> Telling<'a> {
    fn of(told: Told<'a>) -> Self {
        Self {
            told,
            origin: OnceCell::new(),
            patches: OnceCell::new(),
        }
    }
}

impl Hearer {
    fn is_there(&self) -> bool {
        self.queue.strong_count() > 0
    }

    /// Hears that the object's life has ended.
    pub(crate) fn ended(&self) {
        self.hear(&Telling::of(Told::Ended));
    }

    /// `false` when nobody listens any more.
    fn hear(&self, telling: &Telling<'_>) -> bool {
        let Some(queue) = self.queue.upgrade() else {
            return false;
        };
        if let Some(heard) = self.heard(telling) {
            queue.push(heard);
        }
        if matches!(telling.told, Told::Ended) {
            queue.close();
        }
        true
    }

    /// What is told, as far as it is for this one.
    fn heard(&self, telling: &Telling<'_>) -> Option<Heard> {
        let me = || *telling.origin.get_or_init(|| self.peers.me());
        let of = |peer| *telling.origin.get_or_init(|| self.peers.origin(peer));
        let heard = |seq, origin, commit, patches: Arc<[u8]>| Heard::Patched {
            seq,
            origin,
            commit,
            patches,
        };
        let change = |seq, origin, patches: Arc<[u8]>| {
            (!patches.is_empty()).then(|| heard(seq, origin, None, patches))
        };
        match telling.told {
            // Who follows counts them, also those that change nothing.
            Told::Committed { commit, patches } if self.follows => {
                let patches = self.of_part_shared(telling, patches);
                Some(heard(0, me(), Some(commit), patches))
            }
            Told::Committed { patches, .. } => {
                change(0, me(), self.of_part_shared(telling, patches))
            }
            Told::Happened { seq, patches } => {
                change(seq, me(), self.of_part_shared(telling, patches))
            }
            Told::Patched {
                seq,
                origin,
                patches,
            } => change(seq, of(origin), self.of_part_shared(telling, patches)),
            Told::Rebased(rebased) => {
                let patches = self.rebased(rebased)?;
                change(rebased.seq, of(rebased.origin), patches.into())
            }
            Told::Reset { seq } => Some(Heard::Reset { seq }),
            Told::Settled { commit, verdict } => self.follows.then(|| Heard::Settled {
                commit,
                verdict: verdict.map_err(str::to_owned),
            }),
            Told::Ended => Some(Heard::Ended),
        }
    }

    /// What a rebase changes of the part. `None` when the commit that it is for has nothing of the part, and what is
    /// pending of it is the same before and after. A commit that was pending itself changes nothing either where it
    /// counts as it was.
    fn rebased(&self, rebased: &Rebased<'_>) -> Option<Vec<u8>> {
        let commit = self.of_part(rebased.commit);
        let after = self.of_part(rebased.after);
        let is_for_others = commit.is_empty() || rebased.is_own;
        let is_same = self.of_part(rebased.before) == [&commit[..], &after].concat();
        let is_missed = broken(Break::PartMisses) && !self.path.is_empty() && commit.is_empty();
        let is_same = is_same || is_missed;
        if is_for_others && is_same && !broken(Break::PartHearsAll) {
            return None;
        }
        Some([self.of_part(rebased.inverse), commit, after].concat())
    }

    /// The patches of the part alone, as those of a value of its own. All who hear of the whole share them.
    fn of_part_shared(&self, telling: &Telling<'_>, patches: &[u8]) -> Arc<[u8]> {
        if self.path.is_empty() {
            telling.patches.get_or_init(|| patches.into()).clone()
        } else {
            self.of_part(patches).into()
        }
    }

    /// The same, of this one alone.
    fn of_part(&self, patches: &[u8]) -> Vec<u8> {
        if self.path.is_empty() {
            return patches.to_vec();
        }
        let mut of_part = Vec::new();
        let mut reader = Reader::of_own(patches);
        while !reader.is_empty() {
            let patch = reader.taken(|reader| self.schema.skip_patch(reader));
            let patch = patch.expect("it was just applied");
            of_part.extend(patch.strip_prefix(&self.path[..]).unwrap_or_default());
        }
        of_part
    }
}
