//! What a kind of value is: three values of one type, and a change that leads from the first to the
//! third. A row of a table holds them; what is done with them does not know the type.

use std::str::FromStr;

use ipos::{Ipos, Shared, SharedHandle};

use crate::PATIENCE;

/// One of a kind's values.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    First,
    Second,
    /// What the kind's update makes of the first.
    Updated,
}

impl FromStr for Which {
    type Err = String;

    fn from_str(name: &str) -> Result<Self, String> {
        match name {
            "first" => Ok(Self::First),
            "second" => Ok(Self::Second),
            "updated" => Ok(Self::Updated),
            _ => Err(format!("`{name}` is none of first, second and updated")),
        }
    }
}

/// A kind of value, without its type.
pub trait Kind {
    /// What tests call it; without spaces.
    fn name(&self) -> &'static str;
    /// Creates an object of it.
    fn create(&self, ipos: &Ipos, key: &str, which: Which) -> ipos::Result<Box<dyn Held>>;
    /// Gets an object of it.
    fn get(&self, ipos: &Ipos, key: &str) -> ipos::Result<Box<dyn Held>>;
    /// Gets an object of it, once it is there.
    fn wait_for(&self, ipos: &Ipos, key: &str) -> ipos::Result<Box<dyn Held>>;
}

/// A handle to an object of some kind.
pub trait Held {
    /// Replaces the whole.
    fn set(&self, which: Which) -> ipos::Result<()>;
    /// Makes the kind's change through the wrapper.
    fn update(&self) -> ipos::Result<()>;
    /// Opens it for writing and drops that again.
    fn open(&self) -> ipos::Result<()>;
    /// Waits until what was done here is confirmed, and gives its place in the order.
    fn flush(&self) -> ipos::Result<u64>;
    /// Waits until what stands at a place in the order has been applied here.
    fn reach(&self, seq: u64) -> ipos::Result<()>;
    /// Waits until the object cannot change any more, and gives the reason.
    fn end(&self) -> ipos::Result<()>;
    /// Reads it and tells if it is another value.
    fn must_be(&self, which: Which) -> Result<(), String>;
}

/// A kind of value; see `kind!`.
pub struct Row<T: Shared> {
    pub name: &'static str,
    pub first: fn() -> T,
    pub second: fn() -> T,
    pub update: fn(&mut T::Mut<'_>),
    pub updated: fn() -> T,
}

/// A row: its name, its type, two values, and a change with what it makes of the first.
macro_rules! kind {
    ($name:literal, $ty:ty, first: $first:expr, second: $second:expr,
     update: |$w:ident| $update:expr, updated: $updated:expr $(,)?) => {
        Box::new($crate::roles::parity::kind::Row::<$ty> {
            name: $name,
            first: || $first,
            second: || $second,
            update: |$w| {
                $update;
            },
            updated: || $updated,
        })
    };
}
pub(super) use kind;

impl<T: Shared> Row<T> {
    fn value(&self, which: Which) -> T {
        match which {
            Which::First => (self.first)(),
            Which::Second => (self.second)(),
            Which::Updated => (self.updated)(),
        }
    }
}

impl<T: Shared> Clone for Row<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T: Shared> Copy for Row<T> {}

impl<T: Shared + PartialEq> Kind for Row<T> {
    fn name(&self) -> &'static str {
        self.name
    }
    fn create(&self, ipos: &Ipos, key: &str, which: Which) -> ipos::Result<Box<dyn Held>> {
        Ok(Box::new((*self, ipos.create(key, self.value(which))?)))
    }
    fn get(&self, ipos: &Ipos, key: &str) -> ipos::Result<Box<dyn Held>> {
        Ok(Box::new((*self, ipos.get::<T>(key)?)))
    }
    fn wait_for(&self, ipos: &Ipos, key: &str) -> ipos::Result<Box<dyn Held>> {
        Ok(Box::new((*self, ipos.wait_for::<T>(key, PATIENCE)?)))
    }
}

impl<T: Shared + PartialEq> Held for (Row<T>, SharedHandle<T>) {
    fn set(&self, which: Which) -> ipos::Result<()> {
        self.1.set(self.0.value(which))
    }

    fn update(&self) -> ipos::Result<()> {
        self.1.update(self.0.update)
    }

    fn open(&self) -> ipos::Result<()> {
        self.1.write().map(ipos::WriteGuard::rollback)
    }

    fn flush(&self) -> ipos::Result<u64> {
        self.1.flush(PATIENCE)?;
        Ok(self.1.seq())
    }

    fn reach(&self, seq: u64) -> ipos::Result<()> {
        while self.1.seq() < seq {
            self.1.changed(PATIENCE)?;
        }
        Ok(())
    }

    fn end(&self) -> ipos::Result<()> {
        self.1.wait_until(PATIENCE, |_| false)
    }

    fn must_be(&self, which: Which) -> Result<(), String> {
        let (found, expected) = (self.1.snapshot(), self.0.value(which));
        // As long in print: that tells -0.0 from 0.0, whatever the order of a map.
        let print = |value: &T| format!("{value:?}");
        if found == expected && print(&found).len() == print(&expected).len() {
            return Ok(());
        }
        Err(format!("it is {found:?} and not {expected:?}"))
    }
}
