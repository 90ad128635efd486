//! Processes that call actions.

mod again;
mod awaited;
pub mod patterns;
pub mod shop;
pub mod stack;

use std::{
    error::Error as AnyError,
    fmt::Debug,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Condvar, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use ipos::{Call, CallError, Ipos, SharedHandle};

use self::shop::newer::{Shop, Till};
use crate::{PATIENCE, talk};

/// Whether this process is the host. Actions may do other things in other processes.
pub static IS_HOST: AtomicBool = AtomicBool::new(false);

static GATE: (Mutex<bool>, Condvar) = (Mutex::new(true), Condvar::new());

/// Lets actions that wait at the host's gate go on, or those that come wait.
///
/// # Panics
///
/// When a thread has panicked that held it.
pub fn set_gate(is_open: bool) {
    *GATE.0.lock().expect("nobody panics here") = is_open;
    GATE.1.notify_all();
}

fn is_host() -> bool {
    IS_HOST.load(Ordering::Relaxed)
}

fn pass_gate() {
    if is_host() {
        let open = GATE.0.lock().expect("nobody panics here");
        drop(GATE.1.wait_while(open, |open| !*open));
    }
}

/// Plays a role of this family.
///
/// # Errors
///
/// What the role ends with.
pub fn play(role: &str, arguments: &[String]) -> Result<(), Box<dyn AnyError>> {
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match (role, &arguments[..]) {
        ("claim", [workers]) => claim(workers.parse()?),
        ("withdraw", [worker, workers]) => withdraw(worker.parse()?, workers.parse()?),
        ("member", []) => member(),
        ("await", [runtime]) => awaited::play(runtime),
        ("pattern", ["offer", worker]) => patterns::offer(worker.parse()?),
        ("pattern", ["take", worker]) => patterns::take(worker.parse()?),
        ("pattern", ["lead", worker]) => patterns::lead(worker.parse()?),
        ("pattern", ["score", worker]) => patterns::score(worker.parse()?),
        _ => Err(format!("there is no role {role} with arguments {arguments:?}").into()),
    }
}

fn begin(workers: u64) -> Result<(Ipos, SharedHandle<Shop>), Box<dyn AnyError>> {
    let ipos = Ipos::join()?;
    let shop = ipos.get::<Shop>("shop")?;
    shop.update(|shop| shop.present_mut().add(1))?;
    shop.wait_until(PATIENCE, |shop| shop.present == workers)?;
    Ok((ipos, shop))
}

/// Claims jobs until there are none, and tells which it got.
fn claim(workers: u64) -> Result<(), Box<dyn AnyError>> {
    let (_ipos, shop) = begin(workers)?;
    let mut claimed = Vec::new();
    while let Some(job) = shop.call(Shop::claim_action())? {
        claimed.push(job.to_string());
    }
    Ok(talk::say(&claimed.join(" "))?)
}

/// Withdraws until there is not enough, and tells after each step how much it has got.
fn withdraw(worker: u64, workers: u64) -> Result<(), Box<dyn AnyError>> {
    let (_ipos, shop) = begin(workers)?;
    let mut got = 0;
    for n in 0.. {
        let amount = 1 + (worker + n) % 7;
        match shop.call(Shop::withdraw_action(worker, amount)) {
            Ok(_) => got += amount,
            Err(CallError::Failed(short)) => {
                assert!(short.missing <= amount);
                break;
            }
            Err(error) => return Err(error.into()),
        }
        if n % 50 == 0 {
            talk::say(&got.to_string())?;
        }
    }
    Ok(talk::say(&format!("end {got}"))?)
}

/// Calls what it is told, and tells what comes of it.
fn member() -> Result<(), Box<dyn AnyError>> {
    let ipos = Ipos::join()?;
    let mut started: Vec<Call<u64, shop::Short>> = Vec::new();
    for line in std::io::stdin().lines() {
        let line = line?;
        let words: Vec<&str> = line.split(' ').collect();
        let said = obey(&ipos, &words, &mut started).unwrap_or_else(|error| error.to_string());
        talk::say(&said)?;
    }
    Ok(())
}

fn obey(
    ipos: &Ipos,
    words: &[&str],
    started: &mut Vec<Call<u64, shop::Short>>,
) -> Result<String, Box<dyn AnyError>> {
    if let ["stack", ..] = words {
        return stack::obey(ipos, &words[1..]);
    }
    let shop = ipos.get::<Shop>(if words[0] == "other" { "other" } else { "shop" })?;
    Ok(match words {
        ["withdraw", amount] | ["other", "withdraw", amount] => {
            told(shop.call(Shop::withdraw_action(9, amount.parse()?)))
        }
        ["start", amount] => {
            let call = shop.start(Shop::gated_action(amount.parse()?))?;
            let local = format!("{:?}", call.local());
            started.push(call);
            local
        }
        ["other", "start", amount] => {
            started.push(shop.start(Shop::gated_action(amount.parse()?))?);
            "ok".into()
        }
        ["end"] => told(started.remove(0).wait()),
        ["drop"] => {
            drop(started.remove(0));
            "ok".into()
        }
        ["fails-at-host"] => told(shop.call(Shop::fails_at_host_action())),
        ["fails-at-member"] => told(shop.call(Shop::fails_at_member_action())),
        ["panics-at-host"] => told(shop.call(Shop::panics_at_host_action())),
        ["unknown"] => told(shop.call(Shop::unknown_action())),
        ["other-arguments"] => told(shop.call(Shop::other_arguments_action("x".into()))),
        ["other-answer"] => told(shop.call(Shop::other_answer_action())),
        ["again", how] => {
            again::begin(ipos)?;
            let seen = shop.read().balance;
            let call = shop.start(Shop::again_action((*how).to_owned(), seen))?;
            let local = format!("{:?}", call.local());
            started.push(call);
            local
        }
        ["did"] => again::did(),
        ["blank", at_host] => {
            let action = Shop::blank_action(at_host.parse()?);
            match catch_unwind(AssertUnwindSafe(|| shop.call(action))) {
                Ok(ended) => told(ended),
                Err(panic) => format!("panicked: {:?}", panic.downcast_ref::<String>()),
            }
        }
        ["audit"] => told(shop.call(Shop::audit_action())),
        ["audit-plainly"] => {
            shop.update(|shop| shop.set_audited(9))?;
            format!("{:?}", shop.flush(PATIENCE).map_err(|e| e.to_string()))
        }
        ["update", at, amount] => {
            let (at, amount) = (at.parse()?, amount.parse()?);
            let sum = shop.update(|shop| {
                shop.present_mut().add(1);
                shop.tills_mut().at(at).call(Till::put_action(amount))
            })?;
            shop.flush(PATIENCE)?;
            told(sum.map_err(CallError::Failed))
        }
        ["transact"] => {
            let sum = shop.transact(|shop| shop.call(Shop::elsewhere_action()));
            format!("{:?}", sum.map_err(|error| error.to_string()))
        }
        ["read"] => {
            let shop = shop.read();
            let tills: Vec<u64> = shop.tills.iter().map(|till| till.amount).collect();
            format!("{} {tills:?} {}", shop.balance, shop.audited)
        }
        _ => return Err(format!("what is {words:?}?").into()),
    })
}

/// What a call has come to, in a line.
pub(crate) fn told<R: Debug, E: Debug>(ended: Result<R, CallError<E>>) -> String {
    match ended {
        Ok(answer) => format!("{answer:?}"),
        Err(CallError::Failed(why)) => format!("failed: {why:?}"),
        Err(CallError::Ipos(error)) => {
            let name = format!("{error:?}");
            let name = name.split([' ', '(', '{']).next().unwrap_or_default();
            format!("{name}: {error}").replace('\n', " ")
        }
    }
}
