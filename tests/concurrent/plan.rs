//! What happens in a session, in which order.

use ipos_tests::subject::{DEPTH, Subject};
use proptest::{collection::vec, prelude::*, sample::select};

/// The host, and members by their numbers from 1.
pub type Who = usize;

/// The number of the host.
pub const HOST: Who = 0;

/// A session about one object.
#[derive(Clone, Debug)]
pub struct Plan<T, O> {
    pub start: T,
    pub members: usize,
    /// A member creates the object, and the host never names its type.
    pub by_schema: bool,
    /// Each commit is everywhere before the next one is made.
    pub calm: bool,
    /// How many commits the host remembers.
    pub memory: usize,
    pub events: Vec<Event<O>>,
}

/// What happens; nothing, when it makes no sense.
#[derive(Clone, Debug)]
pub enum Event<O> {
    Commit(Who, Vec<O>, End),
    /// So many messages of a member arrive.
    ToHost(Who, usize),
    /// So many messages to a member arrive at once.
    ToMember(Who, usize),
    /// All messages to a member arrive, then all of it.
    Meet(Who),
}

/// How an update ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum End {
    /// What has its target counts.
    Commit,
    /// It counts as a whole.
    Whole,
    /// It is rolled back.
    Rollback,
}

pub fn plans<T: Subject>() -> BoxedStrategy<Plan<T, T::Op>> {
    let whos = || select(vec![1, 2, 3]);
    let end = prop_oneof![
        7 => Just(End::Commit),
        2 => Just(End::Whole),
        1 => Just(End::Rollback),
    ];
    let event = prop_oneof![
        4 => (0..4usize, vec(T::ops(DEPTH), 1..4), end).prop_map(|(who, ops, end)| Event::Commit(who, ops, end)),
        1 => whos().prop_map(Event::Meet),
        3 => (whos(), 1..4usize).prop_map(|(who, count)| Event::ToHost(who, count)),
        3 => (whos(), 1..4usize).prop_map(|(who, count)| Event::ToMember(who, count)),
    ];
    let settings = (
        2..4usize,
        any::<bool>(),
        prop::bool::weighted(0.2),
        select(vec![64, 64, 64, 64, 2, 0]),
    );
    (T::values(DEPTH), settings, vec(event, 0..24))
        .prop_map(|(start, (members, by_schema, calm, memory), events)| Plan {
            start,
            members,
            by_schema,
            calm,
            memory,
            events,
        })
        .boxed()
}
