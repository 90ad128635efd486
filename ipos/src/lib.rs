//! Live objects, shared between processes.
//!
//! A struct that derives [`Shared`] can live in a parent process and in its children at once. Each
//! holds a [`SharedHandle`] to it: reads it as a plain value, and writes it through a generated
//! wrapper. Every other process sees exactly that change.
//!
//! ```
//! use ipos::{Ipos, Shared};
//! use serde::{Deserialize, Serialize};
//!
//! #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
//! struct Board {
//!     title: String,
//!     scores: Vec<u32>,
//! }
//!
//! # fn main() -> ipos::Result<()> {
//! let ipos = Ipos::host()?;
//! let board = ipos.create("board", Board::default())?;
//! board.update(|b| {
//!     b.set_title("first");
//!     b.scores_mut().push(1);
//! })?;
//! assert_eq!(board.read().title, "first");
//! # Ok(())
//! # }
//! ```
//!
//! # A session
//!
//! [`Ipos::host`] begins a session. [`Ipos::spawn`] starts a program as a process of it, whose
//! [`Ipos::join`] returns when it holds every object. From then on all processes are alike: each may
//! [`create`](Ipos::create), [`get`](Ipos::get), write and [`delete`](Ipos::delete) objects, and
//! start sessions of its own beside.
//!
//! The host puts all changes in one order. A process sees its own writes at once and tells the host;
//! when the host has ordered others before, they are slid in below. [`SharedHandle::flush`] waits
//! until what this process wrote is confirmed.
//!
//! # Writing
//!
//! [`SharedHandle::update`] is one atomic commit. Its closure gets the value's wrapper, which derefs
//! to the value for reading, and has for each field `x` a setter `set_x` and a deeper wrapper
//! `x_mut`. What was not changed through a wrapper cannot be changed: a wrapper never lends `&mut` to
//! the value.
//!
//! The wrappers of the standard types have the methods of these types, with their results and their
//! panics, and each call is the smallest patch that says it: `tasks_mut().at(3).set_done(true)` sends a
//! path and a bool, `tasks_mut().sort_by_key(..)` the new order. Where that would take more bytes than the
//! whole value, as for the order of many small numbers, the whole is sent, and replaces what others put in
//! at the same moment.
//!
//! A deeper wrapper borrows the outer one until it is dropped, so one that has a name is to end before the
//! outer one is used again: `drop` it, or use it in a block or an expression of its own.
//!
//! | type | wrapper | beside the type's own methods |
//! |---|---|---|
//! | integers, floats | [`NumberMut`] | `set`, `modify`, `add`, `sub`, `wrapping_add`, `wrapping_sub` |
//! | `String` | [`StringMut`] | `set` |
//! | `Vec`, `VecDeque`, arrays | [`ListMut`], [`ArrayMut`] | `at`, `get_mut`, `first_mut`, `last_mut`, `for_each_mut` |
//! | `HashMap`, `BTreeMap` | [`MapMut`] | `get_mut`, `entry`, `for_each_mut` |
//! | `HashSet`, `BTreeSet` | [`SetMut`] | |
//! | `Option`, `Result` | [`OptionMut`], [`ResultMut`] | `as_mut` |
//! | tuples | [`Tuple2Mut`] and so on | `set_0`, `_0_mut` and so on |
//! | all others | [`LeafMut`] | `set`, `modify`: they are sent whole |
//!
//! Numbers can be added to. `set_hits(b.hits + 1)` in two processes at once counts once, since
//! the later one replaces the earlier one; `hits_mut().add(1)` counts twice.
//!
#![doc = include_str!("action/guide.md")]
//!
//! # What can be shared
//!
//! Whatever derives [`Shared`](macro@Shared), and of the standard library:
//!
//! - the integers, also as `NonZero`, `Wrapping` and `Saturating`; `f32`, `f64`, `bool`, `char`, `()`;
//! - `String`, `Box<str>`, `Arc<str>`, `PathBuf`, `OsString`, `CString`;
//! - `Vec`, `VecDeque`, arrays of up to 32 (as serde knows them), `HashMap`, `BTreeMap`, `HashSet`, `BTreeSet`;
//! - `Option`, `Result`, tuples of up to 12, `Reverse`, `PhantomData`;
//! - `Box`, `Arc` and `Cow<'static, _>`, each as if it were its content;
//! - `Duration`, `SystemTime`, the ranges and `Bound`, the addresses of `std::net`.
//!
//! A `Vec<u8>` travels as bytes, and so do arrays of `u8` and serde's `ByteBuf`.
//!
//! Behind features of the same names there are the types of `uuid`, `chrono`, `jiff`, `indexmap` (replaced
//! whole, since their order counts), `smallvec` and `bytes`. Any other type with serde's two derives is shared as a whole by
//! [`#[shared(atomic)]`](#atomic).
//!
//! References, `Rc`, `Cell`, `Mutex` and the like cannot be shared: a shared value owns its data, and is
//! changed through its wrapper.
//!
//! A root value needs no struct: `ipos.create("list", Vec::<String>::new())` works as well.
//!
//! # Deriving
//!
//! The derive leaves the type as it is, and generates beside it, for `struct Board`:
//!
//! - `BoardMut<'_>`, the wrapper;
//! - `BoardPatch`, one change as a typed enum, with one variant for each field;
//! - `impl Shared for Board`.
//!
//! The type must also derive `Serialize`, `Deserialize`, `Clone` and `Debug`. Tuple structs have
//! `set_0` and `_0_mut`, as tuples have. Generic types derive with the bounds that their fields need,
//! and types may be recursive through boxes, lists and maps.
//!
//! An **enum** is replaced by `set`, or changed in the variant that it is: for each variant with fields
//! there is a method that leads into it, if the value is in it. Where another process has replaced the
//! value by another variant meanwhile, a change inside the old one becomes nothing.
//!
//! ```
//! # use ipos::{Ipos, Shared};
//! # use serde::{Deserialize, Serialize};
//! #[derive(Shared, Serialize, Deserialize, Clone, Debug)]
//! enum Figure {
//!     Nothing,
//!     Circle(f64),
//!     Rect { width: f64, height: f64 },
//! }
//!
//! # fn main() -> ipos::Result<()> {
//! # let ipos = Ipos::host()?;
//! let figure = ipos.create("figure", Figure::Rect { width: 1.0, height: 2.0 })?;
//! figure.update(|f| {
//!     if let Some(mut rect) = f.rect_mut() {
//!         rect.set_width(3.0);
//!     }
//! })?;
//! assert!(matches!(*figure.read(), Figure::Rect { width: 3.0, height: 2.0 }));
//!
//! figure.update(|f| f.set(Figure::Circle(0.5)))?;
//! figure.update(|f| {
//!     if let Some(mut radius) = f.circle_mut() {
//!         radius.add(1.0);
//!     }
//! })?;
//! assert!(matches!(*figure.read(), Figure::Circle(1.5)));
//! # Ok(())
//! # }
//! ```
//!
//! # Attributes
//!
//! They stand in `#[shared(..)]`.
//!
//! | where | attribute | meaning |
//! |---|---|---|
//! | field, type | [`atomic`](#atomic) | it is replaced whole, and needs only serde |
//! | field | [`skip`](#skip) | it is local to each process |
//! | field | [`host_only`](#host_only) | only the host may write it |
//! | field, variant, type | [`rename = ".."`](#rename) | its name in the schema |
//! | type | [`crate = ".."`](#crate) | where `ipos` lives |
//! | type | [`bound = ".."`](#bound) | the bounds, in place of those that are found |
//!
//! ## `atomic`
//!
//! The field is a leaf: it has `set` and `modify`, and is sent whole by its own `Serialize`. On a type
//! the attribute makes the type itself a leaf. All of serde's attributes count then that postcard can
//! carry. Others get what serde makes of the value: what that loses, a `#[serde(skip)]` field or a lossy
//! `into`, they do not have.
//!
//! ```
//! # use ipos::{Ipos, Shared};
//! # use serde::{Deserialize, Serialize};
//! // Not a type of ours; it knows serde and nothing of `ipos`.
//! #[derive(Serialize, Deserialize, Clone, Debug, PartialEq)]
//! struct Version { major: u32, minor: u32 }
//!
//! #[derive(Shared, Serialize, Deserialize, Clone, Debug, PartialEq)]
//! #[shared(atomic)]
//! struct Percent(u8);
//!
//! #[derive(Shared, Serialize, Deserialize, Clone, Debug)]
//! struct Release {
//!     #[shared(atomic)]
//!     version: Version,
//!     progress: Percent,
//! }
//!
//! # fn main() -> ipos::Result<()> {
//! # let ipos = Ipos::host()?;
//! # let version = Version { major: 1, minor: 0 };
//! let release = ipos.create("release", Release { version, progress: Percent(0) })?;
//! release.update(|r| {
//!     r.version_mut().modify(|version| version.minor += 1);
//!     r.set_progress(Percent(10));
//! })?;
//! assert_eq!(release.read().version, Version { major: 1, minor: 1 });
//! # Ok(())
//! # }
//! ```
//!
//! Processes with the same form of such a type may still not take the same values of it: one's `Deserialize`
//! may refuse (by a `try_from`, say) what another one has written. A host refuses a commit, or an object in
//! place of one that it has, that its own type refuses: [`Error::Rejected`]. In a member only the object
//! concerned becomes unreadable: its handles answer [`Error::Unreadable`] and keep the last state that could be
//! read, and [`Ipos::get`] gives a new one as soon as the type takes the value again.
//!
//! ## `skip`
//!
//! The field is not sent. Where a value arrives, it is `Default::default()`, or what the path of
//! `#[serde(default = "path")]` gives. Each process can set its own; nobody hears of it, it is no part
//! of a commit, and a rollback leaves it. A value that is taken out and put back by a rebase or a
//! resync comes back with the default.
//!
//! ```
//! # use ipos::{Ipos, Shared};
//! # use serde::{Deserialize, Serialize};
//! #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
//! struct Document {
//!     text: String,
//!     #[shared(skip)]
//!     #[serde(skip)]
//!     words: Option<usize>,
//! }
//!
//! # fn main() -> ipos::Result<()> {
//! # let ipos = Ipos::host()?;
//! let document = ipos.create("document", Document::default())?;
//! document.update(|d| {
//!     d.set_text("two words");
//!     let words = d.text.split(' ').count();
//!     d.set_words(Some(words));
//! })?;
//! assert_eq!(document.read().words, Some(2));
//! # Ok(())
//! # }
//! ```
//!
//! ## `host_only`
//!
//! The field is for the host to write. A member's commit that writes it, or
//! puts in a value that has it, is refused as a whole and undone. A value of another variant than the one with
//! the field does not have it, nor does a list without elements. An object whose type has such a field
//! is for the host alone to create, to overwrite and to delete. A member may still remove, move and sort
//! values with such a field, and write their other fields.
//!
//! ```
//! # use ipos::Shared;
//! # use serde::{Deserialize, Serialize};
//! #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
//! struct Task {
//!     name: String,
//!     #[shared(host_only)]
//!     approved: bool,
//! }
//! ```
//!
//! ## `rename`
//!
//! The name by which a field, a variant or the type stands in the schema. Two programs share a type when
//! their schemas are the same, so a field can have another name in one of them.
//!
//! ```
//! # use ipos::Shared;
//! # use serde::{Deserialize, Serialize};
//! #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
//! #[shared(rename = "Board")]
//! struct BoardV2 {
//!     #[shared(rename = "title")]
//!     heading: String,
//! }
//! assert!(ipos::schema_of::<BoardV2>().to_string().contains("title: String"));
//! ```
//!
//! ## `crate`
//!
//! The path to this crate, when it goes by another name.
//!
//! ```
//! # use serde::{Deserialize, Serialize};
//! extern crate ipos as engine;
//!
//! #[derive(engine::Shared, Serialize, Deserialize, Clone, Debug)]
//! #[shared(crate = "engine")]
//! struct Volume(f32);
//! # fn main() {}
//! ```
//!
//! ## `bound`
//!
//! The derive asks of a type parameter what the fields need that name it: `T: Shared` as a rule. The
//! attribute says it instead.
//!
//! ```
//! # use ipos::Shared;
//! # use serde::{Deserialize, Serialize};
//! trait Theme {
//!     type Color: Shared;
//! }
//!
//! #[derive(Serialize, Deserialize, Clone, Debug)]
//! struct Dark;
//!
//! impl Theme for Dark {
//!     type Color = [u8; 3];
//! }
//!
//! #[derive(Shared, Serialize, Deserialize, Clone, Debug)]
//! #[shared(bound = "T: Theme + Clone + std::fmt::Debug + Send + Sync + 'static")]
//! #[serde(bound = "")]
//! struct Style<T: Theme> {
//!     text: T::Color,
//! }
//! ```
//!
//! # What serde has to do with it
//!
//! A shared type derives serde's two traits for its typed patches, and for whatever else a program does
//! with it. On the socket, IPOS writes a type's fields itself, by their order. So serde's names and
//! defaults change nothing there, what would be lost by that (`skip`, `with`, `into`, `from`) is refused
//! where it stands with the way out, and so is what postcard cannot carry (`flatten`, `untagged`, `tag`,
//! `skip_serializing_if`).
//!
//! # Schemas
//!
//! A type is known to other processes by its form: [`schema_of`] tells it, in text, by serde, and as a
//! hash; [`Ipos::schema`] tells that of an object. When a process asks for an object as another type than it is, [`Error::TypeMismatch`] says what
//! differs, field by field. A process can hold, order and pass on objects whose types it does not name;
//! so a host need not know what its members share, and a tool can look at all of it: [`Ipos::value`] gives a
//! [`Value`] to print, or to write as JSON.
//!
//! ```
//! # use ipos::{Ipos, Shared};
//! # use serde::{Deserialize, Serialize};
//! #[derive(Shared, Serialize, Deserialize, Clone, Debug)]
//! struct Task { name: String, done: bool }
//!
//! # fn main() -> ipos::Result<()> {
//! # let ipos = Ipos::host()?;
//! ipos.create("tasks", vec![Task { name: "build".into(), done: false }])?;
//! assert_eq!(ipos.value("tasks")?.to_string(), r#"[Task { name: "build", done: false }]"#);
//! # Ok(())
//! # }
//! ```
//!
//! # Events
//!
//! A field of the type [`Events`] is a place where things happen that leave nothing behind:
//! `oven.alarms_mut().emit("too hot")` reaches every process once, with the commit and in its place in the order, and
//! [`SharedHandle::events`] hears of it. It is a part of no value, so who joins later does not.
//!
//! [`Ipos::events`] tells what happens in the session itself: which processes join and leave, and how those that this
//! one has spawned have ended, which keys get objects and lose them, and what is refused.
//!
//! # Waiting
//!
//! [`SharedHandle::wait_until`] waits for a state, [`SharedHandle::changed`] for a change,
//! [`Ipos::wait_for`] for an object. All of them end at once, with an error that says so, when the
//! session does.
//!
//! # Hearing of changes
//!
//! [`SharedHandle::subscribe`] tells each [`Change`] of an object as it comes to be seen in this process: whole
//! commits as typed patches, with who made them, its own among them. A copy that is made of nothing else is as the
//! object, after each. [`SharedHandle::follow`] tells as well which commits of this process are confirmed, and why
//! others were refused; [`SharedHandle::last_commit`] tells a thread which of them was its own.
//!
//! ```
//! # fn main() -> ipos::Result<()> {
//! # let ipos = ipos::Ipos::host()?;
//! use ipos::{Change, ListPatch};
//!
//! let jobs = ipos.create("jobs", vec![String::from("build")])?;
//! let changes = jobs.subscribe();
//! jobs.update(|jobs| jobs.push("test".into()))?;
//! ipos.delete("jobs")?;
//! for change in changes {
//!     match change {
//!         Change::Patched { patches, origin, .. } => {
//!             assert!(origin.is_local());
//!             assert!(matches!(&patches[..], [ListPatch::Push(1, job)] if job == "test"));
//!         }
//!         Change::Reset { .. } => println!("take a snapshot"),
//!         Change::Deleted => println!("nothing follows"),
//!     }
//! }
//! # Ok(())
//! # }
//! ```
//!
//! A [`Subscription`] is an iterator that waits, and a stream; [`Subscription::stream`] is a stream alone, for where
//! `StreamExt` is in scope. That, and [`SharedHandle::changed_async`],
//! [`wait_until_async`](SharedHandle::wait_until_async), [`flush_async`](SharedHandle::flush_async),
//! [`update_async`](SharedHandle::update_async), [`transact_async`](SharedHandle::transact_async),
//! [`call_async`](SharedHandle::call_async), [`Ipos::barrier_async`], [`Ipos::wait_for_async`] and
//! [`Process::wait_async`] run under any runtime or none, and can be dropped at any time.
//!
//! # Errors
//!
//! [`Error`] tells what happened, to which key or process, and what to do. A panic of this library
//! is a bug, but for the ones that are documented: an index that is out of bounds, reading an
//! object through its handle inside its own `update`, waiting for what a subscription tells while holding an
//! object, and an atomic value that its own serde cannot write and read in postcard's form.

// A test that unwraps says all there is to say when it fails.
#![cfg_attr(test, allow(clippy::unwrap_used))]
// Models leave out all tests but their own, and what these need.
#![cfg_attr(loom, allow(dead_code, unused_imports))]

// The derive's output names the crate as its users do, also in the tests in here.
#[cfg(test)]
extern crate self as ipos;

#[doc(hidden)]
#[path = "derive_support.rs"]
pub mod __private;
mod action;
mod audience;
mod breaks;
mod builder;
mod cell;
mod codec;
mod core;
mod cursor;
mod deadline;
mod driver;
mod dynamic;
mod error;
mod guard;
mod handle;
#[doc(hidden)]
pub mod measured;
#[cfg(test)]
mod models;
mod parts;
mod patch;
mod peers;
mod process;
mod recorder;
pub mod schema;
mod seat;
mod session;
mod shared;
#[cfg(feature = "simulation")]
#[doc(hidden)]
pub mod simulation;
mod store;
mod subscribe;
mod sync;
mod tally;
mod types;
mod value;
mod wire;

pub use crate::action::Action;
pub use crate::core::{Limits, Origin, PeerId};
pub use builder::Builder;
pub use driver::Waiting;
pub use error::{Error, Result};
pub use guard::{ReadGuard, WriteGuard};
pub use handle::{Call, CallError, SharedHandle};
pub use ipos_derive::{Shared, actions};
pub use patch::Patch;
pub use peers::{Peer, PeerState};
pub use process::{Invitation, Process};
pub use schema::{Difference, Schema, SchemaHash, schema_of};
pub use session::Ipos;
pub use shared::{Assign, Shared};
pub use subscribe::{Change, Event, Iter, Progress, SessionEvent, Subscription};
pub use tally::{Stats, Traffic};
pub use types::*;
pub use value::Value;
