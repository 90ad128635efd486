//! Byte strings one behind the other, in memory that they share: one that comes and goes takes none of its own.

#[cfg(test)]
mod tests;

/// A queue of byte strings. Those that go make room for those that come, so that it allocates nothing as long as it does
/// not grow.
#[derive(Debug, Default)]
pub(super) struct Spool {
    bytes: Vec<u8>,
    /// How many of them belong to strings that have gone.
    free: usize,
    /// How many bytes were moved out at the front so far.
    gone: u64,
}

/// Where a string is in its spool.
#[derive(Clone, Copy, Debug)]
pub(super) struct Place {
    /// How many bytes came before it.
    start: u64,
    length: usize,
}

/// How much memory is kept however little of it is used.
const KEEP: usize = 512;

impl Spool {
    /// How many bytes all strings have.
    pub(super) fn bytes(&self) -> usize {
        self.bytes.len() - self.free
    }

    /// Adds a string behind all others.
    pub(super) fn push(&mut self, string: &[u8]) -> Place {
        if self.bytes.len() + string.len() > self.bytes.capacity() {
            // At most four bytes are moved for each that has gone.
            if self.free >= self.bytes() / 4 {
                self.close_up();
            }
            // It does not double, since it may be the most of what a process holds.
            let more = string.len().max(self.bytes.capacity() / 4);
            if self.bytes.len() + string.len() > self.bytes.capacity() {
                self.bytes.reserve_exact(more);
            }
        }
        let start = self.gone + self.bytes.len() as u64;
        self.bytes.extend_from_slice(string);
        Place {
            start,
            length: string.len(),
        }
    }

    /// Drops the string that came first, which is here.
    pub(super) fn pop(&mut self, first: Place) {
        debug_assert_eq!(self.at(first), self.free, "the oldest one goes");
        self.free += first.length;
        let used = self.bytes().max(KEEP);
        if self.bytes.capacity() / 4 > used {
            self.close_up();
            self.bytes.shrink_to(2 * used);
        }
    }

    /// Drops all strings.
    pub(super) fn clear(&mut self) {
        self.free = self.bytes.len();
        self.close_up();
        self.bytes.shrink_to(KEEP);
    }

    /// A string that has not gone.
    pub(super) fn get(&self, place: Place) -> &[u8] {
        let at = self.at(place);
        &self.bytes[at..at + place.length]
    }

    fn at(&self, place: Place) -> usize {
        usize::try_from(place.start - self.gone).expect("what is here has a place in memory")
    }

    fn close_up(&mut self) {
        self.bytes.drain(..self.free);
        self.gone += std::mem::take(&mut self.free) as u64;
    }
}
