//! What the host remembers of an object's last commits, so that a proposal can be carried over those
//! that its member had not heard of.

use std::collections::VecDeque;

use super::{PeerId, Seq, transform::Commit};
use crate::{
    breaks::{Break, broken},
    schema::Schema,
    wire::DecodeError,
};

/// How many of an object's commits are remembered, and how many bytes of them.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Memory {
    pub(crate) commits: usize,
    pub(crate) bytes: usize,
}

impl Default for Memory {
    fn default() -> Self {
        Self {
            commits: 1024,
            bytes: 256 * 1024,
        }
    }
}

/// An object's last commits, as they were confirmed.
#[derive(Debug, Default)]
pub(crate) struct Tail {
    commits: VecDeque<(Seq, PeerId, Vec<u8>)>,
    bytes: usize,
    /// Commits up to this one are forgotten.
    cut: Seq,
    memory: Memory,
}

impl Tail {
    /// Remembers so much from now on.
    #[cfg(feature = "simulation")]
    pub(crate) fn limit(&mut self, memory: Memory) {
        self.memory = memory;
    }

    pub(crate) fn push(&mut self, seq: Seq, origin: PeerId, patches: &[u8]) {
        self.bytes += patches.len();
        self.commits.push_back((seq, origin, patches.to_vec()));
        while self.commits.len() > self.memory.commits || self.bytes > self.memory.bytes {
            let Some((seq, _, patches)) = self.commits.pop_front() else {
                break;
            };
            self.bytes -= patches.len();
            self.cut = seq;
        }
    }

    /// The place of the last commit.
    fn last(&self) -> Seq {
        self.commits.back().map_or(self.cut, |(seq, ..)| *seq)
    }

    /// The commits behind `seq`; `None` when some of them are forgotten.
    fn since(&self, seq: Seq) -> Option<impl Iterator<Item = &(Seq, PeerId, Vec<u8>)>> {
        let first = self.commits.partition_point(|(place, ..)| *place <= seq);
        (seq >= self.cut).then(|| self.commits.range(first..))
    }
}

/// What one member had not heard of when it made its last proposal, carried over that proposal: so
/// it fits the state that the member makes its next one on.
#[derive(Debug, Default)]
pub(crate) struct Bridge {
    /// Commits up to this one were taken in.
    taken: Seq,
    ahead: VecDeque<(Seq, Vec<u8>)>,
    /// The member was told that it is too far behind, and has not begun anew.
    is_broken: bool,
}

/// A proposal, as it is to be applied.
#[derive(Debug)]
pub(crate) enum Carried {
    /// As it was made.
    Same,
    /// Moved over what its member had not heard of.
    Moved(Vec<u8>),
    /// Its member is too far behind, and has to carry it over itself.
    Stale,
}

impl Bridge {
    /// Carries a proposal of `member` over, which was made when it had heard of the commits up to
    /// `base`. With `anew` it begins again after it was told that it is too far behind.
    pub(crate) fn carry(
        &mut self,
        schema: &Schema,
        tail: &Tail,
        member: PeerId,
        base: Seq,
        anew: bool,
        patches: &[u8],
    ) -> Result<Carried, DecodeError> {
        if anew {
            *self = Self {
                taken: base,
                ..Self::default()
            };
        }
        if broken(Break::NoBridge) {
            self.ahead.clear();
        }
        let heard = self.ahead.partition_point(|(seq, _)| *seq <= base);
        self.ahead.drain(..heard);
        let unheard = tail.since(self.taken.max(base)).filter(|_| !self.is_broken);
        if unheard.is_none() && broken(Break::StaleOrdered) {
            return Ok(Carried::Same);
        }
        let Some(unheard) = unheard else {
            *self = Self {
                is_broken: !anew,
                taken: tail.last(),
                ..Self::default()
            };
            // Whoever has begun anew and is too far behind again would be so for ever.
            return Ok(if anew { Carried::Same } else { Carried::Stale });
        };
        for (seq, origin, commit) in unheard {
            self.taken = *seq;
            if *origin != member {
                self.ahead.push_back((*seq, commit.clone()));
            }
        }
        let bytes: usize = self.ahead.iter().map(|(_, commit)| commit.len()).sum();
        let Memory {
            commits,
            bytes: most,
        } = tail.memory;
        if !anew && (self.ahead.len() > commits || bytes > most) {
            *self = Self {
                is_broken: true,
                ..Self::default()
            };
            return Ok(Carried::Stale);
        }
        if self.ahead.is_empty() {
            return Ok(Carried::Same);
        }
        let mut proposal = Commit::parse(schema, patches)?;
        let mut carried = Vec::with_capacity(self.ahead.len());
        for (seq, commit) in &self.ahead {
            let (over, under) = proposal.cross(Commit::parse_own(schema, commit));
            carried.push((*seq, under.write(commit)));
            proposal = over;
        }
        let moved = proposal.write(patches);
        self.ahead = carried.into();
        Ok(if moved == patches {
            Carried::Same
        } else {
            Carried::Moved(moved)
        })
    }

    /// Notes the place that the proposal was given.
    pub(crate) fn ordered(&mut self, seq: Seq) {
        self.taken = seq;
    }
}
