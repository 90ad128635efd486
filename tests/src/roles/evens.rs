//! Two processes that have a type of the same name and form, and do not take the same values of it.

use std::{error::Error as AnyError, io::stdin};

use ipos::{Change, Ipos, Shared, SharedHandle, Subscription};
use serde::{Deserialize, Serialize};

use crate::{PATIENCE, talk};

/// The key of the number.
pub const KEY: &str = "n";

/// The key of a count that everybody can read.
pub const COUNT: &str = "count";

/// Either type.
pub trait Number: Shared {
    /// The number, whether or not it is one that peers may send.
    fn of(number: u32) -> Self;

    /// The number.
    fn number(&self) -> u32;

    /// Changes it.
    fn set(writer: &mut Self::Mut<'_>, number: u32);
}

macro_rules! number {
    () => {
        impl super::Number for Even {
            fn of(number: u32) -> Self {
                Self(number)
            }
            fn number(&self) -> u32 {
                self.0
            }
            fn set(writer: &mut Self::Mut<'_>, number: u32) {
                writer.set(Self(number));
            }
        }
    };
}

/// Takes every number.
pub mod any {
    use super::{Deserialize, Serialize, Shared};

    /// What should be even.
    #[derive(Shared, Serialize, Deserialize, Clone, Debug)]
    #[shared(atomic)]
    pub struct Even(u32);

    number!();
}

/// Takes even numbers alone.
pub mod even {
    use super::{Deserialize, Serialize, Shared};

    /// What is even.
    #[derive(Shared, Serialize, Deserialize, Clone, Debug)]
    #[shared(atomic)]
    #[serde(try_from = "u32")]
    pub struct Even(u32);

    impl TryFrom<u32> for Even {
        type Error = String;
        fn try_from(number: u32) -> Result<Self, String> {
            match number % 2 {
                0 => Ok(Self(number)),
                _ => Err(format!("{number} is odd")),
            }
        }
    }

    number!();
}

/// A process and its last handle to the number.
struct Player<E: Number> {
    ipos: Ipos,
    handle: SharedHandle<E>,
    /// What it hears of the number.
    changes: Option<Subscription<Change<E>>>,
    count: SharedHandle<u64>,
}

impl<E: Number> Player<E> {
    fn act(&mut self, line: &str) -> Result<String, Box<dyn AnyError>> {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["get"] => self.handle = self.ipos.get(KEY)?,
            ["create", number] => self.handle = self.ipos.create(KEY, E::of(number.parse()?))?,
            ["read"] => return Ok(self.handle.read().number().to_string()),
            ["value"] => return Ok(self.ipos.value(KEY)?.to_string()),
            ["set", number] => self.handle.set(E::of(number.parse()?))?,
            ["wait", number] => {
                let number: u32 = number.parse()?;
                self.handle.wait_until(PATIENCE, |n| n.number() == number)?;
            }
            ["subscribe"] => self.changes = Some(self.handle.subscribe()),
            // All of it, as soon as it ends.
            ["heard"] => {
                return Ok(self
                    .changes
                    .take()
                    .into_iter()
                    .flatten()
                    .map(gist)
                    .collect());
            }
            ["outlive"] => self.handle.wait_until(PATIENCE, |_| false)?,
            ["changed"] => self.handle.changed(PATIENCE)?,
            ["flush"] => self.handle.flush(PATIENCE)?,
            ["confirmed"] => return Ok(self.handle.is_confirmed().to_string()),
            ["barrier"] => self.ipos.barrier(PATIENCE)?,
            // Both say when what they write is on its way.
            ["transact", number] => self.handle.transact(|n| set::<E>(n, number))??,
            ["set-and-flush", number] => {
                self.handle.update(|n| set::<E>(n, number))??;
                self.handle.flush(PATIENCE)?;
            }
            ["count"] => {
                self.count.update(|count| count.add(1))?;
                self.count.flush(PATIENCE)?;
            }
            _ => return Err("what is that?".into()),
        }
        Ok("ok".into())
    }
}

/// What a change says.
fn gist<E: Number>(change: Change<E>) -> String {
    match change {
        Change::Patched { patches, .. } => format!("{patches:?}, "),
        Change::Reset { .. } => "Reset, ".into(),
        Change::Deleted => "Deleted".into(),
    }
}

fn set<E: Number>(writer: &mut E::Mut<'_>, number: &str) -> Result<(), Box<dyn AnyError>> {
    E::set(writer, number.parse()?);
    talk::say("inside")?;
    Ok(())
}

fn child<E: Number>() -> Result<(), Box<dyn AnyError>> {
    let ipos = Ipos::join()?;
    let (handle, count) = (ipos.get::<E>(KEY)?, ipos.get(COUNT)?);
    let mut player = Player {
        ipos,
        handle,
        changes: None,
        count,
    };
    for line in stdin().lines() {
        let answer = player.act(&line?).unwrap_or_else(|error| error.to_string());
        talk::say(&answer)?;
    }
    Ok(())
}

/// Plays a role of this family: by which type.
///
/// # Errors
///
/// When the session or the pipes fail.
pub fn play(role: &str) -> Result<(), Box<dyn AnyError>> {
    match role {
        "any" => child::<any::Even>(),
        "even" => child::<even::Even>(),
        _ => Err(format!("there is no role {role}").into()),
    }
}
