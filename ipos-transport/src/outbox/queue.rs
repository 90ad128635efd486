//! What was appended and is not being written: blocks of whole messages.

use std::{collections::VecDeque, mem, ops::Deref};

use memmap2::MmapMut;

use crate::{memory::CAPACITY, sync::bound};

/// A block that has so many bytes gets no more.
pub(super) const BLOCK: usize = bound(1024 * 1024, CAPACITY);

/// A block with less is not kept for itself, but added to another.
const SMALL: usize = BLOCK / 16;

/// The capacity that an emptied block keeps, in bytes.
pub(super) const KEEP: usize = 1024 * 1024;

/// Bytes that were appended together.
pub(super) enum Block {
    Heap(Vec<u8>),
    /// A block that may stay for long and goes by itself, in memory of its own: blocks of many queues that come and go in
    /// the heap would leave it full of holes, so that the process is many times larger than what is queued.
    Map(MmapMut),
}

impl Block {
    /// Whether its memory is of use for what comes next.
    pub(super) fn is_reusable(&self) -> bool {
        matches!(self, Self::Heap(bytes) if bytes.capacity() <= 2 * KEEP)
    }

    /// How much memory it takes.
    #[cfg(all(test, not(loom)))]
    pub(super) fn capacity(&self) -> usize {
        match self {
            Self::Heap(bytes) => bytes.capacity(),
            Self::Map(bytes) => bytes.len(),
        }
    }
}

impl Default for Block {
    fn default() -> Self {
        Self::Heap(Vec::new())
    }
}

impl Deref for Block {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Heap(bytes) => bytes,
            Self::Map(bytes) => bytes,
        }
    }
}

/// Bytes in the order in which they were appended. While little is queued one block takes turns with the spare one, and
/// nothing is allocated.
#[derive(Default)]
pub(super) struct Queue {
    /// The blocks that get no more, the oldest first.
    full: VecDeque<Block>,
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
        self.full.push_back(Block::Heap(block));
    }

    fn close_open(&mut self) {
        let block = if let Some(map) = self.mapped() {
            self.open.clear();
            self.open.shrink_to(KEEP);
            Block::Map(map)
        } else {
            let mut block = mem::replace(&mut self.open, mem::take(&mut self.spare));
            block.shrink_to_fit();
            Block::Heap(block)
        };
        self.full.push_back(block);
    }

    /// The open block in memory of its own; `None` when it is too small for that, when it is a large message that was
    /// copied often enough, or when the system has no such memory.
    fn mapped(&self) -> Option<MmapMut> {
        let bytes = self.open.len();
        if !(SMALL..2 * BLOCK).contains(&bytes) {
            return None;
        }
        let mut map = MmapMut::map_anon(bytes).ok()?;
        map.copy_from_slice(&self.open);
        Some(map)
    }

    /// Takes the oldest block out.
    pub(super) fn take(&mut self) -> Option<Block> {
        let block = match self.full.pop_front() {
            Some(block) => block,
            None if self.open.is_empty() => return None,
            None => Block::Heap(mem::replace(&mut self.open, mem::take(&mut self.spare))),
        };
        self.bytes -= block.len();
        Some(block)
    }

    /// Keeps the memory of a block that was taken out.
    pub(super) fn give_back(&mut self, block: Block) {
        let Block::Heap(mut block) = block else {
            return;
        };
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
        let full: usize = self.full.iter().map(Block::capacity).sum();
        full + self.open.capacity() + self.spare.capacity()
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
