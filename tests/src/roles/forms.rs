//! Two processes that have a type of the same name and not of the same form: each single change of a
//! type, and what is told of it.

mod changes;

use std::{error::Error as AnyError, io::stdin};

use ipos::{Error, Ipos, Shared, SharedHandle, Value};

pub use changes::{CHANGES, Change, plain};

use crate::{PATIENCE, talk};

/// The key of the object.
pub const KEY: &str = "board";

/// What differs, if that is why something fails.
fn differences<R>(result: ipos::Result<R>) -> String {
    match result {
        Ok(_) => "nothing".to_owned(),
        Err(Error::TypeMismatch { differences, .. }) => differences.join("; "),
        Err(other) => format!("another error: {other}"),
    }
}

/// Asks for the object as a `T`, and tells what differs.
pub fn get<T: Shared>(ipos: &Ipos) -> String {
    differences(ipos.get::<T>(KEY))
}

/// Waits until a handle is of no more use, and tells what differs.
pub fn outlive<T: Shared>(handle: &SharedHandle<T>) -> String {
    differences(handle.wait_until(PATIENCE, |_| false))
}

/// One round of the child: asks for the host's object, puts its own in place of it, and sees it go.
///
/// # Errors
///
/// When the session or the pipes fail.
pub fn round<T: Shared + Default>(ipos: &Ipos) -> Result<(), Box<dyn AnyError>> {
    talk::say(&get::<T>(ipos))?;
    let handle = ipos.create(KEY, T::default())?;
    handle.flush(PATIENCE)?;
    talk::say(&Value::of(&T::default()).to_string())?;
    talk::say(&outlive(&handle))?;
    Ok(())
}

/// Plays the rounds whose numbers it is told.
///
/// # Errors
///
/// As of [`round`].
pub fn play() -> Result<(), Box<dyn AnyError>> {
    let ipos = Ipos::join()?;
    for line in stdin().lines() {
        let row: usize = line?.parse()?;
        (CHANGES[row].round)(&ipos)?;
    }
    Ok(())
}
