//! A place in an open commit: the value there, the path to it, and where to record.

use crate::{
    error::Result,
    recorder::{Inverse, Recorder},
    wire::put_length,
};

/// A value inside an open commit. Every wrapper is a thin cover over one.
///
/// A cursor lends deeper cursors by `&mut self`, so only the innermost one in use can write; that
/// is why one path buffer serves them all.
pub struct Cursor<'a, T>(Place<'a, T>);

enum Place<'a, T> {
    Inside(Spot<'a, T>),
    Root(Box<dyn Root<T> + 'a>),
}

/// A value inside an open commit, by plain references.
pub(crate) struct Spot<'a, T> {
    value: &'a mut T,
    recorder: &'a mut Recorder,
    /// How many bytes of the recorder's path lead here.
    depth: usize,
}

/// An object held open for writing. It travels inside the outermost cursor, so that whoever holds
/// the writer holds the lock.
pub trait Root<T> {
    /// The object's value.
    fn value(&self) -> &T;
    /// The value and where its changes are recorded.
    fn parts(&mut self) -> (&mut T, &mut Recorder);
    /// Ends the commit.
    fn finish(self: Box<Self>, finish: Finish) -> Result<()>;
}

/// What becomes of an open commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Finish {
    /// It is committed.
    Commit,
    /// Its changes are dropped.
    Rollback,
}

impl<'a, T> Cursor<'a, T> {
    /// At the root of `value`, recording into `recorder`.
    pub fn new(value: &'a mut T, recorder: &'a mut Recorder) -> Self {
        Spot {
            value,
            recorder,
            depth: 0,
        }
        .into()
    }

    /// At the root of an object that is held open.
    pub fn root(root: Box<dyn Root<T> + 'a>) -> Self {
        Self(Place::Root(root))
    }

    /// The value here.
    #[inline]
    pub fn value(&self) -> &T {
        match &self.0 {
            Place::Inside(spot) => spot.value,
            Place::Root(root) => root.value(),
        }
    }

    /// Ends the commit; to be called at the root. Elsewhere it does nothing.
    pub fn finish(self, finish: Finish) -> Result<()> {
        match self.0 {
            Place::Inside(_) => Ok(()),
            Place::Root(root) => root.finish(finish),
        }
    }

    #[inline]
    pub(crate) fn spot(&mut self) -> Spot<'_, T> {
        match &mut self.0 {
            Place::Inside(spot) => Spot {
                value: spot.value,
                recorder: spot.recorder,
                depth: spot.depth,
            },
            Place::Root(root) => {
                let (value, recorder) = root.parts();
                Spot {
                    value,
                    recorder,
                    depth: 0,
                }
            }
        }
    }

    /// The cursor of a part of the value: `step` appends to the path what leads there, `part` goes.
    #[inline]
    pub fn step<P>(
        &mut self,
        step: impl FnOnce(&mut Vec<u8>),
        part: impl FnOnce(&mut T) -> &mut P,
    ) -> Cursor<'_, P> {
        self.spot().step(step, part).into()
    }

    /// The cursor of field number `index`.
    #[inline]
    pub fn field<P>(&mut self, index: usize, part: impl FnOnce(&mut T) -> &mut P) -> Cursor<'_, P> {
        self.step(|path| put_length(path, index), part)
    }

    /// The same value, on the way to the fields of variant number `number` of an enum.
    #[inline]
    pub fn variant(&mut self, number: usize) -> Cursor<'_, T> {
        self.step(|path| put_length(path, number + 1), |value| value)
    }

    /// A part of the value that is local to this process: what is done to it is not recorded.
    #[inline]
    pub fn local<P>(&mut self, part: impl FnOnce(&mut T) -> &mut P) -> &mut P {
        part(self.spot().value)
    }

    /// Records an operation here and gives the value to do it on, with the place for its inverse.
    #[inline]
    pub fn record(&mut self, operation: impl FnOnce(&mut Vec<u8>)) -> (&mut T, Inverse<'_>) {
        self.spot().record(operation)
    }
}

/// What holds one value and is shared as if it were that.
pub trait Cover {
    /// The value.
    type Content;
    /// The value of what was uncovered before.
    fn content(&self) -> &Self::Content;
    /// The value, made this one's own if others have it as well.
    fn uncover(&mut self) -> &mut Self::Content;
}

impl<'a, C: Cover> Cursor<'a, C> {
    /// The cursor of what is inside; a cover is no step on the path.
    pub(crate) fn uncovered(self) -> Cursor<'a, C::Content> {
        match self.0 {
            Place::Inside(spot) => spot.step(|_| {}, C::uncover).into(),
            Place::Root(mut root) => {
                root.parts().0.uncover();
                Cursor::root(Box::new(Uncovered(root)))
            }
        }
    }
}

impl<'a, T> From<Spot<'a, T>> for Cursor<'a, T> {
    #[inline]
    fn from(spot: Spot<'a, T>) -> Self {
        Self(Place::Inside(spot))
    }
}

impl<'a, T> Spot<'a, T> {
    /// At a value to which `way` leads.
    pub(crate) fn at(value: &'a mut T, recorder: &'a mut Recorder, way: &[u8]) -> Self {
        recorder.path.clear();
        recorder.path.extend_from_slice(way);
        Self {
            value,
            recorder,
            depth: way.len(),
        }
    }

    /// The value here.
    pub(crate) fn value(&self) -> &T {
        self.value
    }

    /// The same spot, lent.
    pub(crate) fn lend(&mut self) -> Spot<'_, T> {
        let Self {
            value,
            recorder,
            depth,
        } = self;
        Spot {
            value,
            recorder,
            depth: *depth,
        }
    }

    /// The value, the recorder, and how much of its path leads here.
    pub(crate) fn parts(&mut self) -> (&mut T, &mut Recorder, usize) {
        (self.value, self.recorder, self.depth)
    }

    /// The value, and what records changes of it.
    pub(crate) fn apart(self) -> (&'a mut T, Branch<'a>) {
        (
            self.value,
            Branch {
                recorder: self.recorder,
                depth: self.depth,
            },
        )
    }

    #[inline]
    pub(crate) fn step<P>(
        self,
        step: impl FnOnce(&mut Vec<u8>),
        part: impl FnOnce(&mut T) -> &mut P,
    ) -> Spot<'a, P> {
        let (value, branch) = self.apart();
        branch.step(step).to(part(value))
    }

    #[inline]
    pub(crate) fn record(self, operation: impl FnOnce(&mut Vec<u8>)) -> (&'a mut T, Inverse<'a>) {
        let (value, branch) = self.apart();
        (value, branch.record(operation))
    }
}

/// A place in an open commit without the value there, for walking over the value meanwhile.
pub(crate) struct Branch<'a> {
    recorder: &'a mut Recorder,
    depth: usize,
}

impl<'a> Branch<'a> {
    /// The same branch, lent.
    pub(crate) fn lend(&mut self) -> Branch<'_> {
        Branch {
            recorder: self.recorder,
            depth: self.depth,
        }
    }

    /// The branch of a part, to which `step` appends the way.
    #[inline]
    pub(crate) fn step(self, step: impl FnOnce(&mut Vec<u8>)) -> Self {
        self.recorder.path.truncate(self.depth);
        step(&mut self.recorder.path);
        Self {
            depth: self.recorder.path.len(),
            ..self
        }
    }

    /// The spot of the value that the branch leads to.
    #[inline]
    pub(crate) fn to<P>(self, value: &'a mut P) -> Spot<'a, P> {
        Spot {
            value,
            recorder: self.recorder,
            depth: self.depth,
        }
    }

    /// Records an operation here, and gives the place for its inverse.
    #[inline]
    pub(crate) fn record(self, operation: impl FnOnce(&mut Vec<u8>)) -> Inverse<'a> {
        self.recorder.record(self.depth, operation)
    }
}

struct Uncovered<'a, C>(Box<dyn Root<C> + 'a>);

impl<C: Cover> Root<C::Content> for Uncovered<'_, C> {
    fn value(&self) -> &C::Content {
        self.0.value().content()
    }
    fn parts(&mut self) -> (&mut C::Content, &mut Recorder) {
        let (value, recorder) = self.0.parts();
        (value.uncover(), recorder)
    }
    fn finish(self: Box<Self>, finish: Finish) -> Result<()> {
        self.0.finish(finish)
    }
}

impl<T: std::fmt::Debug> std::fmt::Debug for Cursor<'_, T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.value().fmt(f)
    }
}
