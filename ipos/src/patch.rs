//! Patches: the typed form, and those that arrive as bytes, with what can be wrong with them.

use std::fmt::Debug;

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    recorder::{Inverse, Recorder, UndoLog},
    wire::{DecodeError, Mark, Problem, Reader},
};

/// The number of the operation that replaces a value whole, for every type that has it.
pub(crate) const SET: usize = 0;

/// The number that stands in place of an operation where an action is run, or is over. No type has as many
/// fields.
pub(crate) const ACT: usize = 1 << 28;

/// One change to a value, as a typed enum; see [`Shared::Patch`](crate::Shared::Patch).
///
/// Its serde form is for logs and tools. What crosses the socket is the form of [`Patch::encode`], in
/// which the values that a patch brings are written as [`Shared::encode`](crate::Shared::encode)
/// writes them: without skipped fields, and atomic ones with their length.
pub trait Patch: Serialize + DeserializeOwned + Clone + Debug + Send + Sync + 'static {
    /// Appends the patch's byte form.
    fn encode(&self, out: &mut Vec<u8>);

    /// Reads a patch from its byte form.
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError>;
}

impl<P: Patch> Patch for Box<P> {
    fn encode(&self, out: &mut Vec<u8>) {
        (**self).encode(out);
    }
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        P::decode(reader).map(Box::new)
    }
}

/// `Patch` for a typed patch: for each operation its number, its variant, the values that it has, and
/// the patch that it goes on with.
macro_rules! patch_forms {
    (impl[$($generics:tt)*] Patch for $patch:ty $(where [$($bounds:tt)*])?, of $name:literal {
        $($number:path => ($($form:tt)*), [$($value:ident)*] [$($inner:ident)?];)*
    }) => {
        impl<$($generics)*> $crate::patch::Patch for $patch $(where $($bounds)*)? {
            fn encode(&self, out: &mut Vec<u8>) {
                match self {
                    $($($form)* => {
                        $crate::wire::put_length(out, $number);
                        $($crate::Shared::encode($value, out);)*
                        $($crate::patch::Patch::encode($inner, out);)?
                    })*
                }
            }

            fn decode(
                reader: &mut $crate::wire::Reader<'_>,
            ) -> std::result::Result<Self, $crate::wire::DecodeError> {
                match reader.length()? {
                    $($number => {
                        $(let $value = reader.nested($crate::Shared::decode)?;)*
                        $(let $inner = reader.nested($crate::patch::Patch::decode)?;)?
                        Ok($($form)*)
                    })*
                    number => Err(reader.no_such("operation", $name, number)),
                }
            }
        }
    };
}
pub(crate) use patch_forms;

/// Why a patch was not applied. The value is then as it was before that patch.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// What it changes is not there (any more): a removed element, key or position.
    #[error("what it changes is gone")]
    Gone,
    /// What it puts in or removes by a key is there, or not there, already: another process has done the same.
    #[error("it has been done already")]
    Already,
    /// The bytes are not a patch of this type.
    #[error(transparent)]
    Malformed(#[from] DecodeError),
}

/// Patches being applied, with the log that takes their inverses.
#[derive(Debug)]
pub struct Incoming<'a> {
    reader: Reader<'a>,
    /// Where the patch starts.
    start: Mark,
    undo: Option<&'a mut UndoLog>,
    /// Where the end was, if the patch has told it wrong.
    end: Option<usize>,
    /// How many elements may still be put in another order, if that is limited.
    moves: Option<usize>,
    /// What is to be run where the patch leads.
    acting: Option<&'a mut Acting>,
}

/// An action that is to be run where a patch leads.
#[derive(Debug)]
pub(crate) struct Acting {
    pub(crate) name: String,
    pub(crate) args: Vec<u8>,
    /// Where it writes, behind what is there.
    pub(crate) recorder: Recorder,
    /// What has become of it, once the patch has led to a value that has actions.
    pub(crate) outcome: Option<Ran>,
}

/// What has become of an action that was run.
#[derive(Debug)]
pub(crate) enum Ran {
    /// What it has answered, and for people why it has failed, if so.
    Answered(Vec<u8>, Option<String>),
    /// It could not be run, or panicked.
    Broken(String),
}

/// An operation of an incoming patch: its number, and where its path ends.
#[derive(Clone, Copy, Debug)]
pub struct Operation {
    /// The operation's number in its patch enum.
    pub number: usize,
    path_end: usize,
}

impl<'a> Incoming<'a> {
    /// At the first of `patches`; inverses are noted in `undo` when there is one.
    pub fn new(patches: &'a [u8], undo: Option<&'a mut UndoLog>) -> Self {
        Self::read_by(Reader::new(patches), undo)
    }

    /// The same with patches that this process has recorded itself.
    pub(crate) fn of_own(patches: &'a [u8], undo: Option<&'a mut UndoLog>) -> Self {
        Self::read_by(Reader::of_own(patches), undo)
    }

    fn read_by(reader: Reader<'a>, undo: Option<&'a mut UndoLog>) -> Self {
        let start = reader.mark();
        Self {
            reader,
            start,
            undo,
            end: None,
            moves: None,
            acting: None,
        }
    }

    /// The same when so many elements may be put in another order, and what comes after that is gone.
    pub(crate) fn with_moves(mut self, moves: usize) -> Self {
        self.moves = Some(moves);
        self
    }

    /// The way to a place where an action is to be run.
    pub(crate) fn acting(way: &'a [u8], acting: &'a mut Acting) -> Self {
        Self {
            acting: Some(acting),
            ..Self::of_own(way, None)
        }
    }

    /// What is to be run here, if this is the place, with the way to it.
    pub(crate) fn take_act(&mut self, operation: Operation) -> Option<(&'a mut Acting, &'a [u8])> {
        let way = (self.reader).read_between(self.start.position(), operation.path_end);
        let acting = self.acting.take().filter(|_| operation.number == ACT);
        acting.map(|acting| (acting, way))
    }

    /// Takes away what it takes to go through so many elements. What begins while anything is left may take
    /// more than that, so that one change of a long list is always done.
    pub(crate) fn take_moves(&mut self, elements: usize) -> Result<(), Fault> {
        match &mut self.moves {
            Some(0) => Err(Fault::Gone),
            Some(moves) => {
                *moves = moves.saturating_sub(elements);
                Ok(())
            }
            None => Ok(()),
        }
    }

    /// Moves on to the next patch; `false` when there is none.
    #[inline]
    pub fn advance(&mut self) -> bool {
        self.start = self.reader.mark();
        self.end = None;
        !self.reader.is_empty()
    }

    /// The bytes of the patch that was read last.
    pub fn patch(&self) -> &'a [u8] {
        self.reader
            .read_between(self.start.position(), self.reader.position())
    }

    /// The bytes of the operations' arguments.
    #[inline]
    pub fn reader(&mut self) -> &mut Reader<'a> {
        &mut self.reader
    }

    /// Takes back the reading of the patch, so that something else can read over it.
    pub fn rewind(&mut self) -> &mut Reader<'a> {
        self.reader.go_back(self.start);
        &mut self.reader
    }

    /// Notes that the patch has told that the end was at `told`.
    #[inline]
    pub(crate) fn check_end(&mut self, told: usize, end: usize) {
        if told != end {
            self.end = Some(end);
        }
    }

    /// Where the end was when the patch was applied, if the patch has told it wrong.
    #[inline]
    pub(crate) fn right_end(&self) -> Option<usize> {
        self.end
    }

    /// The number of an operation or field.
    #[inline]
    pub fn operation(&mut self) -> Result<Operation, Fault> {
        let path_end = self.reader.position();
        Ok(Operation {
            number: self.reader.length()?,
            path_end,
        })
    }

    /// Where the inverse of `operation` goes.
    #[inline]
    pub fn inverse(&mut self, operation: Operation) -> Inverse<'_> {
        Inverse {
            path: self
                .reader
                .read_between(self.start.position(), operation.path_end),
            log: self.undo.as_deref_mut(),
        }
    }

    /// Applies the rest of the patch one level deeper.
    #[inline]
    pub fn nested(
        &mut self,
        apply: impl FnOnce(&mut Self) -> Result<(), Fault>,
    ) -> Result<(), Fault> {
        self.reader.enter()?;
        let result = apply(self);
        self.reader.leave();
        result
    }

    /// The fault for an operation that `of` does not have.
    pub fn no_such(&self, what: &'static str, of: &'static str, operation: Operation) -> Fault {
        let number = operation.number as u64;
        self.reader
            .problem(Problem::NoSuch { what, of, number })
            .into()
    }
}
