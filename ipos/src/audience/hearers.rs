//! Those who listen to one object.

use std::sync::{
    Arc, Weak,
    atomic::{AtomicBool, Ordering},
};

use parking_lot::Mutex;

use super::{
    peers::Peers,
    queue::{Closing, Entry, Queue},
};
use crate::{
    core::{Audience, Origin, Seq, Told},
    schema::Schema,
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
        patches: Vec<u8>,
    },
    /// It is another value, or something was dropped.
    Reset { seq: Seq },
    /// The verdict on a commit that was made here.
    Settled {
        commit: u64,
        verdict: Result<Seq, String>,
    },
    /// The object's life has ended.
    Ended,
}

impl Entry for Heard {
    fn bytes(&self) -> usize {
        match self {
            Self::Patched { patches, .. } => patches.len(),
            _ => 0,
        }
    }

    fn is_last(&self) -> bool {
        matches!(self, Self::Ended)
    }

    fn missed(notice: Option<Self>, dropped: Self) -> Self {
        let seq = |heard: &Self| match heard {
            Self::Patched { seq, .. }
            | Self::Reset { seq }
            | Self::Settled {
                verdict: Ok(seq), ..
            } => *seq,
            Self::Settled { .. } | Self::Ended => 0,
        };
        let before = notice.as_ref().map_or(0, seq);
        Self::Reset {
            seq: before.max(seq(&dropped)),
        }
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
}

/// Those who listen to one object. Somebody who reads it may join them, since nobody writes it then.
#[derive(Debug, Default)]
pub(crate) struct Hearers {
    hearers: Mutex<Vec<Hearer>>,
    is_heard: AtomicBool,
}

impl Hearers {
    /// Somebody more listens from now on.
    pub(crate) fn join(&self, hearer: Hearer) {
        self.hearers.lock().push(hearer);
        self.is_heard.store(true, Ordering::Release);
    }
}

impl Audience for Hearers {
    fn is_empty(&self) -> bool {
        !self.is_heard.load(Ordering::Acquire)
    }

    fn tell(&self, told: Told<'_>) {
        let mut hearers = self.hearers.lock();
        hearers.retain(|hearer| hearer.hear(&told));
        self.is_heard.store(!hearers.is_empty(), Ordering::Release);
    }
}

impl Hearer {
    /// Hears that the object's life has ended.
    pub(crate) fn ended(&self) {
        self.hear(&Told::Ended);
    }

    /// `false` when nobody listens any more.
    fn hear(&self, told: &Told<'_>) -> bool {
        let Some(queue) = self.queue.upgrade() else {
            return false;
        };
        let heard = match *told {
            Told::Committed { commit, patches } => Heard::Patched {
                seq: 0,
                origin: self.peers.me(),
                commit: Some(commit),
                patches: self.of_part(&[patches]),
            },
            Told::Happened { seq, patches } => Heard::Patched {
                seq,
                origin: self.peers.me(),
                commit: None,
                patches: self.of_part(&[patches]),
            },
            Told::Patched {
                seq,
                origin,
                patches,
            } => Heard::Patched {
                seq,
                origin: self.peers.origin(origin),
                commit: None,
                patches: self.of_part(patches),
            },
            Told::Reset { seq } => Heard::Reset { seq },
            Told::Settled { commit, verdict } => Heard::Settled {
                commit,
                verdict: verdict.map_err(str::to_owned),
            },
            Told::Ended => Heard::Ended,
        };
        // What changes nothing, or nothing of the part, is not told; but a commit that was made here is counted.
        let is_counted = self.path.is_empty() && matches!(told, Told::Committed { .. });
        let is_empty = matches!(&heard, Heard::Patched { patches, .. } if patches.is_empty());
        if is_counted || !is_empty {
            queue.push(heard);
        }
        if matches!(told, Told::Ended) {
            queue.close();
        }
        true
    }

    /// The patches of the part alone, as those of a value of its own.
    fn of_part(&self, patches: &[&[u8]]) -> Vec<u8> {
        if self.path.is_empty() {
            return patches.concat();
        }
        let mut of_part = Vec::new();
        for patches in patches {
            let mut reader = Reader::of_own(patches);
            while !reader.is_empty() {
                let patch = reader.taken(|reader| self.schema.skip_patch(reader));
                let patch = patch.expect("it was just applied");
                of_part.extend(patch.strip_prefix(&self.path[..]).unwrap_or_default());
            }
        }
        of_part
    }
}
