//! What was appended and is not being written: blocks of whole messages.

use std::{collections::VecDeque, mem};

use crate::{memory::CAPACITY, sync::bound};

/// A block that has so many bytes gets no more.
pub(super) const BLOCK: usize = bound(1024 * 1024, CAPACITY);

/// A block with less is not kept for itself, but added to another.
const SMALL: usize = BLOCK / 16;

/// The capacity that an emptied block keeps, in bytes.
pub(super) const KEEP: usize = 1024 * 1024;

/// Bytes in the order in which they were appended. While little is queued one block takes turns with the spare one, and
/// nothing is allocated.
#[derive(Default)]
pub(super) struct Queue {
    /// The blocks that get no more, the oldest first.
    full: VecDeque<Vec<u8>>,
    /// The block that is added to.
    open: Vec<u8>,
    /// The empty block that comes in place of the open one.
    spare: Vec<u8>,
    /// How many bytes all blocks have.
    bytes: usize,
}

impl Queue {
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Lets `add` append bytes, which stay together. If it panics nothing was appended.
    pub(super) fn append(&mut self, add: impl FnOnce(&mut Vec<u8>)) {
        let before = self.open.len();
        let mut appending = Appending {
            keep: before,
            open: &mut self.open,
        };
        add(appending.open);
        appending.keep = appending.open.len();
        drop(appending);
        self.bytes = self.bytes - before + self.open.len();
        if self.open.len() >= BLOCK {
            self.close_open();
        }
    }

    /// Appends bytes that stay together, as they are.
    pub(super) fn append_block(&mut self, block: Vec<u8>) {
        if block.len() < SMALL {
            return self.append(|open| open.extend_from_slice(&block));
        }
        if !self.open.is_empty() {
            self.close_open();
        }
        self.bytes += block.len();
        self.full.push_back(block);
    }

    fn close_open(&mut self) {
        let mut block = mem::replace(&mut self.open, mem::take(&mut self.spare));
        // It has grown by doubling, and may stay for long.
        if block.capacity() - block.len() > block.len() / 8 {
            block.shrink_to_fit();
        }
        self.full.push_back(block);
    }

    /// Takes the oldest block out.
    pub(super) fn take(&mut self) -> Option<Vec<u8>> {
        let block = match self.full.pop_front() {
            Some(block) => block,
            None if self.open.is_empty() => return None,
            None => mem::replace(&mut self.open, mem::take(&mut self.spare)),
        };
        self.bytes -= block.len();
        Some(block)
    }

    /// Keeps the memory of a block that was taken out.
    pub(super) fn give_back(&mut self, mut block: Vec<u8>) {
        if block.capacity() > self.spare.capacity() {
            block.clear();
            block.shrink_to(KEEP);
            self.spare = block;
        }
    }

    /// Drops all blocks, but keeps memory for the next.
    pub(super) fn clear(&mut self) {
        self.full.clear();
        self.open.clear();
        self.open.shrink_to(KEEP);
        self.bytes = 0;
    }

    /// How much memory it takes.
    #[cfg(all(test, not(loom)))]
    pub(super) fn capacity(&self) -> usize {
        let all = self.full.iter().chain([&self.open, &self.spare]);
        all.map(Vec::capacity).sum()
    }
}

/// Cuts the block back to `keep` when it goes: what a panic left behind is no frame.
struct Appending<'a> {
    open: &'a mut Vec<u8>,
    keep: usize,
}

impl Drop for Appending<'_> {
    fn drop(&mut self) {
        self.open.truncate(self.keep);
    }
}
