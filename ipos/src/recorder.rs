//! Where wrappers write: the bytes of an open commit and of its undo.
//!
//! A patch is a path (numbers of fields, positions, keys) and an operation, in the postcard form of
//! the typed patch. Patches of a commit stand one after the other without separators: each ends
//! where its type says.

mod acts;

pub(crate) use acts::{Act, Mark};

use acts::Acts;

/// An open commit: its patches, what undoes them, and the path to where its writer stands.
///
/// The buffers keep their capacity from commit to commit, so that a write allocates nothing.
#[derive(Debug, Default)]
pub struct Recorder {
    /// The path to the place of the innermost wrapper in use. Outer wrappers own prefixes of it and
    /// cut it back to theirs before they write.
    pub(crate) path: Vec<u8>,
    patches: Vec<u8>,
    /// Where the last patch ends that was written to its end. A value's own code may panic while it is
    /// written, and the program may go on.
    written: usize,
    pub(crate) undo: UndoLog,
    acts: Acts,
}

impl Recorder {
    /// The bytes of all patches so far.
    pub fn patches(&self) -> &[u8] {
        &self.patches[..self.written]
    }

    /// What undoes them.
    pub fn undo(&self) -> &UndoLog {
        &self.undo
    }

    /// Appends one patch: so much of the path, then what `operation` writes. Gives the place for its
    /// inverse.
    #[inline]
    pub(crate) fn record(
        &mut self,
        depth: usize,
        operation: impl FnOnce(&mut Vec<u8>),
    ) -> Inverse<'_> {
        let path = &self.path[..depth];
        self.patches.truncate(self.written);
        self.patches.extend_from_slice(path);
        operation(&mut self.patches);
        self.written = self.patches.len();
        Inverse {
            path,
            log: Some(&mut self.undo),
        }
    }

    /// Forgets everything but the capacity.
    pub(crate) fn clear(&mut self) {
        self.path.clear();
        self.patches.clear();
        self.written = 0;
        self.undo.clear();
        self.clear_acts();
    }
}

/// Patches that undo others, to be applied from the last to the first.
#[derive(Clone, Debug, Default)]
pub struct UndoLog {
    bytes: Vec<u8>,
    ends: Vec<usize>,
}

impl UndoLog {
    /// Whether there is nothing to undo.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The patches in the order in which they must be applied: the youngest first.
    pub fn patches(&self) -> impl ExactSizeIterator<Item = &[u8]> {
        (0..self.ends.len()).rev().map(|i| {
            let start = if i == 0 { 0 } else { self.ends[i - 1] };
            &self.bytes[start..self.ends[i]]
        })
    }

    /// Forgets everything but the capacity.
    pub(crate) fn clear(&mut self) {
        self.bytes.clear();
        self.ends.clear();
    }

    /// How many bytes of memory it takes.
    pub(crate) fn capacity(&self) -> usize {
        self.bytes.capacity() + size_of::<usize>() * self.ends.capacity()
    }

    /// Appends one patch: `path`, then what `operation` writes.
    #[inline]
    pub(crate) fn push(&mut self, path: &[u8], operation: impl FnOnce(&mut Vec<u8>)) {
        self.bytes.truncate(self.ends.last().copied().unwrap_or(0));
        self.bytes.extend_from_slice(path);
        operation(&mut self.bytes);
        self.ends.push(self.bytes.len());
    }
}

/// Where the inverse of one operation goes, if it is wanted at all.
#[derive(Debug)]
pub struct Inverse<'a> {
    pub(crate) path: &'a [u8],
    pub(crate) log: Option<&'a mut UndoLog>,
}

impl Inverse<'_> {
    /// Notes the operation that takes back the one about to be done.
    #[inline]
    pub fn note(&mut self, operation: impl FnOnce(&mut Vec<u8>)) {
        if let Some(log) = &mut self.log {
            log.push(self.path, operation);
        }
    }
}
