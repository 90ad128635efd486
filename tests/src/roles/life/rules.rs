//! What the validators of an actor ask of values.

use std::sync::{
    Arc, Condvar, Mutex, OnceLock,
    atomic::{AtomicUsize, Ordering},
};

use ipos::{Ipos, Origin, SharedHandle};

use super::held::Word;

/// Who made a commit, as words.
#[must_use]
pub fn name(origin: &Origin) -> String {
    let pid = origin.pid().map_or("?".to_owned(), |pid| pid.to_string());
    let place = if origin.is_local() { "here" } else { "there" };
    format!("{} {pid} {place}", origin.peer())
}

static GATE: (Mutex<bool>, Condvar) = (Mutex::new(false), Condvar::new());

/// How many have come to the gate.
static CAME: AtomicUsize = AtomicUsize::new(0);

/// How many have come to the rule `gate`.
#[must_use]
pub fn came_to_gate() -> usize {
    CAME.load(Ordering::Relaxed)
}

/// Lets all go on that wait, or will, because of the rule `gate`.
///
/// # Panics
///
/// When a thread has panicked that held it.
pub fn open_gate() {
    *GATE.0.lock().expect("nobody panics here") = true;
    GATE.1.notify_all();
}

fn pass_gate() {
    CAME.fetch_add(1, Ordering::Relaxed);
    let open = GATE.0.lock().expect("nobody panics here");
    drop(GATE.1.wait_while(open, |open| !*open));
}

/// Creates a number under a rule.
///
/// # Errors
///
/// As `create_with`.
///
/// # Panics
///
/// When nobody knows the rule.
pub fn number(ipos: &Ipos, key: &str, value: &str, rule: &str) -> ipos::Result<SharedHandle<u64>> {
    let value = u64::parse(value);
    let even = |after: &u64| match after % 2 {
        0 => Ok(()),
        _ => Err(format!("{after} is odd")),
    };
    match rule {
        "even" => ipos.create_with(key, value, move |_, after, _| even(after)),
        "grows" => ipos.create_with(key, value, |before, after, _| {
            let grows = after > before;
            grows
                .then_some(())
                .ok_or(format!("{after} is not above {before}"))
        }),
        "panics" => ipos.create_with(key, value, |_, after, _| {
            assert!(after % 2 == 0, "of the rule: {after} is odd");
            Ok(())
        }),
        "named" => ipos.create_with(key, value, |_, _, origin| Err(name(origin))),
        "host" => ipos.create_with(key, value, |_, _, origin| {
            let is_host = origin.is_local();
            is_host.then_some(()).ok_or("it is the host's".to_owned())
        }),
        "long" => ipos.create_with(key, value, |_, _, _| Err("long ".repeat(1000))),
        "gate" => ipos.create_with(key, value, |_, _, _| {
            pass_gate();
            Ok(())
        }),
        "reads-itself" => {
            let itself = Arc::new(OnceLock::<SharedHandle<u64>>::new());
            let known = itself.clone();
            let handle = ipos.create_with(key, value, move |_, _, _| {
                let read = known.get().map(|handle| *handle.read());
                Err(format!("it was read: {read:?}"))
            })?;
            Ok(itself.get_or_init(|| handle).clone())
        }
        "reads-n" => {
            let n = ipos.get::<u64>("n")?;
            ipos.create_with(key, value, move |_, after, _| {
                let most = *n.read();
                let fits = *after <= most;
                fits.then_some(())
                    .ok_or(format!("{after} is above n, which is {most}"))
            })
        }
        _ => unreachable!("what is {rule}?"),
    }
}

/// Creates a list under a rule.
///
/// # Errors
///
/// As `create_with`.
///
/// # Panics
///
/// When nobody knows the rule.
pub fn list(
    ipos: &Ipos,
    key: &str,
    value: &str,
    rule: &str,
) -> ipos::Result<SharedHandle<Vec<u64>>> {
    assert_eq!(rule, "no-99", "what is {rule}?");
    ipos.create_with(key, Vec::parse(value), |_, after: &Vec<u64>, _| {
        let has = after.contains(&99);
        (!has).then_some(()).ok_or("99 is not wanted".to_owned())
    })
}
