//! `Events`: what happens once, in its place among the changes, and leaves nothing behind.

use std::{fmt, hash::Hash, marker::PhantomData};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{
    cursor::{Cursor, Finish},
    error::Result,
    patch::{Fault, Incoming, patch_forms},
    schema::{SchemaBuilder, Shape, TypeRef, table_of},
    shared::{Assign, Shared},
    wire::{DecodeError, Reader, put_length},
};

/// A place in an object where things happen that leave nothing behind: an alarm, a key that was pressed, a line
/// that was said.
///
/// What is emitted reaches every process once, with the commit that it is emitted in: in the order of the session,
/// behind what was ordered before it and before what comes later. So it reaches the process that emits it when the
/// host has confirmed the commit, and nobody if the host refuses it. Who joins later does not hear of it, nor
/// does who has missed so much that it is given the object anew: also not of what it has emitted itself meanwhile.
///
/// An event is read by those alone who listen. What `E` cannot be read from there, as when its own `Deserialize`
/// refuses it, is [missed](crate::Event::Missed) by them, and does the object no harm.
///
/// Whoever wants to hear asks for [`SharedHandle::events`](crate::SharedHandle::events); elsewhere an event is
/// read over and forgotten.
///
/// ```
/// # fn main() -> ipos::Result<()> {
/// use ipos::{Event, Events, Shared};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
/// struct Oven {
///     degrees: u32,
///     alarms: Events<String>,
/// }
///
/// let ipos = ipos::Ipos::host()?;
/// let oven = ipos.create("oven", Oven::default())?;
/// let alarms = oven.events(|oven| &oven.alarms);
/// oven.update(|oven| {
///     oven.set_degrees(300);
///     oven.alarms_mut().emit("too hot");
/// })?;
/// let Some(Event::Emitted { event, .. }) = alarms.try_next() else {
///     panic!("it was just emitted")
/// };
/// assert_eq!(event, "too hot");
/// # Ok(())
/// # }
/// ```
pub struct Events<E> {
    /// It takes a byte, so that two fields have two addresses, by which they are told apart.
    _place: u8,
    of: PhantomData<fn() -> E>,
}

impl<E> Events<E> {
    /// A place where nothing has happened.
    pub const fn new() -> Self {
        Self {
            _place: 0,
            of: PhantomData,
        }
    }
}

impl<E> Default for Events<E> {
    fn default() -> Self {
        Self::new()
    }
}

impl<E> Clone for Events<E> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<E> Copy for Events<E> {}

impl<E> fmt::Debug for Events<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Events")
    }
}

impl<E> PartialEq for Events<E> {
    fn eq(&self, _: &Self) -> bool {
        true
    }
}

impl<E> Eq for Events<E> {}

impl<E> PartialOrd for Events<E> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<E> Ord for Events<E> {
    fn cmp(&self, _: &Self) -> std::cmp::Ordering {
        std::cmp::Ordering::Equal
    }
}

impl<E> Hash for Events<E> {
    fn hash<H: std::hash::Hasher>(&self, _: &mut H) {}
}

impl<E> Serialize for Events<E> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<'de, E> Deserialize<'de> for Events<E> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        <()>::deserialize(deserializer).map(|()| Self::new())
    }
}

/// What happens at an [`Events`].
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(bound = "")]
pub enum EventsPatch<E: Shared> {
    /// Something has happened.
    Emit(E),
}

pub(crate) const EMIT: usize = 1;

patch_forms! {
    impl[E: Shared] Patch for EventsPatch<E>, of "Events" {
        EMIT => (Self::Emit(event)), [event] [];
    }
}

/// The wrapper of an [`Events`].
#[derive(Debug)]
pub struct EventsMut<'a, E>(Cursor<'a, Events<E>>);

impl<E: Shared> EventsMut<'_, E> {
    /// Tells every process, with the commit.
    pub fn emit(&mut self, event: impl Assign<E>) {
        let event = event.into_value();
        self.0.record(|out| {
            put_length(out, EMIT);
            event.encode(out);
        });
    }
}

impl<E: Shared> Shared for Events<E> {
    type Patch = EventsPatch<E>;
    type Mut<'a> = EventsMut<'a, E>;

    fn writer(cursor: Cursor<'_, Self>) -> Self::Mut<'_> {
        EventsMut(cursor)
    }
    fn finish(writer: Self::Mut<'_>, finish: Finish) -> Result<()> {
        writer.0.finish(finish)
    }
    fn replace(_: Cursor<'_, Self>, _: Self) {}
    fn encode(&self, _: &mut Vec<u8>) {}
    fn decode(reader: &mut Reader<'_>) -> Result<Self, DecodeError> {
        reader.nothing()?;
        Ok(Self::new())
    }
    fn apply(&mut self, patch: &mut Incoming<'_>) -> Result<(), Fault> {
        let operation = patch.operation()?;
        if operation.number != EMIT {
            return Err(patch.no_such("operation", "Events", operation));
        }
        let events = table_of::<E>();
        let read_over = |reader: &mut Reader<'_>| events.skip_value(reader);
        patch.reader().nested(read_over)?;
        Ok(())
    }
    fn describe(schema: &mut SchemaBuilder) -> TypeRef {
        schema.tell::<Self>(|schema| Shape::Events(E::describe(schema)))
    }
}
