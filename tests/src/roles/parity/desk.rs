//! Functions: what the Node package ships as text and evaluates is called here by its name.

use ipos::{CallError, Ipos, Shared, SharedHandle};
use serde::{Deserialize, Serialize};

use super::player::{Answer, variant};
use crate::PATIENCE;

/// The key of the desk.
pub const DESK: &str = "desk";

/// What functions are called on.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Desk {
    /// A sum.
    pub sum: i64,
    /// Texts.
    pub notes: Vec<String>,
    /// Drawers.
    pub drawers: Vec<Drawer>,
}

/// A part of a desk.
#[derive(Shared, Serialize, Deserialize, Clone, Debug, Default, PartialEq)]
pub struct Drawer {
    /// What is in it.
    pub things: Vec<Option<String>>,
}

#[ipos::actions]
impl Desk {
    /// Of the state that there is, and an argument.
    pub fn add(desk: &mut DeskMut<'_>, amount: i64) -> i64 {
        desk.sum_mut().add(amount);
        desk.sum
    }

    /// Of several arguments, and without an answer.
    pub fn note(desk: &mut DeskMut<'_>, text: String, times: u8) {
        for _ in 0..times {
            desk.notes_mut().push(text.clone());
        }
    }

    /// May fail.
    pub fn halve(desk: &mut DeskMut<'_>) -> Result<i64, String> {
        desk.notes_mut().push("to be halved".into());
        if desk.sum % 2 != 0 {
            return Err(format!("{} is odd", desk.sum));
        }
        desk.set_sum(desk.sum / 2);
        Ok(desk.sum)
    }
}

#[ipos::actions]
impl Drawer {
    /// Of something nested.
    pub fn put(drawer: &mut DrawerMut<'_>, thing: Option<String>) -> usize {
        drawer.things_mut().push(thing);
        drawer.things.len()
    }
}

/// Calls what a line says, or tells what there is.
///
/// # Errors
///
/// When that cannot be.
pub fn act(ipos: &Ipos, line: &str) -> Answer {
    let desk: SharedHandle<Desk> = ipos.get(DESK)?;
    let words: Vec<&str> = line.split(' ').collect();
    Ok(match words[..] {
        ["add", amount] => told(desk.call(Desk::add_action(amount.parse()?))),
        ["note", text, times] => {
            told(desk.call(Desk::note_action(text.to_owned(), times.parse()?)))
        }
        ["halve"] => told(desk.call(Desk::halve_action())),
        ["put", at, thing] => {
            let at: usize = at.parse()?;
            let thing = (thing != "-").then(|| thing.to_owned());
            let put = desk.update(|desk| {
                let mut drawers = desk.drawers_mut();
                drawers.at(at).call(Drawer::put_action(thing))
            })?;
            desk.flush(PATIENCE)?;
            told(put.map_err(CallError::Failed))
        }
        ["desk"] => format!("{:?}", desk.snapshot()),
        _ => return Err(format!("what is {words:?}?").into()),
    })
}

fn told<R: std::fmt::Debug, E: std::fmt::Debug>(ended: Result<R, CallError<E>>) -> String {
    match ended {
        Ok(answer) => format!("{answer:?}"),
        Err(CallError::Failed(why)) => format!("failed: {why:?}"),
        Err(CallError::Ipos(error)) => format!("{}: {error}", variant(&error)),
    }
}
