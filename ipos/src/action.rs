//! Actions: changes by a name and arguments, which the host runs again where it orders them.

use std::{
    any::{Any, type_name},
    convert::Infallible,
    fmt::{self, Debug},
    marker::PhantomData,
    panic::{AssertUnwindSafe, catch_unwind, resume_unwind},
    thread,
};

use serde::{Serialize, de::DeserializeOwned};

use crate::{
    Shared,
    cursor::{Cursor, Spot},
    patch::{Acting, Fault, Incoming, Operation, Ran},
    recorder::{Act, Mark},
    wire::{DecodeError, Reader, put_length, read_opaque, try_put},
};

/// A change of a `T` by name and arguments, made by what `#[ipos::actions]` adds to the type. For
/// [`SharedHandle::call`](crate::SharedHandle::call), [`start`](crate::SharedHandle::start), and the `call`
/// of the type's wrapper.
///
/// It answers with an `R`, or fails with an `E`.
#[must_use = "an action does nothing until it is called"]
pub struct Action<T, R, E = Infallible> {
    name: &'static str,
    /// An [`Entry`] of `T`. The type says nothing of that: where `T` cannot be shared, that is told once.
    entry: &'static (dyn Any + Send + Sync),
    of: PhantomData<fn(T)>,
    pub(crate) args: Vec<u8>,
    pub(crate) read: ReadAnswer<R, E>,
}

/// Reads an answer; `None` when it cannot be read.
pub(crate) type ReadAnswer<R, E> = fn(&[u8]) -> Option<Result<R, E>>;

impl<T: Shared, R, E> Action<T, R, E> {
    /// What it is in the list of its type.
    pub(crate) fn entry(&self) -> &'static Entry<T> {
        let entry = self.entry.downcast_ref();
        entry.expect("an action of `T` is made of an entry of `T`")
    }
}

impl<T, R, E> Debug for Action<T, R, E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Action")
            .field("name", &self.name)
            .finish_non_exhaustive()
    }
}

/// An action of a type, by its name.
pub struct Entry<T: Shared> {
    pub(crate) name: &'static str,
    pub(crate) run: Run<T>,
}

/// Reads the arguments, does the change and writes the answer.
type Run<T> = fn(&mut <T as Shared>::Mut<'_>, &mut Arguments<'_>) -> Result<Answer, Unfit>;

impl<T: Shared> Entry<T> {
    /// An entry.
    pub const fn new(name: &'static str, run: Run<T>) -> Self {
        Self { name, run }
    }

    /// The action of a type that goes by a name.
    pub(crate) fn named(name: &str) -> Option<&'static Self> {
        let mut entries = T::ACTIONS.iter().copied().flatten();
        entries.find(|entry| entry.name == name)
    }
}

impl<T: Shared> Debug for Entry<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Entry").field(&self.name).finish()
    }
}

/// The entry of an action that was written for `T`.
///
/// # Panics
///
/// When the type does not list it. It is asked while the program is compiled.
pub const fn listed<T: Shared>(name: &str) -> &'static Entry<T> {
    let blocks = T::ACTIONS;
    let mut block = 0;
    while block < blocks.len() {
        let mut at = 0;
        while at < blocks[block].len() {
            if is_same(blocks[block][at].name.as_bytes(), name.as_bytes()) {
                return &blocks[block][at];
            }
            at += 1;
        }
        block += 1;
    }
    panic!(
        "the type does not find this action: its `impl` block asks for more than the type's derive does \
         (move the bound to the type), or the type does not derive `Shared`"
    )
}

const fn is_same(mine: &[u8], theirs: &[u8]) -> bool {
    let mut at = 0;
    while at < mine.len() && at < theirs.len() && mine[at] == theirs[at] {
        at += 1;
    }
    at == mine.len() && at == theirs.len()
}

/// What has run in an action's place.
#[derive(Debug)]
pub struct Answer {
    /// `0` and what it has answered, or `1` and why it has failed.
    pub(crate) bytes: Vec<u8>,
    /// Why it has failed, for people.
    pub(crate) failure: Option<String>,
}

/// Why an action could not be run, or its answer not be told.
#[derive(Debug)]
pub enum Unfit {
    /// Its arguments are not those of the action that is called so here.
    Arguments(DecodeError),
    /// Its answer does not survive serialization.
    Answer(&'static str),
}

impl From<DecodeError> for Unfit {
    fn from(problem: DecodeError) -> Self {
        Self::Arguments(problem)
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Arguments(problem) => write!(f, "its arguments cannot be read: {problem}"),
            Self::Answer(of) => write!(f, "serde cannot write its answer, a {of}"),
        }
    }
}

/// The arguments of an action, to be read one after the other.
#[derive(Debug)]
pub struct Arguments<'a>(Reader<'a>);

impl<'a> Arguments<'a> {
    pub(crate) fn new(bytes: &'a [u8]) -> Self {
        Self(read_opaque(bytes))
    }

    /// The next one.
    #[allow(clippy::should_implement_trait)] // each is of another type
    pub fn next<A: DeserializeOwned>(&mut self) -> Result<A, DecodeError> {
        self.0.by_serde()
    }

    /// There are no more.
    pub fn finish(&self) -> Result<(), DecodeError> {
        self.0.clone().finish()
    }
}

/// The arguments of an action, being written one after the other.
#[derive(Debug, Default)]
pub struct Arguing(Vec<u8>);

impl Arguing {
    /// None so far.
    pub fn new() -> Self {
        Self::default()
    }

    /// With one more.
    ///
    /// # Panics
    ///
    /// When serde cannot write it.
    #[must_use]
    pub fn with<A: Serialize>(mut self, argument: &A) -> Self {
        if let Err(error) = try_put(&mut self.0, argument) {
            panic!(
                "an argument of type {} cannot be sent: {error}",
                type_name::<A>()
            );
        }
        self
    }

    /// The action with these, which answers.
    pub fn answers<T: Shared, R: DeserializeOwned>(self, entry: &'static Entry<T>) -> Action<T, R> {
        Action {
            name: entry.name,
            entry,
            of: PhantomData,
            args: self.0,
            read: |bytes| read_answer(bytes, |reader| reader.by_serde().map(Ok)),
        }
    }

    /// The action with these, which answers or fails.
    pub fn may_fail<T: Shared, R: DeserializeOwned, E: DeserializeOwned>(
        self,
        entry: &'static Entry<T>,
    ) -> Action<T, R, E> {
        Action {
            name: entry.name,
            entry,
            of: PhantomData,
            args: self.0,
            read: |bytes| {
                read_answer(bytes, |reader| match reader.length()? {
                    OK => reader.by_serde().map(Ok),
                    _ => reader.by_serde().map(Err),
                })
            },
        }
    }
}

/// The number before what was answered.
const OK: usize = 0;
/// The number before why it has failed.
const ERR: usize = 1;

fn read_answer<A>(
    bytes: &[u8],
    read: impl FnOnce(&mut Reader<'_>) -> Result<A, DecodeError>,
) -> Option<A> {
    let mut reader = read_opaque(bytes);
    let answer = read(&mut reader).ok()?;
    reader.finish().ok().map(|()| answer)
}

/// Writes what an action has answered that cannot fail.
pub fn answered<R: Serialize>(answer: &R) -> Result<Answer, Unfit> {
    write_answer(vec![], answer, None)
}

/// Writes what an action has answered, or why it has failed.
pub fn ended<R: Serialize, E: Serialize + Debug>(answer: &Result<R, E>) -> Result<Answer, Unfit> {
    let mut bytes = vec![];
    match answer {
        Ok(answer) => {
            put_length(&mut bytes, OK);
            write_answer(bytes, answer, None)
        }
        Err(why) => {
            put_length(&mut bytes, ERR);
            write_answer(bytes, why, Some(format!("{why:?}")))
        }
    }
}

fn write_answer<A: Serialize>(
    mut bytes: Vec<u8>,
    answer: &A,
    failure: Option<String>,
) -> Result<Answer, Unfit> {
    try_put(&mut bytes, answer).map_err(|_| Unfit::Answer(type_name::<A>()))?;
    Ok(Answer { bytes, failure })
}

/// What an action gives that answers with a `Result`, by whatever name.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a `Result` of the standard library",
    label = "an action that can fail answers with a `std::result::Result`",
    note = "give a type of your own another name than `Result`"
)]
pub trait Fallible {
    /// What it answers with.
    type Ok;
    /// What it fails with.
    type Err;
}

impl<R, E> Fallible for Result<R, E> {
    type Ok = R;
    type Err = E;
}

/// Stands in for the actions that a type does not have.
pub trait Unlisted: Shared {
    /// Of the first block.
    const IPOS_ACTIONS_1_THE_NEXT_BLOCK_SAYS_ACTIONS_2: &'static [Entry<Self>] = &[];
    /// Of the second.
    const IPOS_ACTIONS_2_THE_NEXT_BLOCK_SAYS_ACTIONS_3: &'static [Entry<Self>] = &[];
    /// Of the third.
    const IPOS_ACTIONS_3_THE_NEXT_BLOCK_SAYS_ACTIONS_4: &'static [Entry<Self>] = &[];
    /// Of the fourth.
    const IPOS_ACTIONS_4_AND_NO_BLOCK_MORE: &'static [Entry<Self>] = &[];
}

impl<T: Shared> Unlisted for T {}

/// What becomes of an action that fails where it is called.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failing {
    /// It comes to nothing, and nobody is told.
    Forgotten,
    /// The host is asked all the same, and to tell its answer.
    Asked,
}

/// Runs an action at a place of an open commit, and notes that the host is to run it there again. Gives
/// what it has answered, in byte form; what a failing one has written is taken back.
///
/// # Panics
///
/// When the action does; and when serde cannot write and read its arguments or its answer.
pub(crate) fn perform<T: Shared>(
    cursor: &mut Cursor<'_, T>,
    entry: &'static Entry<T>,
    args: Vec<u8>,
    failing: Failing,
) -> Answer {
    let mut spot = cursor.spot();
    let (mark, ran) = attempt(&mut spot, entry, &args);
    let (_, recorder, _) = spot.parts();
    let is_told = match &ran {
        Ok(Ok(answer)) => answer.failure.is_none() || failing == Failing::Asked,
        _ => false,
    };
    recorder.leave_act(&mark);
    match ran {
        Ok(Ok(answer)) => {
            if is_told {
                recorder.note_act(mark, |wrote, path| Act {
                    wrote,
                    path,
                    name: entry.name,
                    args,
                    answer: answer.bytes.clone(),
                    is_asked: failing == Failing::Asked,
                });
            }
            answer
        }
        Ok(Err(unfit)) => panic!("the action `{}` cannot be told: {unfit}", entry.name),
        Err(panic) => resume_unwind(panic),
    }
}

/// Runs an action. What it has written is taken back, unless it has answered and has not failed.
fn attempt<T: Shared>(
    spot: &mut Spot<'_, T>,
    entry: &Entry<T>,
    args: &[u8],
) -> (Mark, thread::Result<Result<Answer, Unfit>>) {
    let (_, recorder, depth) = spot.parts();
    let mark = recorder.begin_act(depth);
    let run = || {
        let mut writer = T::writer(spot.lend().into());
        (entry.run)(&mut writer, &mut Arguments::new(args))
    };
    let ran = catch_unwind(AssertUnwindSafe(run));
    let has_failed = !matches!(&ran, Ok(Ok(answer)) if answer.failure.is_none());
    if has_failed {
        let (value, recorder, _) = spot.parts();
        for inverse in recorder.take_back(&mark) {
            let mut inverse = Incoming::of_own(&inverse, None);
            while inverse.advance() {
                let taken_back = value.apply(&mut inverse);
                taken_back.expect("an inverse applies to the state it was noted for");
            }
        }
    }
    (mark, ran)
}

/// Runs an action at the place of a wrapper; what the wrapper's `call` does.
pub fn call<T: Shared, R, E>(cursor: &mut Cursor<'_, T>, action: Action<T, R, E>) -> Result<R, E> {
    let entry = action.entry();
    let Action { args, read, .. } = action;
    let answer = perform(cursor, entry, args, Failing::Forgotten);
    read_own(&answer.bytes, entry.name, read)
}

/// What a type does with an operation that it does not have: it may be that an action is to be run here.
pub fn act<T: Shared>(
    value: &mut T,
    patch: &mut Incoming<'_>,
    what: &'static str,
    of: &'static str,
    operation: Operation,
) -> Result<(), Fault> {
    let Some((acting, way)) = patch.take_act(operation) else {
        return Err(patch.no_such(what, of, operation));
    };
    let ran = match Entry::<T>::named(&acting.name) {
        None => Ran::Broken(format!("it has no action `{}` of `{of}`", acting.name)),
        Some(entry) => run(value, entry, acting, way),
    };
    acting.outcome = Some(ran);
    Ok(())
}

fn run<T: Shared>(value: &mut T, entry: &Entry<T>, acting: &mut Acting, way: &[u8]) -> Ran {
    let mut spot = Spot::at(value, &mut acting.recorder, way);
    let (mark, ran) = attempt(&mut spot, entry, &acting.args);
    acting.recorder.leave_act(&mark);
    match ran {
        Ok(Ok(Answer { bytes, failure })) => Ran::Answered(bytes, failure),
        Ok(Err(unfit)) => Ran::Broken(unfit.to_string()),
        Err(panic) => Ran::Broken(format!("it panicked: {}", panic_message(&*panic))),
    }
}

/// What a panic says.
pub(crate) fn panic_message(panic: &(dyn Any + Send)) -> &str {
    panic
        .downcast_ref::<&str>()
        .copied()
        .or_else(|| panic.downcast_ref::<String>().map(String::as_str))
        .unwrap_or("it does not say why")
}

/// Reads the answer of an action that has run here.
pub(crate) fn read_own<R, E>(bytes: &[u8], name: &str, read: ReadAnswer<R, E>) -> Result<R, E> {
    read(bytes).unwrap_or_else(|| panic!("the answer of `{name}` does not survive serialization"))
}
