//! What a kind of value is: three values of one type, and a change that leads from the first to the
//! third. A row of a table holds them; what is done with them does not know the type.

use std::{cell::OnceCell, fmt::Debug, rc::Rc, str::FromStr};

use ipos::{Change, Ipos, Shared, SharedHandle, Subscription};

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
    /// Hears of its changes from now on.
    fn listen(&self) -> Box<dyn Hears>;
}

/// Who hears of the changes of an object of some kind, with a copy that is made of them alone.
pub trait Hears {
    /// Hears of one change more, and of no second one; tells if the copy is then another value.
    fn hear(&mut self, which: Which) -> Result<(), String>;
}

/// A kind of value; see `kind!`.
pub struct Row<T: Shared> {
    name: &'static str,
    make: fn(&'static str) -> Values<T>,
    values: OnceCell<Values<T>>,
}

/// A change through the wrapper.
type Update<T> = dyn Fn(&mut <T as Shared>::Mut<'_>);

/// The values of a row.
pub struct Values<T: Shared> {
    pub first: T,
    pub second: T,
    pub update: Box<Update<T>>,
    pub updated: T,
    /// Whether two values are the same.
    pub same: fn(&T, &T) -> bool,
}

/// A row: its name, its type, two values, and a change with what it makes of the first.
macro_rules! kind {
    ($name:literal, $ty:ty, first: $first:expr, second: $second:expr,
     update: |$w:ident| $update:expr, updated: $updated:expr $(,)?) => {
        $crate::roles::parity::kind::Row::<$ty>::boxed($name, |_| {
            $crate::roles::parity::kind::Values {
                first: $first,
                second: $second,
                update: Box::new(|$w| {
                    $update;
                }),
                updated: $updated,
                same: $crate::roles::parity::kind::alike,
            }
        })
    };
}
pub(super) use kind;

/// Whether two values are equal, and as long in print: that tells -0.0 from 0.0, whatever the order of a
/// map.
pub(super) fn alike<T: PartialEq + Debug>(a: &T, b: &T) -> bool {
    let length = |value: &T| format!("{value:?}").len();
    a == b && length(a) == length(b)
}

impl<T: Shared> Row<T> {
    /// A row of a name, whose values are made when they are needed.
    pub(super) fn boxed(name: &'static str, make: fn(&'static str) -> Values<T>) -> Box<dyn Kind> {
        let values = OnceCell::new();
        Box::new(Rc::new(Self { name, make, values }))
    }

    fn values(&self) -> &Values<T> {
        self.values.get_or_init(|| (self.make)(self.name))
    }

    fn value(&self, which: Which) -> &T {
        let values = self.values();
        match which {
            Which::First => &values.first,
            Which::Second => &values.second,
            Which::Updated => &values.updated,
        }
    }

    fn must_be(&self, found: &T, which: Which) -> Result<(), String> {
        let expected = self.value(which);
        if (self.values().same)(found, expected) {
            return Ok(());
        }
        Err(format!("it is {found:?} and not {expected:?}"))
    }
}

/// Who hears of the changes of an object of a row.
struct Listener<T: Shared> {
    row: Rc<Row<T>>,
    told: Subscription<Change<T>>,
    copy: T,
}

impl<T: Shared> Hears for Listener<T> {
    fn hear(&mut self, which: Which) -> Result<(), String> {
        if size_of::<T>() == 0 {
            // Nothing can become of it.
            return self.row.must_be(&self.copy, which);
        }
        let change = self.told.next_timeout(PATIENCE);
        let change = change.ok_or("nothing is told in time")?;
        if !change.apply_to(&mut self.copy) {
            return Err(format!(
                "the copy is {:?}, and told is {change:?}",
                self.copy
            ));
        }
        if let Some(second) = self.told.try_next() {
            return Err(format!("told is {change:?} and then {second:?}"));
        }
        self.row.must_be(&self.copy, which)
    }
}

impl<T: Shared> Kind for Rc<Row<T>> {
    fn name(&self) -> &'static str {
        self.name
    }
    fn create(&self, ipos: &Ipos, key: &str, which: Which) -> ipos::Result<Box<dyn Held>> {
        let value = self.value(which).clone();
        Ok(Box::new((self.clone(), ipos.create(key, value)?)))
    }
    fn get(&self, ipos: &Ipos, key: &str) -> ipos::Result<Box<dyn Held>> {
        Ok(Box::new((self.clone(), ipos.get::<T>(key)?)))
    }
    fn wait_for(&self, ipos: &Ipos, key: &str) -> ipos::Result<Box<dyn Held>> {
        let handle = ipos.wait_for::<T>(key, PATIENCE)?;
        Ok(Box::new((self.clone(), handle)))
    }
}

impl<T: Shared> Held for (Rc<Row<T>>, SharedHandle<T>) {
    fn set(&self, which: Which) -> ipos::Result<()> {
        self.1.set(self.0.value(which).clone())
    }

    fn update(&self) -> ipos::Result<()> {
        self.1.update(|writer| (self.0.values().update)(writer))
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
        self.0.must_be(&self.1.snapshot(), which)
    }

    fn listen(&self) -> Box<dyn Hears> {
        let told = self.1.subscribe();
        let (row, copy) = (self.0.clone(), told.snapshot());
        Box::new(Listener { row, told, copy })
    }
}
