//! What actions do that are run again.

use std::{
    error::Error as AnyError,
    sync::{Mutex, OnceLock},
};

use ipos::{Ipos, SharedHandle};

use super::shop::{Short, newer::Shop};
use crate::PATIENCE;

/// What an action asks for while it is run again.
struct Session {
    ipos: Ipos,
    shop: SharedHandle<Shop>,
    other: SharedHandle<Shop>,
}

static SESSION: OnceLock<Session> = OnceLock::new();

/// What was done by those that were run again.
static DID: Mutex<Vec<String>> = Mutex::new(Vec::new());

pub(super) fn begin(ipos: &Ipos) -> Result<(), Box<dyn AnyError>> {
    let session = Session {
        ipos: ipos.clone(),
        shop: ipos.get("shop")?,
        other: ipos.get("other")?,
    };
    SESSION.set(session).map_err(|_| "it has begun".into())
}

pub(super) fn did() -> String {
    DID.lock().expect("nobody panics here").join(" ")
}

fn note(what: &str) {
    let mut did = DID.lock().expect("nobody panics here");
    did.push(what.to_owned());
}

/// Does what an action should not.
pub(super) fn misbehave(how: &str) -> Result<(), Short> {
    note(how);
    let session = SESSION.get().expect("it has begun");
    match how {
        "fails" => return Err(Short { missing: 5 }),
        "panics" => panic!("of the test: not again"),
        "reads" => note(&session.shop.read().balance.to_string()),
        // What it asks for is answered instead of waited for.
        _ => {
            let asked = [
                session.ipos.get::<Shop>("shop").map(drop),
                session.ipos.barrier(PATIENCE),
                session.other.flush(PATIENCE),
                session.other.wait_until(PATIENCE, |_| false),
                session.other.transact(|_| ()),
            ];
            for answer in asked {
                let answer = format!("{answer:?}");
                note(answer.split(' ').next().unwrap_or_default());
            }
        }
    }
    Ok(())
}
