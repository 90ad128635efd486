//! Commits that were made here.

use crate::{
    core::{
        message::Whole,
        replica::{Draft, acts::Act},
    },
    recorder::UndoLog,
};

/// A commit that was made here and is not confirmed.
#[derive(Debug)]
pub(in super::super) struct Pending {
    /// Counts the commits that were made here.
    pub(in super::super) ticket: u64,
    /// The number that it was proposed by last.
    pub(in super::super) number: u64,
    /// Whether it counts as a whole or not at all, and if so whether a part of it has lost its object
    /// while it was moved.
    pub(in super::super) whole: Whole,
    /// What was proposed.
    pub(in super::super) sent: Vec<u8>,
    /// What that is by now, moved over what came in since, and without what could not be done where it was
    /// done again; `None` as long as it is the same.
    pub(in super::super) moved: Option<Vec<u8>>,
    pub(in super::super) undo: UndoLog,
    /// The actions in it. Then what was proposed has marks.
    pub(in super::super) acts: Vec<Act>,
    /// What is done of it, if it has actions.
    pub(in super::super) effect: Vec<u8>,
}

impl Pending {
    /// The patches that are done of it.
    pub(in super::super) fn done(&self) -> &[u8] {
        if self.acts.is_empty() {
            self.form()
        } else {
            &self.effect
        }
    }

    /// Its actions were run again, and it has come to be this.
    pub(in super::super) fn has_done(&mut self, form: Vec<u8>, effect: Vec<u8>, undo: UndoLog) {
        if form != self.form() {
            self.moved = Some(form);
        }
        (self.effect, self.undo) = (effect, undo);
    }

    /// What is proposed of it by now.
    pub(in super::super) fn draft(&self) -> Draft<'_> {
        Draft {
            patches: self.form(),
            acts: &self.acts,
        }
    }

    /// What it is by now: all of it is done, so others can be carried over it.
    pub(in super::super) fn form(&self) -> &[u8] {
        self.moved.as_ref().unwrap_or(&self.sent)
    }

    /// What takes back what was done, in the form of a commit.
    pub(in super::super) fn inverse(&self) -> Vec<u8> {
        self.undo.patches().flatten().copied().collect()
    }
}

/// How many commits may be pending before the next one waits for verdicts. Each commit of others at the
/// same places is carried over each of them; so there may be few at first and when others write there, and
/// more with each that is confirmed as it was.
#[derive(Debug)]
pub(in super::super) struct Window(pub(in super::super) usize);

impl Window {
    pub(in super::super) const LEAST: usize = if cfg!(loom) { 1 } else { 32 };
    pub(in super::super) const MOST: usize = 4096;
}

impl Default for Window {
    fn default() -> Self {
        Self(4 * Self::LEAST)
    }
}

impl Pending {
    /// Its verdict is waited for.
    pub(in super::super) fn is_watched(&self) -> bool {
        self.whole != Whole::No || self.acts.iter().any(Act::is_asked)
    }

    /// A part of it has lost its object.
    pub(in super::super) fn lose(&mut self) {
        if self.whole == Whole::Yes {
            self.whole = Whole::Lost;
        }
    }

    /// It was proposed as it is by now.
    pub(in super::super) fn sent_again(&mut self) {
        if let Some(moved) = self.moved.take() {
            self.sent = moved;
        }
    }
}
