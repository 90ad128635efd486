//! Commits: doing one, leaving out what has lost its object, and undoing one.

use super::{State, transform};
use crate::{
    patch::{Fault, Incoming},
    recorder::UndoLog,
    schema::Schema,
    wire::{DecodeError, Reader},
};

/// What became of a commit's patches.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Applied {
    /// All were applied.
    Whole,
    /// All were applied, and some of them had told wrong where the end of a list or text was. They are these.
    Ends(Vec<u8>),
    /// What some of them change is gone; these are the others, which were applied.
    Rest(Vec<u8>),
}

impl Applied {
    /// The patches that were applied of `form`.
    pub(crate) fn of<'a>(&'a self, form: &'a [u8]) -> &'a [u8] {
        match self {
            Self::Whole => form,
            Self::Ends(patches) | Self::Rest(patches) => patches,
        }
    }

    /// Whether all were applied.
    pub(crate) fn is_whole(&self) -> bool {
        !matches!(self, Self::Rest(_))
    }
}

/// Applies a commit. A patch whose target is gone becomes nothing. When one is malformed, all are
/// taken back.
///
/// The inverses are appended to `undo`, which must be empty.
pub(crate) fn apply(
    state: &mut dyn State,
    patches: &[u8],
    undo: &mut UndoLog,
) -> Result<Applied, DecodeError> {
    apply_within(state, patches, None, undo)
}

/// Applies a peer's commit for the first time, which decides what is left of it. Changes that go through all
/// elements of a list become nothing when that is out of proportion to the commit: a few bytes tell each.
pub(crate) fn apply_proposed(
    state: &mut dyn State,
    patches: &[u8],
    undo: &mut UndoLog,
) -> Result<Applied, DecodeError> {
    let of_bytes = patches.len().saturating_mul(MOVES_OF_BYTE);
    apply_within(
        state,
        patches,
        Some(of_bytes.saturating_add(MOVES_OF_ANY)),
        undo,
    )
}

/// How many elements a peer's commit may go through, however short it is.
const MOVES_OF_ANY: usize = 1 << 22;

/// How many more for each of its bytes.
const MOVES_OF_BYTE: usize = 64;

fn apply_within(
    state: &mut dyn State,
    patches: &[u8],
    moves: Option<usize>,
    undo: &mut UndoLog,
) -> Result<Applied, DecodeError> {
    debug_assert!(undo.is_empty(), "the log is undone as a whole");
    let incoming = Incoming::new(patches, Some(undo));
    let incoming = match moves {
        Some(moves) => incoming.with_moves(moves),
        None => incoming,
    };
    match apply_each(state, patches, incoming, false) {
        Ok(applied) => Ok(applied),
        Err(error) => {
            self::undo(state, undo);
            undo.clear();
            Err(error)
        }
    }
}

/// Applies a commit that this process has recorded itself, again, as it is by now. If it cannot be
/// read any more, as when a peer told positions that never were, nothing is left of it until the
/// host's verdict. What has been done already by another process stays in it: it would count if that was taken
/// back before the host hears of it.
pub(crate) fn redo(state: &mut dyn State, patches: &[u8], undo: &mut UndoLog) -> Applied {
    debug_assert!(undo.is_empty(), "the log is undone as a whole");
    let own = Incoming::of_own(patches, Some(undo));
    apply_each(state, patches, own, true).unwrap_or_else(|_| {
        self::undo(state, undo);
        undo.clear();
        Applied::Rest(Vec::new())
    })
}

fn apply_each(
    state: &mut dyn State,
    patches: &[u8],
    mut incoming: Incoming<'_>,
    keeps_already: bool,
) -> Result<Applied, DecodeError> {
    // What was applied, once that is not all as it was told.
    let mut kept: Option<Vec<u8>> = None;
    let mut is_whole = true;
    // How many bytes were, before.
    let mut done = 0;
    while incoming.advance() {
        let applied = state.apply(&mut incoming);
        // Most are applied as they were told.
        if applied.is_ok() && kept.is_none() && incoming.right_end().is_none() {
            done = incoming.reader().position();
            continue;
        }
        let is_applied = applied.is_ok();
        let is_kept = match applied {
            Ok(()) => true,
            Err(Fault::Malformed(error)) => return Err(error),
            Err(fault) => {
                state.schema().skip_patch(incoming.rewind())?;
                keeps_already && fault == Fault::Already
            }
        };
        let kept = kept.get_or_insert_with(|| patches[..done].to_vec());
        match (incoming.patch(), incoming.right_end()) {
            (patch, Some(end)) if is_applied => {
                transform::write_with_end(state.schema(), patch, end, kept);
            }
            (patch, None) if is_kept => kept.extend_from_slice(patch),
            _ => {}
        }
        is_whole &= is_applied;
    }
    Ok(match kept {
        None => Applied::Whole,
        Some(patches) if is_whole => Applied::Ends(patches),
        Some(patches) => Applied::Rest(patches),
    })
}

/// The patches of a commit without the last one: what is told when the rule is broken that a commit
/// is told whole.
pub(crate) fn but_the_last<'a>(schema: &Schema, patches: &'a [u8]) -> &'a [u8] {
    let mut reader = Reader::of_own(patches);
    let mut last = 0;
    while !reader.is_empty() {
        last = reader.position();
        schema.skip_patch(&mut reader).expect("it was just applied");
    }
    &patches[..last]
}

/// Takes back what `undo` was noted for. The state must be as it was then.
pub(crate) fn undo(state: &mut dyn State, undo: &UndoLog) {
    for patch in undo.patches() {
        let mut incoming = Incoming::of_own(patch, None);
        while incoming.advance() {
            state
                .apply(&mut incoming)
                .expect("an inverse applies to the state it was noted for");
        }
    }
}
