//! How much of what a member has proposed has no verdict yet.

use std::collections::VecDeque;

/// What a proposal takes beside its bytes, about.
const PROPOSAL: usize = 64;

/// The bytes of the proposals without a verdict.
#[derive(Debug, Default)]
pub(super) struct UnderWay {
    each: VecDeque<usize>,
    bytes: usize,
}

impl UnderWay {
    /// What a proposal of so many bytes takes, about.
    pub(super) fn of(bytes: usize) -> usize {
        bytes + PROPOSAL
    }

    /// Notes a proposal.
    pub(super) fn push(&mut self, bytes: usize) {
        let bytes = Self::of(bytes);
        self.each.push_back(bytes);
        self.bytes += bytes;
    }

    /// Notes that the oldest one has its verdict.
    pub(super) fn pop(&mut self) {
        self.bytes -= self.each.pop_front().unwrap_or(0);
    }

    /// How many bytes all have.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }
}
