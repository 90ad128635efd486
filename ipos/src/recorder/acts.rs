//! Actions in an open commit: which patches they wrote, and where they are to be run again.

use std::ops::Range;

use super::{Recorder, UndoLog};

/// The actions of an open commit.
#[derive(Debug, Default)]
pub(crate) struct Acts {
    done: Vec<Act>,
    /// One is running. What it calls is a part of it.
    is_running: bool,
}

/// An action that has run in an open commit.
#[derive(Debug)]
pub(crate) struct Act {
    /// Which of the commit's bytes it wrote.
    pub(crate) wrote: Range<usize>,
    /// The way to the value that it ran on.
    pub(crate) path: Vec<u8>,
    pub(crate) name: &'static str,
    pub(crate) args: Vec<u8>,
    pub(crate) answer: Vec<u8>,
    /// Its answer at the host is waited for.
    pub(crate) is_asked: bool,
}

/// Where a commit was when an action began.
#[derive(Debug)]
pub(crate) struct Mark {
    patches: usize,
    undo: usize,
    path: Vec<u8>,
    is_outermost: bool,
}

impl Recorder {
    /// The actions so far.
    pub(crate) fn acts(&self) -> &[Act] {
        &self.acts.done
    }

    /// Takes the actions, which belong to what is committed.
    pub(crate) fn take_acts(&mut self) -> Vec<Act> {
        std::mem::take(&mut self.acts.done)
    }

    pub(super) fn clear_acts(&mut self) {
        self.acts = Acts::default();
    }

    /// An action begins at the place to which so much of the path leads.
    pub(crate) fn begin_act(&mut self, depth: usize) -> Mark {
        self.path.truncate(depth);
        Mark {
            patches: self.written,
            undo: self.undo.len(),
            path: self.path.clone(),
            is_outermost: !std::mem::replace(&mut self.acts.is_running, true),
        }
    }

    /// Forgets what was written since, and gives its inverses, the last first, without the way to the place of
    /// the action.
    pub(crate) fn take_back(&mut self, mark: &Mark) -> Vec<Vec<u8>> {
        self.patches.truncate(mark.patches);
        self.written = mark.patches;
        self.undo.split_off(mark.undo, mark.path.len())
    }

    /// The action is over.
    pub(crate) fn leave_act(&mut self, mark: &Mark) {
        if mark.is_outermost {
            self.acts.is_running = false;
        }
    }

    /// Notes an action that is over, for the host to run it again, unless it was a part of another.
    pub(crate) fn note_act(&mut self, mark: Mark, act: impl FnOnce(Range<usize>, Vec<u8>) -> Act) {
        if mark.is_outermost {
            let act = act(mark.patches..self.written, mark.path);
            self.acts.done.push(act);
        }
    }

    /// Appends patches that were applied, and what undoes them.
    pub(crate) fn append(&mut self, patches: &[u8], undo: &UndoLog) {
        self.patches.truncate(self.written);
        self.patches.extend_from_slice(patches);
        self.written = self.patches.len();
        self.undo.append(undo);
    }
}

impl UndoLog {
    /// How many patches there are.
    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The patches from number `at` on in the order in which they must be applied, as a commit.
    pub(crate) fn patches_since(&self, at: usize) -> Vec<u8> {
        let youngest = self.patches().take(self.len() - at);
        youngest.flatten().copied().collect()
    }

    fn start(&self, at: usize) -> usize {
        at.checked_sub(1).map_or(0, |before| self.ends[before])
    }

    /// Takes the patches from number `at` on, the last first, each without so many bytes of its way.
    fn split_off(&mut self, at: usize, depth: usize) -> Vec<Vec<u8>> {
        let patches = (at..self.ends.len()).rev();
        let patches = patches.map(|i| self.bytes[self.start(i) + depth..self.ends[i]].to_vec());
        let patches = patches.collect();
        self.bytes.truncate(self.start(at));
        self.ends.truncate(at);
        patches
    }

    fn append(&mut self, other: &Self) {
        self.bytes.truncate(self.start(self.ends.len()));
        let before = self.bytes.len();
        self.bytes.extend_from_slice(&other.bytes);
        self.ends.extend(other.ends.iter().map(|end| before + end));
    }
}
