//! A generic type with actions.

use std::error::Error as AnyError;

use ipos::{Ipos, Shared};
use serde::{Deserialize, Serialize};

use super::told;

/// The key of one.
pub const KEY: &str = "stack";

/// Things that are put on each other.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default)]
pub struct Stack<T> {
    /// The things.
    pub things: Vec<T>,
    /// How many there may be.
    pub most: usize,
}

#[ipos::actions]
impl<T: Shared> Stack<T> {
    /// Puts a thing on it; gives how many there are, or the thing when there are enough.
    pub fn put(stack: &mut StackMut<'_, T>, thing: T) -> Result<usize, T> {
        if stack.things.len() == stack.most {
            return Err(thing);
        }
        stack.things_mut().push(thing);
        Ok(stack.things.len())
    }
}

#[ipos::actions(2)]
impl<T: Shared> Stack<T> {
    /// Takes the last thing from it.
    pub fn take(stack: &mut StackMut<'_, T>) -> Option<T> {
        stack.things_mut().pop()
    }
}

pub(super) fn obey(ipos: &Ipos, words: &[&str]) -> Result<String, Box<dyn AnyError>> {
    if let ["create"] = words {
        let most = 2;
        let things = Vec::<String>::new();
        ipos.create(KEY, Stack { things, most })?;
        return Ok("ok".into());
    }
    let stack = ipos.get::<Stack<String>>(KEY)?;
    Ok(match words {
        ["put", thing] => told(stack.call(Stack::put_action((*thing).to_owned()))),
        ["take"] => told(stack.call(Stack::take_action())),
        _ => return Err(format!("what is {words:?}?").into()),
    })
}
